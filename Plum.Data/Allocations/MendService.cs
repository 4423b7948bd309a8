using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>The bad rows of a file: shown, corrected one by one, many at once, and as a file that goes out and comes back.</summary>
public sealed partial class MendService
{
    /// <summary>Changes of no more rows are made at once; larger ones go on without the page.</summary>
    private const int Quick = 2_000;

    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private readonly AllocationFiles _files;
    private readonly AllocationWork _work;
    private readonly IPhoneReading _phones;
    private readonly TimeProvider _clock;

    public MendService(
        IDbContextFactory<PlumDbContext> contexts,
        DatabaseOptions database,
        AllocationOptions options,
        AllocationWork work,
        IPhoneReading phones,
        TimeProvider clock
    ) => (_contexts, _files, _work, _phones, _clock) = (contexts, new AllocationFiles(database, options), work, phones, clock);

    /// <summary>By the line of the row, not by counting: page two thousand opens as fast as the first.</summary>
    public async Task<BadRowPage> PageAsync(BadRowQuery query, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await FileAsync(db, query.Number, by, ct) is not { } file)
        {
            return BadRowPage.Nothing;
        }

        var take = Math.Clamp(query.Take, 1, Paging.MostRows);
        var rows = BadRows
            .Of(db, file.Id, query.IsExcluded ? AllocationRowState.Excluded : AllocationRowState.Bad, query.FaultCode)
            .AsNoTracking();
        if (query.Before is { } before)
        {
            var end = IdOf(file, before);
            var earlier = await rows.Where(r => r.Id < end).OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(ct);
            return new BadRowPage([.. earlier.Take(take).Reverse().Select(Of)], earlier.Count > take, true);
        }

        var start = IdOf(file, query.After);
        var later = await rows.Where(r => r.Id > start).OrderBy(r => r.Id).Take(take + 1).ToListAsync(ct);
        var hasEarlier = query.After > 0 && await rows.AnyAsync(r => r.Id <= start, ct);
        return new BadRowPage([.. later.Take(take).Select(Of)], hasEarlier, later.Count > take);
    }

    /// <returns>Done when the row is good by now, or still bad by other faults: look at it again.</returns>
    public async Task<Outcome> CorrectAsync(CorrectAllocationRow command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MakeAllocations) is { } refused)
        {
            return refused;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (file, row, wrong) = await RowAsync(db, command.Number, command.Line, command.SeenVersion, by, ct);
        if (wrong is not null)
        {
            return wrong;
        }

        var changed = new List<(int, string)>();
        foreach (var (header, text) in command.Cells)
        {
            var column = file!.Form.Headers.ToList().IndexOf(header);
            if (column < 0 || text.Length > StagedRow.LongestCell)
            {
                return new Refusal("allocation.cell", "That cell does not exist, or its text is too long.");
            }

            changed.Add((column, text));
        }

        var step = new MendStep(file!, await AllocationWorlds.OfAsync(db, file!, _phones, ct));
        var counts = await step.ApplyAsync(db, [(row!, MendStep.With(row!.Cells, file!.Form.Headers.Count, changed))], ct);
        return await SaveAsync(
            db,
            transaction,
            file!,
            row!,
            counts,
            "Row corrected",
            new Dictionary<string, object?> { ["columns"] = command.Cells.Keys.ToList(), ["state"] = row!.State.ToString() },
            by,
            now,
            ct
        );
    }

    /// <summary>Leaves one row out, or takes it back among the bad ones.</summary>
    public async Task<Outcome> ExcludeAsync(ExcludeAllocationRow command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MakeAllocations) is { } refused)
        {
            return refused;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (file, row, wrong) = await RowAsync(db, command.Number, command.Line, command.SeenVersion, by, ct);
        if (wrong is not null)
        {
            return wrong;
        }

        var counts = new AllocationCounts();
        counts.Add(row!, by: -1);
        if (command.IsExcluded)
        {
            row!.Exclude();
        }
        else
        {
            row!.Include();
        }

        counts.Add(row, by: 1);
        return await SaveAsync(
            db,
            transaction,
            file!,
            row,
            counts,
            command.IsExcluded ? "Row left out" : "Row taken back in",
            new Dictionary<string, object?> { ["state"] = row.State.ToString() },
            by,
            now,
            ct
        );
    }

    private static async Task<(AllocationFile? File, AllocationRow? Row, Outcome? Wrong)> RowAsync(
        PlumDbContext db,
        long number,
        long line,
        int seenVersion,
        Actor by,
        CancellationToken ct
    )
    {
        if (await FileAsync(db, number, by, ct) is not { } file || line is <= 0 or > AllocationRow.MaxLine)
        {
            return (null, null, Refusals.NotFound);
        }

        var id = AllocationRow.IdOf(number, line);
        if (await db.AllocationRows.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } row)
        {
            return (null, null, Refusals.NotFound);
        }

        return file.CannotMend() is { } cannot ? (null, null, cannot)
            : row.Version != seenVersion ? (null, null, new Outcome.Stale())
            : row.CannotMend() is { } good ? (null, null, good)
            : (file, row, null);
    }

    /// <remarks>ExecuteUpdate: counts, kept past the version; it also makes sure that the file may still be mended.</remarks>
    private static async Task<Outcome> SaveAsync(
        PlumDbContext db,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction,
        AllocationFile file,
        AllocationRow row,
        AllocationCounts counts,
        string what,
        Dictionary<string, object?> facts,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var (good, bad, excluded) = (counts.Good, counts.Bad, counts.Excluded);
        var isOurs = await db
            .AllocationFiles.Where(f => f.Id == file.Id && f.State == AllocationState.Checked)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(f => f.Good, f => f.Good + good)
                        .SetProperty(f => f.Bad, f => f.Bad + bad)
                        .SetProperty(f => f.Excluded, f => f.Excluded + excluded),
                ct
            );
        if (isOurs == 0)
        {
            return new Outcome.Stale();
        }

        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                AuditSubject.Of(file.Reference, $"line {row.Line}"),
                what,
                by,
                now,
                file.ClientId,
                after: Diff.Of(facts)
            )
        );
        var outcome = await db.SaveAsync(new Outcome.Done(row.State.ToString()), ct, KeyTaken);
        if (outcome is Outcome.Done)
        {
            await counts.SaveAsync(db, file.Id, ct);
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    private static readonly Refusal KeyTaken = new(
        "allocation.key-taken",
        "Another row took this reference at the same moment. Check the row again."
    );

    private static Task<AllocationFile?> FileAsync(PlumDbContext db, long number, Actor by, CancellationToken ct) =>
        db.AllocationFiles.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct);

    private static long IdOf(AllocationFile file, long line) =>
        AllocationRow.IdOf(file.Number, 1) - 1 + Math.Clamp(line, 0, AllocationRow.MaxLine);

    private static BadRow Of(AllocationRow row) => new(row.Line, row.State, row.Cells ?? [], row.Original, row.Faults ?? [], row.Version);
}
