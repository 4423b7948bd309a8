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
        var kind = request.CannotExpire(now) is null ? RequestEventKind.Expired : RequestEventKind.Reminded;
        if (kind == RequestEventKind.Reminded && !request.IsToRemind(now))
        {
            return false; // decided, or reminded of by another node
        }

        if (kind == RequestEventKind.Expired)
        {
            request.Expire(now);
            if (await RequestStep.ReleaseAsync(db, request, by, now, ct) is not null)
            {
                return false;
            }

            await RequestTicket.TellAsync(db, request, kind, by, now, note: null, ct);
        }
        else
        {
            request.Remind(now);
        }

        db.Add(RequestEvent.Of(request, kind, by, now));
        RequestStep.Audit(db, request, kind.ToString(), by, now);
        var saved = await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done;
        if (saved)
        {
            await transaction.CommitAsync(ct);
        }

        return saved;
    }
}
