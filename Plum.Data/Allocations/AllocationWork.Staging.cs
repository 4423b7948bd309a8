using System.Threading.Channels;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>Reads and checks on one thread, writes on another: each chunk is a transaction.</summary>
public sealed partial class AllocationWork
{
    private async Task<bool> StageAsync(PlumDbContext db, AllocationFile file, CancellationToken ct)
    {
        if (file.Rows == 0)
        {
            await ClearAsync(db, file, ct);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ready = Channel.CreateBounded<AllocationChunk>(3);
        var reading = Task.Run(() => ReadAsync(file, ready.Writer, stopping.Token), CancellationToken.None);
        try
        {
            var (rows, isOurs, looks) = (file.Rows, true, new Looks());
            await foreach (var chunk in ready.Reader.ReadAllAsync(ct))
            {
                isOurs = await WriteAsync(db, file, chunk, rows, looks, ct);
                if (!isOurs)
                {
                    return false; // cancelled, or somebody else took over: this piece is theirs
                }

                rows += chunk.Rows.Count;
            }

            await FinishAsync(db, file, AllocationState.Reading, "Checked", $"{rows} rows read.", ct);
            return true;
        }
        finally
        {
            await stopping.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what it threw came out of the channel
        }
    }

    private async Task ReadAsync(AllocationFile file, ChannelWriter<AllocationChunk> ready, CancellationToken ct)
    {
        try
        {
            await using var db = await _contexts.CreateDbContextAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            var world = await AllocationWorlds.OfAsync(db, file, _phones, ct);
            using var opened = AllocationFiles.Open(_files.Original(file.Id), file.Form);
            opened.Rows.Read();
            for (var skipped = 0L; skipped < file.Rows && opened.Rows.Read(); skipped++)
            {
                ct.ThrowIfCancellationRequested();
            }

            var chunks = new AllocationChunks(opened, new AllocationChecker(file.Mapping, file.Form, world), world);
            while (await chunks.NextAsync(db, ct) is { } chunk)
            {
                await ready.WriteAsync(chunk, ct);
            }

            ready.Complete();
        }
        catch (Exception e)
        {
            ready.Complete(e);
        }
    }

    /// <summary>
    /// Few files have a key twice: a chunk is inserted without a look at who holds its keys, and with one when the database refuses; from then on
    /// each chunk looks first.
    /// </summary>
    /// <returns>False when the file is not where this work thought it to be.</returns>
    private async Task<bool> WriteAsync(
        PlumDbContext db,
        AllocationFile file,
        AllocationChunk chunk,
        long was,
        Looks looks,
        CancellationToken ct
    )
    {
        const int Attempts = 6;
        if (!chunk.HasDistinctKeys)
        {
            looks.First = true;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteAsync(db, file, chunk, was, looks.First, ct);
            }
            catch (Exception e) when (attempt < Attempts && IsKeyTaken(e))
            {
                // Also when another file took one between the look and the insert; next time the look finds it. SQLite has one writer: it cannot.
                looks.First = true;
            }
        }
    }

    private async Task<bool> TryWriteAsync(
        PlumDbContext db,
        AllocationFile file,
        AllocationChunk chunk,
        long was,
        bool looks,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rows = chunk.Rows;
        if (looks)
        {
            await AllocationKeys.BlameTwiceAsync(
                db,
                file,
                rows.Select(r => (AllocationRow.IdOf(file.Number, r.Line), r.Draft)).ToList(),
                ct
            );
        }

        var counts = new AllocationCounts();
        foreach (var row in rows)
        {
            var draft = row.Draft;
            counts.Add(draft.IsGood ? AllocationRowState.Good : AllocationRowState.Bad, draft.Currency, draft.Value, draft.Faults, by: 1);
        }

        var (now, more) = (_clock.GetUtcNow().UtcDateTime, rows.Count);
        var (good, bad, bytes) = (counts.Good, counts.Bad, chunk.BytesRead);
        var isOurs = await db
            .AllocationFiles.Where(f => f.Id == file.Id && f.State == AllocationState.Reading && f.Rows == was)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(f => f.Rows, f => f.Rows + more)
                        .SetProperty(f => f.Good, f => f.Good + good)
                        .SetProperty(f => f.Bad, f => f.Bad + bad)
                        .SetProperty(f => f.BytesRead, bytes)
                        .SetProperty(f => f.HoldsKeys, true)
                        .SetProperty(f => f.LeaseUntilUtc, now + Lease),
                ct
            );
        if (isOurs == 0)
        {
            return false;
        }

        using (var load = new BulkTables(db))
        {
            var table = AllocationTable.Of(load, file);
            foreach (var row in rows)
            {
                await table.AddAsync(row, ct);
            }

            await load.FlushAsync(ct);
        }

        await counts.SaveAsync(db, file.Id, ct);
        db.ChangeTracker.Clear();
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What an earlier reading by another mapping left, piece by piece.</summary>
    private static async Task ClearAsync(PlumDbContext db, AllocationFile file, CancellationToken ct)
    {
        var (from, to) = (AllocationRow.IdOf(file.Number, 1), AllocationRow.IdOf(file.Number, AllocationRow.MaxLine));
        while (true)
        {
            var piece = db
                .AllocationRows.Where(r => r.Id >= from && r.Id <= to)
                .OrderBy(r => r.Id)
                .Take(AllocationChunks.Size)
                .Select(r => r.Id);
            var ids = await piece.ToListAsync(ct);
            if (ids.Count == 0)
            {
                break;
            }

            var last = ids[^1];
            await db.AllocationRows.Where(r => r.Id >= from && r.Id <= last).ExecuteDeleteAsync(ct);
        }

        await db.AllocationTotals.Where(t => t.FileId == file.Id).ExecuteDeleteAsync(ct);
        await db.AllocationFaultCounts.Where(f => f.FileId == file.Id).ExecuteDeleteAsync(ct);
    }

    private async Task FinishAsync(
        PlumDbContext db,
        AllocationFile file,
        AllocationState from,
        string what,
        string why,
        CancellationToken ct
    )
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isOurs = await db
            .AllocationFiles.Where(f => f.Id == file.Id && f.State == from)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(f => f.State, AllocationState.Checked)
                        .SetProperty(f => f.CheckedAtUtc, now)
                        .SetProperty(f => f.BytesRead, f => f.Bytes)
                        .SetProperty(f => f.LeaseUntilUtc, (DateTime?)null)
                        .SetProperty(f => f.Version, f => f.Version + 1),
                ct
            );
        if (isOurs == 1)
        {
            db.Add(Entry(file, what, now, why));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private static bool IsKeyTaken(Exception e) =>
        e is SqlException { Number: 2601 or 2627 } or SqliteException { SqliteExtendedErrorCode: 2067 }
        || (e.InnerException is { } inner && IsKeyTaken(inner));

    /// <summary>Whether who holds the keys is looked up before each insert.</summary>
    private sealed class Looks
    {
        public bool First { get; set; }
    }
}
