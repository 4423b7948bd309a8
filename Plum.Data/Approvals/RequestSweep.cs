using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>Reminds of what nobody decided, and lets it expire. Each request in its own transaction: a decision at the same moment wins or loses as a whole.</summary>
public sealed class RequestSweep(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>How many were reminded of or expired; repeat until none.</returns>
    public async Task<int> SweepAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var again = now - RequestTimes.RemindEvery;
        List<long> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            due = await db
                .ApprovalRequests.Where(r => r.State == RequestState.Pending || r.State == RequestState.Questioned)
                .Where(r => r.ExpiresAtUtc <= now || (r.DueAtUtc <= now && (r.RemindedAtUtc == null || r.RemindedAtUtc <= again)))
                .OrderBy(r => r.DueAtUtc)
                .ThenBy(r => r.Id)
                .Select(r => r.Id)
                .Take(Batch)
                .ToListAsync(ct);
        }

        var swept = 0;
        foreach (var id in due)
        {
            swept += await SweepAsync(id, by, now, ct) ? 1 : 0;
        }

        return swept;
    }

    private async Task<bool> SweepAsync(long id, Actor by, DateTime now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var request = await db.ApprovalRequests.SingleAsync(r => r.Id == id, ct);
        if (request.CannotExpire(now) is not null)
        {
            return request.IsToRemind(now) && await RemindAsync(db, request, by, now, ct) && await CommitAsync();
        }

        request.Expire(now);
        if (await RequestStep.ReleaseAsync(db, request, by, now, ct) is not null)
        {
            return false;
        }

        await RequestTicket.TellAsync(db, request, RequestEventKind.Expired, by, now, note: null, ct);
        db.Add(RequestEvent.Of(request, RequestEventKind.Expired, by, now));
        RequestStep.Audit(db, request, "Expired", by, now);
        return await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done && await CommitAsync();

        async Task<bool> CommitAsync()
        {
            await transaction.CommitAsync(ct);
            return true;
        }
    }

    /// <summary>ExecuteUpdate: a reminder changes nothing of what somebody may just be deciding on, so it must not make their copy stale.</summary>
    private static async Task<bool> RemindAsync(PlumDbContext db, ApprovalRequest request, Actor by, DateTime now, CancellationToken ct)
    {
        var last = request.RemindedAtUtc;
        var mine = await db
            .ApprovalRequests.Where(r => r.Id == request.Id && r.RemindedAtUtc == last)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemindedAtUtc, now), ct);
        if (mine == 0)
        {
            return false; // another node was first
        }

        db.Add(RequestEvent.Of(request, RequestEventKind.Reminded, by, now));
        await db.SaveChangesAsync(ct);
        return true;
    }
}
