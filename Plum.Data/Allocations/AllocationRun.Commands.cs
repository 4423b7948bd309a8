using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

public sealed partial class AllocationRun
{
    public Task<Outcome> PauseAsync(ChangeAllocation command, Actor by, CancellationToken ct) =>
        DoAsync(command, by, "Paused", (_, file, _) => Said(file.CannotPause(), () => file.Move(AllocationState.Paused)), ct);

    public Task<Outcome> ResumeAsync(ChangeAllocation command, Actor by, CancellationToken ct) =>
        DoAsync(command, by, "Resumed", (_, file, _) => Said(file.CannotResume(), () => file.Move(AllocationState.Running)), ct);

    /// <summary>
    /// What is not ordered is not ordered any more, and its money goes back to the budget; what a supplier was not asked for yet follows by itself.
    /// What a supplier has stays, and the references of what was not ordered may be used again.
    /// </summary>
    public Task<Outcome> CancelAsync(ChangeAllocation command, Actor by, CancellationToken ct) =>
        DoAsync(
            command,
            by,
            "Cancelled",
            async (db, file, now) =>
            {
                if (file.CannotCancel() is { } cannot)
                {
                    return cannot;
                }

                var requests = await AllocationRequests.OfAsync(db, file.Id, ct);
                if (await AllocationRequests.EndAsync(db, file, requests, by, now, ct) is { } busy)
                {
                    return busy;
                }

                file.Cancel(now);
                return null;
            },
            ct
        );

    /// <summary>Asks the suppliers again for all that they refused, each under a new key: a refused order is no order.</summary>
    public Task<Outcome> RetryAsync(ChangeAllocation command, Actor by, CancellationToken ct) =>
        DoAsync(
            command,
            by,
            "Refused orders tried again",
            async (db, file, now) =>
            {
                if (file.State is not (AllocationState.Running or AllocationState.Paused or AllocationState.Finished))
                {
                    return file.CannotPause();
                }

                // ExecuteUpdate: the placement's own columns, which no person edits.
                var again = await db
                    .OrderPlacements.Where(p => p.FileId == file.Id && p.State == PlacementState.Failed)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(p => p.State, PlacementState.Waiting)
                                .SetProperty(p => p.Tries, 0)
                                .SetProperty(p => p.Round, p => p.Round + 1)
                                .SetProperty(p => p.NextAttemptAtUtc, now),
                        ct
                    );
                return again > 0 ? null : NothingRefused;
            },
            ct
        );

    /// <summary>Of all that the suppliers refused the money goes back to the budget.</summary>
    public async Task<Outcome> GiveUpAsync(ChangeAllocation command, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var (refused, file) = await FindAsync(db, command.Number, by, ct);
        if (refused is not null)
        {
            return refused;
        }

        var dropped = 0;
        while (await _dropping.DropFailedAsync(file!.Id, by, ct) is > 0 and var batch)
        {
            dropped += batch;
        }

        return dropped > 0 ? new Outcome.Done(file.Reference) : NothingRefused;
    }

    /// <summary>Our account there is mended: the supplier is asked again.</summary>
    public async Task<Outcome> LetSupplierGoOnAsync(Guid supplierId, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var now = await db.ActorNowAsync(by, ct);
        if (now.LacksForAll(Act.MakeAllocations) is { } lacking)
        {
            return lacking;
        }

        if (await db.SupplierPaces.SingleOrDefaultAsync(p => p.SupplierId == supplierId, ct) is not { } pace)
        {
            return Refusals.NotFound;
        }

        pace.GoOn();
        var code = await db.Suppliers.Where(s => s.Id == supplierId).Select(s => s.Code).SingleAsync(ct);
        db.Add(AuditEntry.For(AllocationText.Room, AuditSubject.Of("supplier", code), "Asked again", now, _clock.GetUtcNow().UtcDateTime));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    private static readonly Refusal NothingRefused = new("allocation.nothing-refused", "No order of this file is refused by its supplier.");

    private static Task<Refusal?> Said(Refusal? cannot, Action change)
    {
        if (cannot is null)
        {
            change();
        }

        return Task.FromResult(cannot);
    }

    /// <summary>By the right as the database has it then: it starts and stops money.</summary>
    private static async Task<(Refusal? Why, AllocationFile? File)> FindAsync(
        PlumDbContext db,
        long number,
        Actor by,
        CancellationToken ct
    ) =>
        (await db.ActorNowAsync(by, ct)) is var now && now.Lacks(Act.MakeAllocations) is { } lacking ? (lacking, null)
        : await db.AllocationFiles.VisibleTo(now).SingleOrDefaultAsync(f => f.Number == number, ct) is { } file ? (null, file)
        : (Refusals.NotFound, null);

    private async Task<Outcome> DoAsync(
        ChangeAllocation command,
        Actor by,
        string what,
        Func<PlumDbContext, AllocationFile, DateTime, Task<Refusal?>> change,
        CancellationToken ct
    )
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (refused, file) = await FindAsync(db, command.Number, by, ct);
        if (refused is not null)
        {
            return refused;
        }

        db.Expect(file!, command.SeenVersion);
        if (await change(db, file!, now) is { } cannot)
        {
            return cannot;
        }

        db.Add(AuditEntry.For(AllocationText.Room, file!.Reference, what, by, now, file.ClientId));
        var outcome = await db.SaveAsync(new Outcome.Done(file.Reference), ct);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }
}

/// <param name="Number">Of the file.</param>
public sealed record ChangeAllocation(long Number, int SeenVersion);
