using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Takes files along: from the checkers' answer to the last order. Each step is a transaction of its own and may be done again.</summary>
public sealed partial class AllocationRun
{
    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private readonly AllocationOrdering _ordering;
    private readonly AllocationDropping _dropping;
    private readonly TimeProvider _clock;

    public AllocationRun(IDbContextFactory<PlumDbContext> contexts, AllocationOrdering ordering, TimeProvider clock) =>
        (_contexts, _ordering, _dropping, _clock) = (contexts, ordering, new AllocationDropping(contexts, clock), clock);

    /// <returns>How many files were taken further.</returns>
    public async Task<int> RunDueAsync(Actor by, CancellationToken ct)
    {
        var moved = 0;
        foreach (var id in await InAsync(AllocationState.Submitted, ct))
        {
            moved += await FollowAsync(id, by, ct) ? 1 : 0;
        }

        foreach (var id in await InAsync(AllocationState.Approved, ct))
        {
            moved += await StartAsync(id, by, ct) ? 1 : 0;
        }

        foreach (var id in await InAsync(AllocationState.Running, ct))
        {
            while (await _ordering.OrderNextAsync(id, by, ct))
            {
                moved++;
            }

            moved += await FinishAsync(id, by, ct) ? 1 : 0;
        }

        foreach (var id in await CancelledAsync(ct))
        {
            while (await _dropping.DropUnaskedAsync(id, by, ct) > 0)
            {
                moved++;
            }
        }

        return moved;
    }

    private async Task<List<Guid>> InAsync(AllocationState state, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db.AllocationFiles.Where(f => f.State == state).OrderBy(f => f.Number).Select(f => f.Id).ToListAsync(ct);
    }

    private async Task<List<Guid>> CancelledAsync(CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db
            .AllocationFiles.Where(f => f.State == AllocationState.Cancelled)
            .Where(f => db.OrderPlacements.Any(p => p.FileId == f.Id && p.State == PlacementState.Waiting))
            .Select(f => f.Id)
            .ToListAsync(ct);
    }

    /// <summary>Approved when every request of it was carried out; refused when one came to nothing.</summary>
    private Task<bool> FollowAsync(Guid id, Actor by, CancellationToken ct) =>
        OnFileAsync(
            id,
            async (db, file, now) =>
            {
                var requests = await AllocationRequests.OfAsync(db, id, ct);
                if (requests.TrueForAll(r => r.Request.State == RequestState.Executed))
                {
                    file.Move(AllocationState.Approved);
                    return "Approved";
                }

                var lost = requests.FirstOrDefault(r => RequestMoves.CameToNothing(r.Request.State)).Request;
                if (lost is null || await AllocationRequests.EndAsync(db, file, requests, by, now, ct) is not null)
                {
                    return null; // undecided, or its money is just being moved: looked at again
                }

                file.Refuse();
                return $"Refused: {RequestReference.Of(lost.Id)} was {RequestWords.Of(lost.State).ToLowerInvariant()}";
            },
            by,
            ct
        );

    private Task<bool> StartAsync(Guid id, Actor by, CancellationToken ct) =>
        OnFileAsync(
            id,
            (_, file, now) =>
            {
                if (file.ScheduledAtUtc > now)
                {
                    return Task.FromResult<string?>(null);
                }

                file.Move(AllocationState.Running);
                return Task.FromResult<string?>("Started");
            },
            by,
            ct
        );

    /// <summary>When no row is left to order, and every order has its answer.</summary>
    private Task<bool> FinishAsync(Guid id, Actor by, CancellationToken ct) =>
        OnFileAsync(
            id,
            async (db, file, now) =>
            {
                var open = await db.OrderPlacements.AnyAsync(
                    p =>
                        p.FileId == id
                        && (p.State == PlacementState.Waiting || p.State == PlacementState.Accepted || p.State == PlacementState.Unknown),
                    ct
                );
                if (open || file.Ordered < file.Good)
                {
                    return null;
                }

                file.Finish(now);
                return "Finished";
            },
            by,
            ct
        );

    /// <param name="step">Changes the file and says what it did; null when it did nothing.</param>
    private async Task<bool> OnFileAsync(
        Guid id,
        Func<PlumDbContext, AllocationFile, DateTime, Task<string?>> step,
        Actor by,
        CancellationToken ct
    )
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var file = await db.AllocationFiles.SingleAsync(f => f.Id == id, ct);
        if (await step(db, file, now) is not { } done)
        {
            return false;
        }

        db.Add(AuditEntry.For(AllocationText.Room, file.Reference, done, by, now, file.ClientId));
        if (await db.SaveAsync(new Outcome.Done(), ct) is not Outcome.Done)
        {
            return false; // somebody was first: looked at again
        }

        await transaction.CommitAsync(ct);
        return true;
    }
}
