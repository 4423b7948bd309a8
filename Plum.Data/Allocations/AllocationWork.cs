using System.Xml;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>
/// Reads and checks files, makes changes of many of their rows, and frees what cancelled ones hold. Works in pieces, each a transaction that also
/// says how far it has come: killed at any instant, it goes on from there, and two that work at once do not do the same piece twice.
/// </summary>
public sealed partial class AllocationWork
{
    /// <summary>Whoever was killed is not waited for longer than this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private readonly AllocationFiles _files;
    private readonly IPhoneReading _phones;
    private readonly TimeProvider _clock;

    public AllocationWork(
        IDbContextFactory<PlumDbContext> contexts,
        DatabaseOptions database,
        AllocationOptions options,
        IPhoneReading phones,
        TimeProvider clock
    ) => (_contexts, _files, _phones, _clock) = (contexts, new AllocationFiles(database, options), phones, clock);

    /// <returns>How many files were worked on.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var due = await db
            .AllocationFiles.Where(f =>
                (
                    f.State == AllocationState.Reading
                    || f.State == AllocationState.Mending
                    || (f.State == AllocationState.Cancelled && f.HoldsKeys)
                ) && (f.LeaseUntilUtc == null || f.LeaseUntilUtc <= now)
            )
            .OrderBy(f => f.Number)
            .Select(f => f.Number)
            .ToListAsync(ct);
        foreach (var number in due)
        {
            await RunAsync(number, ct);
        }

        return due.Count;
    }

    /// <summary>Works on one file until it is done. An interruption leaves it as it is, for the next turn.</summary>
    /// <returns>False when somebody else is at it, or there is nothing to do.</returns>
    public async Task<bool> RunAsync(long number, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await ClaimAsync(db, number, ct) is not { } file)
        {
            return false;
        }

        try
        {
            await db.Database.OpenConnectionAsync(ct);
            return file.State switch
            {
                AllocationState.Reading => await StageAsync(db, file, ct),
                AllocationState.Mending when file.Change?.Kind == AllocationChangeKind.TakeBack => await TakeBackAsync(db, file, ct),
                AllocationState.Mending => await ChangeAsync(db, file, ct),
                _ => await FreeAsync(db, file, ct),
            };
        }
        catch (Exception e) when (Known(e) is { } why)
        {
            await FailAsync(file, why);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FailAsync(file, e.Message);
            throw;
        }
    }

    /// <summary>What is the file's or the machine's fault, in words for the page; null is a defect of ours.</summary>
    private static string? Known(Exception e) =>
        e switch
        {
            WorkbookException => e.Message,
            XmlException or InvalidDataException => "The workbook is damaged: it cannot be read to its end.",
            FileNotFoundException or DirectoryNotFoundException => "The file is no longer where it was kept. Give it again.",
            IOException io when UploadedFile.IsFull(io) => UploadedFile.NoSpace.Message,
            SqliteException { SqliteErrorCode: 13 } => "There is no room left in the database's disk. Make room, then go on.", // SQLITE_FULL
            SqlException { Number: 1105 or 9002 } => "There is no room left in the database. Make room, then go on.", // file group, or log, is full
            DbUpdateException { InnerException: { } inner } => Known(inner),
            _ => null,
        };

    /// <remarks>ExecuteUpdate, here and below: the work's own columns, guarded by the state and the count that they had.</remarks>
    private async Task<AllocationFile?> ClaimAsync(PlumDbContext db, long number, CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var claimed = await db
            .AllocationFiles.Where(f =>
                f.Number == number
                && (f.LeaseUntilUtc == null || f.LeaseUntilUtc <= now)
                && (
                    f.State == AllocationState.Reading
                    || f.State == AllocationState.Mending
                    || (f.State == AllocationState.Cancelled && f.HoldsKeys)
                )
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(f => f.LeaseUntilUtc, now + Lease).SetProperty(f => f.StartedAtUtc, f => f.StartedAtUtc ?? now),
                ct
            );
        return claimed == 0 ? null : await db.AllocationFiles.AsNoTracking().SingleAsync(f => f.Number == number, ct);
    }

    private async Task FailAsync(AllocationFile file, string why)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var error = why.ReplaceLineEndings(" ");
        error = error.Length > AllocationFile.ErrorMaxLength ? error[..AllocationFile.ErrorMaxLength] : error;
        await using var db = await _contexts.CreateDbContextAsync(CancellationToken.None);
        var failed = await db
            .AllocationFiles.Where(f => f.Id == file.Id && f.State == file.State && f.State != AllocationState.Cancelled)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(f => f.State, AllocationState.Failed)
                    .SetProperty(f => f.Error, error)
                    .SetProperty(f => f.LeaseUntilUtc, (DateTime?)null)
                    .SetProperty(f => f.Version, f => f.Version + 1)
            );
        if (failed == 1)
        {
            db.Add(Entry(file, "Failed", now, error));
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    /// <summary>What a cancelled file keeps from others: the keys of the rows that were never ordered.</summary>
    private async Task<bool> FreeAsync(PlumDbContext db, AllocationFile file, CancellationToken ct)
    {
        var from = AllocationRow.IdOf(file.Number, 1) - 1;
        var end = from + AllocationRow.MaxLine;
        while (true)
        {
            var piece = await db
                .AllocationRows.Where(r => r.Id > from && r.Id <= end)
                .OrderBy(r => r.Id)
                .Select(r => r.Id)
                .Skip(AllocationChunks.Size - 1)
                .FirstOrDefaultAsync(ct);
            var to = piece == 0 ? end : piece;
            await db
                .AllocationRows.Where(r => r.Id > from && r.Id <= to && r.Key != null && r.OrderId == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Key, (string?)null), ct);
            if (piece == 0)
            {
                break;
            }

            from = piece;
        }

        await db
            .AllocationFiles.Where(f => f.Id == file.Id && f.State == AllocationState.Cancelled)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.HoldsKeys, false).SetProperty(f => f.LeaseUntilUtc, (DateTime?)null), ct);
        return true;
    }

    /// <summary>The work is a job's; who asked for it stands in the entries before.</summary>
    private static AuditEntry Entry(AllocationFile file, string what, DateTime now, string why) =>
        AuditEntry.For("Allocations", file.Reference, what, JobActors.Allocations, now, file.ClientId, why);
}
