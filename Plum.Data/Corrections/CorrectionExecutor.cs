using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Deliveries;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Corrections;

/// <summary>
/// Carries corrections out. First what is asked of suppliers, each call stored with its key before it is made and looked up before it is made again;
/// then one transaction that moves the money, the order, the ticket and the request together.
/// </summary>
public sealed class CorrectionExecutor(IDbContextFactory<PlumDbContext> contexts, SupplierDesk desk, VoucherVault vault, TimeProvider clock)
    : IRequestExecutor
{
    public IReadOnlySet<RequestKind> Kinds { get; } =
        new HashSet<RequestKind> { RequestKind.Reissue, RequestKind.Cancellation, RequestKind.Refund, RequestKind.GoodwillCredit };

    public async Task ExecuteAsync(ClaimedRequest claim, Actor by, CancellationToken ct)
    {
        var (why, payload, hasBegun) = await BeginAsync(claim, by, ct);
        if (payload is null)
        {
            return; // the claim is another's
        }

        if (why is not null && !hasBegun)
        {
            await EndAsync(claim, by, (db, request, now) => Executions.FailAsync(db, request, claim.Attempt, why.Message, by, now, ct), ct);
            return;
        }

        // Once a supplier has done its part there is no way back: it is brought to its end.
        foreach (var step in Steps(payload))
        {
            var answer = await desk.DoAsync(claim, step, ct);
            if (answer is not SupplierAnswer.Done)
            {
                await EndAsync(claim, by, (db, request, now) => RecordAsync(db, request, claim, answer, by, now, ct), ct);
                return;
            }
        }

        await EndAsync(
            claim,
            by,
            async (db, request, now) =>
            {
                var (refused, refunds, reference) = await CorrectionPosting.PostAsync(db, request, payload, vault, by, now, ct);
                if (refused is not null)
                {
                    throw new RefusedException(refused); // rolls back; told below
                }

                Executions.Done(db, request, claim.Attempt, reference, by, now);
                var differs = await db
                    .RequestEvents.Where(e => e.RequestId == request.Id && e.Kind == RequestEventKind.FeeDiffered)
                    .Select(e => e.Note)
                    .FirstOrDefaultAsync(ct);
                await RequestTicket.TellAsync(db, request, RequestEventKind.Executed, by, now, differs, ct, refunds);
            },
            ct
        );
    }

    /// <summary>A voucher that the supplier has cancelled is no longer issued, whatever became of the rest.</summary>
    public async Task<(Refusal? Why, string? Remains)> GiveUpAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var calls = await db.SupplierCalls.AsNoTracking().Where(c => c.RequestId == request.Id).ToListAsync(ct);
        if (calls.Exists(c => c is { Kind: SupplierCallKind.Place, State: SupplierCallState.Done }))
        {
            return (CorrectionRefusals.IssuedAlready, null);
        }

        var order = await db.Orders.SingleOrDefaultAsync(o => o.Id == request.OrderId, ct);
        if (
            order is not { IsLive: true }
            || !calls.Exists(c => c is { Kind: SupplierCallKind.Cancel, State: SupplierCallState.Done or SupplierCallState.Unrefunded })
        )
        {
            return (null, null);
        }

        var name = RequestReference.Of(request.Id);
        order.Cancel();
        await DeliveryQueueing.WithdrawAsync(db, order.Id, "Its order was cancelled.", ct);
        db.Add(OrderEvent.Of(order.Id, order.Status, $"Cancelled by the supplier for {name}, which was given up", by, nowUtc, name));
        return (
            null,
            $"{OrderReference.Of(order.Id)} is cancelled all the same: the supplier had done so. What was paid for it can be refunded."
        );
    }

    internal static CorrectionPayload Read(ApprovalRequest request) => CorrectionPayload.Read(request.Kind, request.Payload);

    private static IEnumerable<SupplierStep> Steps(CorrectionPayload payload) =>
        payload switch
        {
            CorrectionPayload.Reissue reissue =>
            [
                .. reissue.CancelsFirst ? [new SupplierStep.Cancel(reissue.Order)] : Array.Empty<SupplierStep>(),
                new SupplierStep.Place(reissue.Order.OrderId, reissue.RewardId, reissue.SupplierId, reissue.Value),
            ],
            CorrectionPayload.Cancellation cancellation => cancellation.Order.SupplierReference is null
                ? []
                : [new SupplierStep.Cancel(cancellation.Order, cancellation.Fee)],
            CorrectionPayload.Refund { CancelsFirst: true } refund => [new SupplierStep.Cancel(refund.Order)],
            _ => [],
        };

    private async Task<(Refusal? Why, CorrectionPayload? Payload, bool HasBegun)> BeginAsync(
        ClaimedRequest claim,
        Actor by,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (why, request) = await db.LoadAsync(claim, Act.MakeCorrections, ct);
        if (why == RequestRefusals.ClaimLost)
        {
            return (why, null, false);
        }

        var payload = Read(request);
        var hasBegun = await db.SupplierCalls.AnyAsync(c => c.RequestId == request.Id && c.State == SupplierCallState.Done, ct);
        if (CorrectionPosting.StandingOf(payload) is { } rests && !rests.Equals(await OrderMoney.StandingAsync(db, rests.OrderId, ct)))
        {
            why ??= CorrectionRefusals.OrderChanged;
        }

        return (why, payload, hasBegun);
    }

    private static async Task RecordAsync(
        PlumDbContext db,
        ApprovalRequest request,
        ClaimedRequest claim,
        SupplierAnswer answer,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        switch (answer)
        {
            case SupplierAnswer.Refused refused:
                await Executions.FailAsync(db, request, claim.Attempt, refused.Words, by, now, ct);
                break;
            case SupplierAnswer.Unknown unknown:
                request.LoseAnswer(claim.Attempt, unknown.Words, now + SupplierDesk.LookUpAfter(request.Attempts));
                db.Add(RequestEvent.Of(request, RequestEventKind.AnswerLost, by, now, unknown.Words));
                RequestStep.Audit(db, request, "Outcome unknown", by, now, unknown.Words);
                break;
            case SupplierAnswer.Later later:
                request.Postpone(claim.Attempt, later.Words, now + later.After);
                db.Add(RequestEvent.Of(request, RequestEventKind.Postponed, by, now, later.Words));
                RequestStep.Audit(db, request, "Put off", by, now, later.Words);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(answer), answer, null);
        }
    }

    /// <summary>Once more when somebody edited the ticket at the same moment: that is no reason to wait for the claim to run out.</summary>
    private async Task EndAsync(
        ClaimedRequest claim,
        Actor by,
        Func<PlumDbContext, ApprovalRequest, DateTime, Task> end,
        CancellationToken ct
    )
    {
        for (var tries = 1; !await TryToEndAsync(claim, by, end, ct) && tries < ApprovalService.MostTries; tries++) { }
    }

    /// <summary>One transaction. Whoever lost the claim meanwhile records nothing.</summary>
    /// <returns>False when something that it changes was changed meanwhile.</returns>
    private async Task<bool> TryToEndAsync(
        ClaimedRequest claim,
        Actor by,
        Func<PlumDbContext, ApprovalRequest, DateTime, Task> end,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        Refusal? refused;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var request = await db.ApprovalRequests.SingleAsync(r => r.Id == claim.Id, ct);
            if (request.CannotRecord(claim.Attempt) is not null)
            {
                return true;
            }

            try
            {
                await end(db, request, now);
                if (await db.SaveAsync(new Outcome.Done(), ct) is not Outcome.Done)
                {
                    return false; // after the last try the claim runs out, and whoever takes it next finds out what was done
                }

                await transaction.CommitAsync(ct);
                return true;
            }
            catch (RefusedException refusal)
            {
                refused = refusal.Refusal;
            }
        }

        return await TryToEndAsync(
            claim,
            by,
            (db, request, at) => Executions.FailAsync(db, request, claim.Attempt, refused.Message, by, at, ct),
            ct
        );
    }
}
