using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Data.Tickets;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

/// <summary>
/// Carries committed imports out, and takes undone ones back. Works in pieces, each a transaction that also says how far it has come: killed at
/// any instant, it goes on from there, and two that work at once do not do the same piece twice.
/// </summary>
public sealed partial class ImportWork
{
    /// <summary>Whoever was killed is not waited for longer than this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private readonly ImportFiles _files;
    private readonly TimeProvider _clock;

    public ImportWork(IDbContextFactory<PlumDbContext> contexts, DatabaseOptions database, ImportOptions options, TimeProvider clock) =>
        (_contexts, _files, _clock) = (contexts, new ImportFiles(database, options), clock);

    /// <returns>How many imports were worked on.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var due = await db
            .TicketImports.Where(i =>
                (i.State == ImportState.Queued || i.State == ImportState.Running || i.State == ImportState.Undoing)
                && (i.LeaseUntilUtc == null || i.LeaseUntilUtc <= now)
            )
            .OrderBy(i => i.Number)
            .Select(i => i.Number)
            .ToListAsync(ct);
        foreach (var number in due)
        {
            await RunAsync(number, progress: null, ct);
        }

        return due.Count;
    }

    /// <summary>Works on one import until it is done. An interruption leaves it as it is, for the next turn.</summary>
    /// <returns>False when somebody else is at it, or there is nothing to do.</returns>
    public async Task<bool> RunAsync(long number, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await ClaimAsync(db, number, ct) is not { } import)
        {
            return false;
        }

        try
        {
            return import.State == ImportState.Undoing
                ? await UndoAsync(db, import, progress, ct)
                : await ImportAsync(db, import, progress, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await using var other = await _contexts.CreateDbContextAsync(CancellationToken.None);
            await FailAsync(other, import, e.Message);
            throw;
        }
    }

    /// <remarks>ExecuteUpdate, here and below: the work's own columns, guarded by the state and the count that they had.</remarks>
    private async Task<TicketImport?> ClaimAsync(PlumDbContext db, long number, CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var free = db.TicketImports.Where(i => i.Number == number && (i.LeaseUntilUtc == null || i.LeaseUntilUtc <= now));
        var claimed =
            await free.Where(i => i.State == ImportState.Undoing)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseUntilUtc, now + Lease), ct)
            + await free.Where(i => i.State == ImportState.Queued || i.State == ImportState.Running)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.State, ImportState.Running)
                            .SetProperty(i => i.LeaseUntilUtc, now + Lease)
                            .SetProperty(i => i.StartedAtUtc, i => i.StartedAtUtc ?? now),
                    ct
                );
        return claimed == 0 ? null : await db.TicketImports.AsNoTracking().SingleAsync(i => i.Number == number, ct);
    }

    private async Task<bool> ImportAsync(PlumDbContext db, TicketImport import, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == import.ClientId, ct);
        var world = await ImportWorlds.OfAsync(db, client, ct);
        var sla = (await SlaSettings.OfAsync(db, [client.Id], ct)).GetValueOrDefault(client.Id);
        var make = new ImportedTickets(sla, ImportReference.Of(import.Number), now);
        var reading = new ImportReading(import.Mapping, import.Form.Headers, world, now);

        using var rows = _files.Rows(import);
        rows.Read();
        for (var skipped = 0L; skipped < import.RowsDone && rows.Read(); skipped++)
        {
            ct.ThrowIfCancellationRequested();
        }

        var (done, rejected, made) = (import.RowsDone, import.RowsRejected, import.TicketsMade);
        await using var bad = await OpenRejectedAsync(import, ct);
        var chunks = new ImportChunks(rows, reading, import.Mapping, client.Id, seenReferences: null);
        await db.Database.OpenConnectionAsync(ct);
        while (await chunks.NextAsync(db, ct) is { } chunk)
        {
            await bad.WriteAsync(Encoding.UTF8.GetBytes(chunk.RejectedText), ct);
            await bad.FlushAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var (was, at) = (done, _clock.GetUtcNow().UtcDateTime);
            (done, rejected, made) = (done + chunk.Read, rejected + chunk.Rejected, made + chunk.Good.Count);
            var (doneNow, rejectedNow, madeNow, bytes) = (done, rejected, made, bad.Position);
            var isOurs = await db
                .TicketImports.Where(i => i.Id == import.Id && i.State == ImportState.Running && i.RowsDone == was)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.RowsDone, doneNow)
                            .SetProperty(i => i.RowsRejected, rejectedNow)
                            .SetProperty(i => i.TicketsMade, madeNow)
                            .SetProperty(i => i.RejectedBytes, bytes)
                            .SetProperty(i => i.LeaseUntilUtc, at + Lease),
                    ct
                );
            if (isOurs == 0)
            {
                return false; // somebody else took over: this piece is theirs
            }

            await InsertAsync(db, import, chunk, make, now, ct);
            await transaction.CommitAsync(ct);
            progress?.Report(new ImportProgress(done, rejected, import.Check?.Rows ?? 0));
        }

        await bad.DisposeAsync();
        await FinishAsync(db, import, rejected, made, ct);
        return true;
    }

    private static async Task InsertAsync(
        PlumDbContext db,
        TicketImport import,
        ImportChunk chunk,
        ImportedTickets make,
        DateTime now,
        CancellationToken ct
    )
    {
        if (chunk.Good.Count == 0)
        {
            return;
        }

        var first = await db.TakeAsync(Numbers.Tickets, chunk.Good.Count, ct);
        var recipients = await ImportRecipients.FindAsync(db, import.ClientId, chunk.Good, ct);
        await TicketQueueTriggers.RunAsync(db, TicketQueueTriggers.Drop, ct);
        using (var load = new BulkTables(db))
        {
            var tables = new ImportTables(load, import.ClientId, import.Id, Who(import), now);
            foreach (var recipient in recipients.Made)
            {
                await tables.AddAsync(recipient, ct);
            }

            for (var i = 0; i < chunk.Good.Count; i++)
            {
                await tables.AddAsync(make.Make(first + i, chunk.Good[i], recipients.Of(chunk.Good[i])), ct);
            }

            await load.FlushAsync(ct);
        }

        await TicketQueueTriggers.RunAsync(db, TicketQueueTriggers.FillNew(first, first + chunk.Good.Count - 1), ct);
        await TicketQueueTriggers.RunAsync(db, TicketQueueTriggers.Create, ct);
    }

    /// <summary>At the end of what belongs to the rows that are through: what a killed run wrote beyond that goes.</summary>
    private async Task<FileStream> OpenRejectedAsync(TicketImport import, CancellationToken ct)
    {
        var file = new FileStream(
            _files.Rejected(import.Id),
            FileMode.OpenOrCreate,
            FileAccess.Write,
            FileShare.Read,
            1 << 16,
            useAsync: true
        );
        file.SetLength(import.RejectedBytes);
        file.Position = import.RejectedBytes;
        if (import.RejectedBytes == 0)
        {
            await file.WriteAsync(Encoding.UTF8.GetPreamble(), ct);
            await file.WriteAsync(Encoding.UTF8.GetBytes(ImportChunks.Header(import.Form.Headers)), ct);
        }

        return file;
    }

    private async Task FinishAsync(PlumDbContext db, TicketImport import, long rejected, long made, CancellationToken ct)
    {
        if (rejected == 0)
        {
            File.Delete(_files.Rejected(import.Id));
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isOurs = await db
            .TicketImports.Where(i => i.Id == import.Id && i.State == ImportState.Running)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(i => i.State, ImportState.Done)
                        .SetProperty(i => i.FinishedAtUtc, now)
                        .SetProperty(i => i.LeaseUntilUtc, (DateTime?)null)
                        .SetProperty(i => i.Version, i => i.Version + 1),
                ct
            );
        if (isOurs == 1)
        {
            db.Add(Entry(import, "Imported", now, $"{made} tickets made, {rejected} rows rejected."));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task FailAsync(PlumDbContext db, TicketImport import, string why)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var error = why.ReplaceLineEndings(" ");
        error = error.Length > TicketImport.ErrorMaxLength ? error[..TicketImport.ErrorMaxLength] : error;
        await db
            .TicketImports.Where(i => i.Id == import.Id && i.State == ImportState.Running)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(i => i.State, ImportState.Failed)
                    .SetProperty(i => i.Error, error)
                    .SetProperty(i => i.LeaseUntilUtc, (DateTime?)null)
                    .SetProperty(i => i.Version, i => i.Version + 1)
            );
        db.Add(Entry(import, "Failed", now, error));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>The work is a job's; who asked for it stands in the entries before.</summary>
    private static AuditEntry Entry(TicketImport import, string what, DateTime now, string why) =>
        AuditEntry.For("Imports", ImportReference.Of(import.Number), what, JobActors.Import, now, import.ClientId, why);
}
