using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>Carries out one kind of request, in the room that it belongs to.</summary>
public interface IRequestExecutor
{
    IReadOnlySet<RequestKind> Kinds { get; }

    /// <summary>
    /// Does what was approved, once: it may be called again for the same request after a crash, with another attempt, and must then find out what
    /// was done before. It ends the request itself, in the transaction that moves the money, by <see cref="Executions"/>.
    /// </summary>
    Task ExecuteAsync(ClaimedRequest claim, Actor by, CancellationToken ct);

    /// <summary>
    /// A person gives up what could not be executed to its end. What was done on the outside stays done: the executor records it, in the caller's
    /// transaction.
    /// </summary>
    /// <returns>Why it cannot be given up; else what has happened all the same, for people, or null when nothing has.</returns>
    Task<(Refusal? Why, string? Remains)> GiveUpAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    );
}

/// <param name="Attempt">The claim's own number: whoever lost the claim can no longer record anything.</param>
public sealed record ClaimedRequest(long Id, RequestKind Kind, int Attempt);

/// <summary>Takes what is to be executed, one at a time, for this node alone.</summary>
public sealed class RequestRunner(IDbContextFactory<PlumDbContext> contexts, IEnumerable<IRequestExecutor> executors, TimeProvider clock)
{
    /// <returns>False when nothing is due.</returns>
    public async Task<bool> RunNextAsync(Actor by, CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } claim)
        {
            return false;
        }

        await executors.Single(e => e.Kinds.Contains(claim.Kind)).ExecuteAsync(claim, by, ct);
        return true;
    }

    public async Task<ClaimedRequest?> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var request = await db
                .ApprovalRequests.Where(r =>
                    (r.State == RequestState.Approved || r.State == RequestState.Executing || r.State == RequestState.Unknown)
                    && r.NextAttemptAtUtc <= now
                )
                .OrderBy(r => r.NextAttemptAtUtc)
                .ThenBy(r => r.Id)
                .FirstOrDefaultAsync(ct);
            if (request is null)
            {
                return null;
            }

            request.Claim(now);
            db.Add(
                AuditEntry.For(
                    RequestStep.Room,
                    RequestReference.Of(request.Id),
                    "Taken for execution",
                    JobActors.Execution,
                    now,
                    request.ClientId,
                    partnerId: request.PartnerId
                )
            );
            if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
            {
                return new ClaimedRequest(request.Id, request.Kind, request.Attempts);
            }
        }
    }
}

/// <summary>How an executor ends its claim.</summary>
internal static class Executions
{
    /// <summary>The request of the claim, if it may still be executed: the claim is one's own, the fingerprint right, and everybody's authority as good as it was.</summary>
    public static async Task<(Refusal? Why, ApprovalRequest Request)> LoadAsync(
        this PlumDbContext db,
        ClaimedRequest claim,
        Act makes,
        CancellationToken ct
    )
    {
        var request = await db.ApprovalRequests.SingleAsync(r => r.Id == claim.Id, ct);
        var why =
            request.CannotRecord(claim.Attempt)
            ?? (request.Fingerprint == request.FingerprintNow() ? null : RequestRefusals.Tampered)
            ?? await Checkers.NoLongerAsync(db, request, makes, ct);
        return (why, request);
    }

    public static void Done(PlumDbContext db, ApprovalRequest request, int attempt, string? supplierReference, Actor by, DateTime nowUtc)
    {
        request.Execute(attempt, supplierReference, nowUtc);
        db.Add(RequestEvent.Of(request, RequestEventKind.Executed, by, nowUtc, supplierReference));
        RequestStep.Audit(db, request, "Executed", by, nowUtc);
    }

    /// <summary>Back to a person, with the supplier's words and ours. What is reserved stays so until they try again or give up.</summary>
    public static async Task FailAsync(
        PlumDbContext db,
        ApprovalRequest request,
        int attempt,
        string words,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        request.Fail(attempt, words);
        db.Add(RequestEvent.Of(request, RequestEventKind.Failed, by, nowUtc, words));
        RequestStep.Audit(db, request, "Failed", by, nowUtc, words);
        await RequestTicket.TellAsync(db, request, RequestEventKind.Failed, by, nowUtc, words, ct);
    }
}
