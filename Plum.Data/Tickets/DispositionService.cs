using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>The labels that say where a ticket stands: renamed, ordered and added to here. A few dozen at most, so always read whole.</summary>
public sealed class DispositionService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Tickets";
    private const int Step = 10;

    /// <summary>All of them, in the order that people choose from.</summary>
    public async Task<IReadOnlyList<DispositionRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!MayRead(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Dispositions.AsNoTracking()
            .OrderBy(d => d.SortOrder)
            .ThenBy(d => d.Code)
            .Select(d => new DispositionRow(d.Code, d.Label, d.Stage, d.ReportsUnder, d.IsStandard, d.IsActive, d.SortOrder, d.Version))
            .ToListAsync(ct);
    }

    /// <summary>How many open tickets, of those that the actor may see, carry each code; a code without any is absent.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountOpenAsync(Actor by, CancellationToken ct)
    {
        if (!MayRead(by))
        {
            return new Dictionary<string, int>();
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Tickets.VisibleTo(by)
            .Open()
            .GroupBy(t => t.Disposition)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    public async Task<Outcome> AddAsync(AddDisposition command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.LacksForAll(Act.EditTaxonomy)
                ?? DispositionRefusals.ForNew(command.Code, command.Stage, command.ReportsUnder)
                ?? DispositionRefusals.ForLabel(command.Label)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var all = await db.Dispositions.AsNoTracking().ToListAsync(ct);
        if (
            (
                all.Exists(d => string.Equals(d.Code, command.Code.Trim(), StringComparison.OrdinalIgnoreCase))
                    ? DispositionRefusals.CodeTaken(command.Code)
                    : LabelTaken(all, command.Label, except: null)
            ) is
            { } taken
        )
        {
            return taken;
        }

        var added = Disposition.Add(
            command.Code,
            command.Label,
            command.Stage,
            command.ReportsUnder,
            all.Max(d => d.SortOrder) + Step // last; whoever adds it can shift it up
        );
        db.Add(added);
        db.Add(AuditEntry.For(Room, added.Code, "Disposition added", by, now, after: Diff.Of(Facts(added))));
        return await db.SaveAsync(new Outcome.Done(added.Code), ct, DispositionRefusals.LabelTaken(command.Label));
    }

    public async Task<Outcome> ChangeAsync(ChangeDisposition command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditTaxonomy) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var all = await db.Dispositions.ToListAsync(ct);
        var disposition = all.Find(d => d.Code == command.Code);
        if (disposition is null)
        {
            return Refusals.NotFound;
        }

        if (disposition.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var startsWithIt =
            disposition.IsActive && !command.IsActive
                ? await db
                    .Categories.Where(c => c.IsActive && c.FirstDisposition == disposition.Code)
                    .OrderBy(c => c.Name)
                    .Select(c => c.Name)
                    .FirstOrDefaultAsync(ct)
                : null;
        if (
            (
                disposition.CannotChange(command.Label, command.IsActive)
                ?? LabelTaken(all, command.Label, disposition.Code)
                ?? (startsWithIt is null ? null : DispositionRefusals.FirstOfCategory(disposition.Label, startsWithIt))
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var (before, wasActive) = (Facts(disposition), disposition.IsActive);
        disposition.Change(command.Label, disposition.SortOrder, command.IsActive);
        var (was, became) = Diff.Between(before, Facts(disposition));
        if (became is null)
        {
            return new Outcome.Done(disposition.Code);
        }

        var what = Switched.What("Disposition", wasActive, disposition.IsActive);
        db.Expect(disposition, command.SeenVersion);
        db.Add(AuditEntry.For(Room, disposition.Code, what, by, now, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(disposition.Code), ct, DispositionRefusals.LabelTaken(command.Label));
    }

    public async Task<Outcome> ShiftAsync(ShiftDisposition command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditTaxonomy) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var all = await db.Dispositions.OrderBy(d => d.SortOrder).ThenBy(d => d.Code).ToListAsync(ct);
        var at = all.FindIndex(d => d.Code == command.Code);
        if (at < 0)
        {
            return Refusals.NotFound;
        }

        if (all[at].Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var to = command.Up ? at - 1 : at + 1;
        if (to < 0 || to >= all.Count)
        {
            return DispositionRefusals.AtTheEnd(all[at].Label, command.Up);
        }

        var before = Diff.Of("order", all.Select(d => d.Code));
        (all[at], all[to]) = (all[to], all[at]);
        foreach (var (place, disposition) in all.Index())
        {
            disposition.Change(disposition.Label, (place + 1) * Step, disposition.IsActive);
        }

        db.Expect(all[to], command.SeenVersion);
        db.Add(
            AuditEntry.For(
                Room,
                command.Code,
                "Dispositions reordered",
                by,
                now,
                before: before,
                after: Diff.Of("order", all.Select(d => d.Code))
            )
        );
        return await db.SaveAsync(new Outcome.Done(command.Code), ct);
    }

    private static bool MayRead(Actor by) => by.May(Act.ReadTickets) || by.May(Act.OpenTickets) || by.May(Act.EditTaxonomy);

    private static Refusal? LabelTaken(IEnumerable<Disposition> all, string label, string? except) =>
        all.Any(d => d.Code != except && string.Equals(d.Label, label.Trim(), StringComparison.OrdinalIgnoreCase))
            ? DispositionRefusals.LabelTaken(label)
            : null;

    private static Dictionary<string, object?> Facts(Disposition disposition) =>
        new()
        {
            ["label"] = disposition.Label,
            ["stage"] = disposition.Stage.ToString(),
            ["reportsUnder"] = disposition.ReportsUnder,
            ["isActive"] = disposition.IsActive,
        };
}
