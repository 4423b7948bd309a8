using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Imports;

/// <summary>Takes an import back: every ticket of it, but for those that somebody has worked on since.</summary>
public sealed partial class ImportWork
{
    private const int Batch = 500;
    private const int MostKept = 200;

    // What the import wrote itself, and what clocks wrote after it: nobody has worked on these tickets for that.
    private static readonly TicketEventKind[] NotWork =
    [
        TicketEventKind.SlaWarned,
        TicketEventKind.SlaBreached,
        TicketEventKind.SlaPolicyChanged,
    ];

    private async Task<bool> UndoAsync(PlumDbContext db, TicketImport import, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var (after, seen, kept) = (0L, 0L, 0L);
        var referred = await ReferredAsync(db, import, ct);
        while (true)
        {
            var ids = await db
                .Tickets.Where(t => t.ImportId == import.Id && t.Id > after)
                .OrderBy(t => t.Id)
                .Take(Batch)
                .Select(t => t.Id)
                .ToListAsync(ct);
            if (ids.Count == 0)
            {
                break;
            }

            var worked = (await Worked(db, import).Where(w => ids.Contains(w.Id)).Select(w => w.Id).ToListAsync(ct)).ToHashSet();
            worked.UnionWith(ids.Where(referred.Contains));
            var gone = ids.Where(id => !worked.Contains(id)).ToArray();
            var lease = _clock.GetUtcNow().UtcDateTime + Lease;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (gone.Length > 0)
            {
                // Their events, messages and clocks go with them.
                await db.Tickets.Where(t => gone.Contains(t.Id)).ExecuteDeleteAsync(ct);
            }

            var isOurs = await db
                .TicketImports.Where(i => i.Id == import.Id && i.State == ImportState.Undoing)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseUntilUtc, lease), ct);
            if (isOurs == 0)
            {
                return false;
            }

            await transaction.CommitAsync(ct);
            (after, seen, kept) = (ids[^1], seen + ids.Count, kept + worked.Count);
            progress?.Report(new ImportProgress(seen, kept, import.TicketsMade));
        }

        await EndUndoAsync(db, import, kept, ct);
        return true;
    }

    private async Task EndUndoAsync(PlumDbContext db, TicketImport import, long kept, CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db
            .Recipients.Where(r =>
                r.ImportId == import.Id && !db.Tickets.Any(t => t.RecipientId == r.Id) && !db.Orders.Any(o => o.RecipientId == r.Id)
            )
            .ExecuteDeleteAsync(ct);
        var isOurs = await db
            .TicketImports.Where(i => i.Id == import.Id && i.State == ImportState.Undoing)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(i => i.State, ImportState.Undone)
                        .SetProperty(i => i.UndoneAtUtc, now)
                        .SetProperty(i => i.TicketsKept, kept)
                        .SetProperty(i => i.LeaseUntilUtc, (DateTime?)null)
                        .SetProperty(i => i.Version, i => i.Version + 1),
                ct
            );
        if (isOurs == 1)
        {
            db.Add(Entry(import, "Undone", now, $"{import.TicketsMade - kept} tickets taken away, {kept} kept."));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The tickets that undoing leaves, or would leave, at most 200 of them, and why.</summary>
    public async Task<(long Count, IReadOnlyList<KeptTicket> First)> KeptAsync(long number, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var import = await db.TicketImports.AsNoTracking().SingleOrDefaultAsync(i => i.Number == number, ct);
        if (import is null || by.Lacks(Act.ImportHistory) is not null || !by.Sees(import.ClientId))
        {
            return (0, []);
        }

        var who = Who(import);
        var referred = (await ReferredAsync(db, import, ct)).ToArray();
        var worked = Worked(db, import).Union(db.Tickets.Where(t => EF.Parameter(referred).Contains(t.Id)));
        var rows = await worked
            .OrderBy(w => w.Id)
            .Take(MostKept)
            .Select(t => new
            {
                t.Id,
                t.Subject,
                By = db
                    .TicketEvents.Where(e => e.TicketId == t.Id && e.Who != who && !NotWork.Contains(e.Kind))
                    .OrderBy(e => e.Id)
                    .Select(e => e.Who)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return (
            await worked.LongCountAsync(ct),
            [
                .. rows.Select(r => new KeptTicket(
                    r.Id,
                    r.Subject,
                    r.By is null ? "Another ticket refers to it." : $"{r.By} has worked on it."
                )),
            ]
        );
    }

    /// <summary>Which of its tickets a later one, not of this import, is a repeat or a duplicate of.</summary>
    private static async Task<HashSet<long>> ReferredAsync(PlumDbContext db, TicketImport import, CancellationToken ct)
    {
        var own = db.Tickets.Where(t => t.ImportId == import.Id);
        var first = await own.MinAsync(t => (long?)t.Id, ct) ?? long.MaxValue;
        var later = db.Tickets.Where(t => t.Id > first && t.ImportId != import.Id);
        var repeats = from t in own join l in later on t.Id equals l.RepeatOfId select t.Id;
        var duplicates = from t in own join l in later on t.Id equals l.DuplicateOfId select t.Id;
        return (await repeats.Union(duplicates).ToListAsync(ct)).ToHashSet();
    }

    private static string Who(TicketImport import) => $"Import {ImportReference.Of(import.Number)}";

    private static IQueryable<Ticket> Worked(PlumDbContext db, TicketImport import)
    {
        var who = Who(import);
        return db.Tickets.Where(t =>
            t.ImportId == import.Id
            && (
                db.TicketEvents.Any(e => e.TicketId == t.Id && e.Who != who && !NotWork.Contains(e.Kind))
                || db.Tickets.Any(o => o.MergedIntoId == t.Id)
                || db.TicketLinks.Any(l => l.OtherId == t.Id)
            )
        );
    }
}
