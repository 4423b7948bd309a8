using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Data.Connectors;

/// <summary>The orders that suppliers' webhooks ask us to read again. Kept by the receiver, worked off by whoever reads orders.</summary>
public sealed class SupplierHintService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private static readonly Refusal Known = new("connector.notice-known", "This notice came before.");

    /// <returns>Whether it is new: one that came before changes nothing.</returns>
    public async Task<bool> KeepAsync(string gateway, SupplierNotice notice, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SupplierHints.AnyAsync(h => h.Gateway == gateway && h.NoticeId == notice.Id, ct))
        {
            return false;
        }

        db.Add(SupplierHint.Of(gateway, notice, now));
        return await db.SaveAsync(new Outcome.Done(), ct, Known) is Outcome.Done;
    }

    /// <summary>What is to be read again, oldest first.</summary>
    public async Task<IReadOnlyList<SupplierHintRow>> WaitingAsync(int take, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .SupplierHints.AsNoTracking()
            .Where(h => h.ReadAtUtc == null)
            .OrderBy(h => h.Id)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(h => new SupplierHintRow(h.Id, h.Gateway, h.Reference, h.SupplierReference, h.ReceivedAtUtc))
            .ToListAsync(ct);
    }

    /// <summary>Call it after the order was read, not before: what was killed in between is read once more. Safe to call twice.</summary>
    public async Task ReadAsync(long id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hint = await db.SupplierHints.SingleAsync(h => h.Id == id, ct);
        hint.Read(now);
        await db.SaveChangesAsync(ct);
    }
}

/// <param name="Reference">Ours; null where the webhook had the supplier's only.</param>
public sealed record SupplierHintRow(long Id, string Gateway, string? Reference, string? SupplierReference, DateTime ReceivedAtUtc);
