using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>What the requests of a file mean for the file, and the file's end for its requests; inside the caller's transaction.</summary>
internal static class AllocationRequests
{
    public static async Task<List<(AllocationApproval Approval, ApprovalRequest Request)>> OfAsync(
        PlumDbContext db,
        Guid fileId,
        CancellationToken ct
    )
    {
        var found = await db
            .AllocationApprovals.Where(a => a.FileId == fileId)
            .Join(db.ApprovalRequests, a => a.RequestId, r => r.Id, (a, r) => new { Approval = a, Request = r })
            .OrderBy(x => x.Request.Id)
            .ToListAsync(ct);
        return found.ConvertAll(x => (x.Approval, x.Request));
    }

    /// <summary>
    /// Ends what is undecided, and gives back to the budget what was taken out for rows that are not ordered.
    /// </summary>
    /// <returns>Why it cannot be now: money of it is just being moved.</returns>
    public static async Task<Refusal?> EndAsync(
        PlumDbContext db,
        AllocationFile file,
        IEnumerable<(AllocationApproval Approval, ApprovalRequest Request)> requests,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        foreach (var (approval, request) in requests.Where(r => !RequestMoves.CameToNothing(r.Request.State)))
        {
            if (request.State == RequestState.Executed)
            {
                if (await ReturnAsync(db, file, approval, by, now, ct) is { } cannot)
                {
                    return cannot;
                }

                continue;
            }

            if (request.CannotWithdraw() is not null)
            {
                return AllocationSubmitRefusals.BeingApproved;
            }

            request.Withdraw(now);
            if (await RequestStep.ReleaseAsync(db, request, by, now, ct) is { } held)
            {
                return held;
            }

            var why = $"{file.Reference} does not go on";
            db.Add(RequestEvent.Of(request, RequestEventKind.Withdrawn, by, now, why));
            RequestStep.Audit(db, request, "Withdrawn", by, now, why);
        }

        return null;
    }

    private static async Task<Refusal?> ReturnAsync(
        PlumDbContext db,
        AllocationFile file,
        AllocationApproval approval,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        if (approval.Left is not { MinorUnits: > 0 } left)
        {
            return null;
        }

        var (from, to) = (
            await AccountAsync(db, AccountKey.Allocations(file.ProgrammeId, left.Currency), ct),
            await AccountAsync(db, AccountKey.Budget(file.ProgrammeId, left.Currency), ct)
        );
        approval.ReturnRest();
        var terms = new EntryTerms(
            $"{file.Reference}/{RequestReference.Of(approval.RequestId)}/return",
            "Returned",
            $"Not ordered of {file.Reference}",
            Legs.Move(from, to, left),
            approval.RequestId
        );
        return await db.PostAsync(terms, by, now, ct);
    }

    private static async Task<Guid> AccountAsync(PlumDbContext db, string key, CancellationToken ct) =>
        await db.AccountIdAsync(key, ct) ?? throw new InvalidOperationException($"There is no account {key}.");
}
