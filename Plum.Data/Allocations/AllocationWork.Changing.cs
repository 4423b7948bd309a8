using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Changes of many rows, a thousand to a transaction.</summary>
public sealed partial class AllocationWork
{
    private const int AtOnce = 1_000;

    private async Task<bool> ChangeAsync(PlumDbContext db, AllocationFile file, CancellationToken ct)
    {
        var change = file.Change!;
        var column = change.Column is null ? -1 : file.Form.Headers.ToList().IndexOf(change.Column);
        var step = new MendStep(file, await AllocationWorlds.OfAsync(db, file, _phones, ct));
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var (after, width) = (change.DoneToId, file.Form.Headers.Count);
            var rows = await BadRows
                .Of(db, file.Id, AllocationRowState.Bad, change.FaultCode)
                .Where(r => r.Id > after)
                .OrderBy(r => r.Id)
                .Take(AtOnce)
                .ToListAsync(ct);
            if (rows.Count == 0)
            {
                break;
            }

            var mended = new List<(AllocationRow, IReadOnlyList<string>)>();
            foreach (var row in rows)
            {
                if (change.Kind == AllocationChangeKind.CheckAgain)
                {
                    mended.Add((row, row.Cells!));
                }
                else if (column >= 0 && change.Changed(column < row.Cells!.Count ? row.Cells[column] : "") is { } text)
                {
                    mended.Add((row, MendStep.With(row.Cells, width, [(column, text)])));
                }
            }

            var counts = await step.ApplyAsync(db, mended, ct);
            var next = change with { DoneToId = rows[^1].Id, Done = change.Done + rows.Count, Changed = change.Changed + mended.Count };
            if (!await SaveAsync(db, file, change, next, counts, mended.Count, ct))
            {
                return false;
            }

            await transaction.CommitAsync(ct);
            change = next;
        }

        await FinishAsync(
            db,
            file,
            AllocationState.Mending,
            "Mended",
            change.Kind == AllocationChangeKind.CheckAgain ? $"{change.Changed} rows judged again." : $"{change.Changed} rows changed.",
            ct
        );
        return true;
    }

    /// <summary>Rows come by their line and the version that they had; what was changed or mended meanwhile stays as it is.</summary>
    private async Task<bool> TakeBackAsync(PlumDbContext db, AllocationFile file, CancellationToken ct)
    {
        var change = file.Change!;
        using var opened = AllocationFiles.Open(_files.Mended(file.Id), change.Form!);
        var columns = new MendedColumns(change.Form!.Headers, file.Form.Headers);
        var step = new MendStep(file, await AllocationWorlds.OfAsync(db, file, _phones, ct));
        opened.Rows.Read();
        for (var skipped = 0L; skipped < change.DoneToId && opened.Rows.Read(); skipped++)
        {
            ct.ThrowIfCancellationRequested();
        }

        while (true)
        {
            var (read, wanted) = (0, new Dictionary<long, (int Version, string[] Cells)>());
            while (read < AtOnce && opened.Rows.Read())
            {
                read++;
                var cells = AllocationChunks.Cells(opened.Rows);
                if (opened.Rows.Fault == CsvFault.None && columns.Key(cells) is var (line, version))
                {
                    wanted.TryAdd(AllocationRow.IdOf(file.Number, line), (version, cells));
                }
            }

            if (read == 0)
            {
                break;
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var ids = wanted.Keys.ToArray();
            var rows = await db
                .AllocationRows.Where(r => EF.Parameter(ids).Contains(r.Id) && r.State == AllocationRowState.Bad)
                .OrderBy(r => r.Id)
                .ToListAsync(ct);
            var mended = new List<(AllocationRow, IReadOnlyList<string>)>();
            foreach (var row in rows)
            {
                var (version, cells) = wanted[row.Id];
                if (row.Version == version)
                {
                    mended.Add((row, MendStep.With(row.Cells, file.Form.Headers.Count, columns.Changed(cells))));
                }
            }

            var counts = await step.ApplyAsync(db, mended, ct);
            var next = change with
            {
                DoneToId = change.DoneToId + read,
                Done = change.Done + read,
                Changed = change.Changed + mended.Count,
                Refused = change.Refused + read - mended.Count,
            };
            if (!await SaveAsync(db, file, change, next, counts, mended.Count, ct))
            {
                return false;
            }

            await transaction.CommitAsync(ct);
            change = next;
        }

        await FinishAsync(
            db,
            file,
            AllocationState.Mending,
            "Mended",
            $"{change.Changed} rows taken from the file of mended rows, {change.Refused} not.",
            ct
        );
        File.Delete(_files.Mended(file.Id));
        return true;
    }

    /// <returns>False when the change is not where this work thought it to be.</returns>
    private async Task<bool> SaveAsync(
        PlumDbContext db,
        AllocationFile file,
        AllocationChange was,
        AllocationChange next,
        AllocationCounts counts,
        int changed,
        CancellationToken ct
    )
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var (good, bad) = (counts.Good, counts.Bad);
        var isOurs = await db
            .AllocationFiles.Where(f => f.Id == file.Id && f.State == AllocationState.Mending && f.Change == was)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(f => f.Good, f => f.Good + good)
                        .SetProperty(f => f.Bad, f => f.Bad + bad)
                        .SetProperty(f => f.Change, next)
                        .SetProperty(f => f.LeaseUntilUtc, now + Lease),
                ct
            );
        if (isOurs == 0)
        {
            return false;
        }

        if (changed > 0)
        {
            db.Add(Entry(file, "Rows changed", now, $"{changed} rows, for {next.Who}."));
        }

        await db.SaveChangesAsync(ct);
        await counts.SaveAsync(db, file.Id, ct);
        db.ChangeTracker.Clear();
        return true;
    }
}

/// <summary>Which columns of a file of mended rows are which of the file that they are rows of.</summary>
internal sealed class MendedColumns
{
    private readonly List<(int From, int To)> _pairs = [];
    private readonly int _line;
    private readonly int _version;

    public MendedColumns(IReadOnlyList<string> mended, IReadOnlyList<string> original)
    {
        var names = mended.Select(HeaderText.Normalise).ToList();
        _line = names.IndexOf(HeaderText.Normalise(AllocationHeaders.Line));
        _version = names.IndexOf(HeaderText.Normalise(AllocationHeaders.Version));
        for (var to = 0; to < original.Count; to++)
        {
            // By the header as it is; only then by what it comes to, since two may come to the same.
            var from = mended.ToList().IndexOf(original[to]);
            from = from >= 0 ? from : names.IndexOf(HeaderText.Normalise(original[to]));
            if (from >= 0 && from != _line && from != _version)
            {
                _pairs.Add((from, to));
            }
        }
    }

    public bool HasKey => _line >= 0 && _version >= 0;

    public bool HasColumns => _pairs.Count > 0;

    public (long Line, int Version)? Key(string[] cells) =>
        _line < cells.Length
        && _version < cells.Length
        && long.TryParse(cells[_line], System.Globalization.CultureInfo.InvariantCulture, out var line)
        && line is > 0 and <= AllocationRow.MaxLine
        && int.TryParse(cells[_version], System.Globalization.CultureInfo.InvariantCulture, out var version)
            ? (line, version)
            : null;

    public IEnumerable<(int Column, string Text)> Changed(string[] cells) =>
        _pairs.Where(p => p.From < cells.Length).Select(p => (p.To, CsvText.Restore(cells[p.From])));
}
