using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>
/// Has a request whose supplier sent word looked up at once, instead of when its turn comes. What the word says is not believed: the supplier is
/// asked.
/// </summary>
public sealed class RequestHints(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int Batch = 500;

    /// <returns>How many hints were worked off.</returns>
    public async Task<int> HeedAsync(Actor by, CancellationToken ct)
    {
        List<long> waiting;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            waiting = await db
                .SupplierHints.Where(h => h.ReadAtUtc == null)
                .OrderBy(h => h.Id)
                .Take(Batch)
                .Select(h => h.Id)
                .ToListAsync(ct);
        }

        var heeded = 0;
        foreach (var id in waiting)
        {
            heeded += await HeedAsync(id, by, ct) ? 1 : 0;
        }

        return heeded;
    }

    /// <summary>The hint and what it brings forward in one save: neither is lost, and a hint that lost a race is heeded at the next turn.</summary>
    private async Task<bool> HeedAsync(long id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hint = await db.SupplierHints.SingleAsync(h => h.Id == id, ct);
        var (ours, theirs) = (hint.Reference, hint.SupplierReference);
        var named = await db
            .ApprovalRequests.Where(r => r.State == RequestState.Unknown || r.State == RequestState.Executing)
            .Where(r =>
                db.SupplierCalls.Any(c => c.RequestId == r.Id && c.Key == ours)
                || (theirs != null && db.Orders.Any(o => o.Id == r.OrderId && o.SupplierReference == theirs))
            )
            .ToListAsync(ct);
        if (named.Exists(r => r.State == RequestState.Executing))
        {
            return false; // it may be asking at this moment; should its answer be lost, the hint is there still
        }

        foreach (var request in named)
        {
            request.LookUpNow(now);
            RequestStep.Audit(db, request, "To be looked up: the supplier sent word", by, now);
        }

        hint.Read(now);
        return await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done;
    }
}
