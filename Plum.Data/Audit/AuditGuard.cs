using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Audit;

/// <summary>Refuses to save a change to a versioned row unless an audit line is saved with it: the habit, made a law.</summary>
public sealed class AuditGuard : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var entries = eventData.Context!.ChangeTracker.Entries().ToList();
        var changed = entries.FirstOrDefault(e =>
            e.Entity is IVersioned && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        );
        var audited = entries.Any(e => e is { Entity: AuditEntry, State: EntityState.Added });

        return changed is null || audited
            ? base.SavingChangesAsync(eventData, result, cancellationToken)
            : throw new InvalidOperationException($"A change to {changed.Metadata.ShortName()} was to be saved without an AuditEntry.");
    }
}
