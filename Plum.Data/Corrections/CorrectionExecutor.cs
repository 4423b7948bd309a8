using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
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
                await RequestTicket.TellAsync(db, request, RequestEventKind.Executed, by, now, note: null, ct, refunds);
            },
            ct
        );
    }

    internal static CorrectionPayload Read(ApprovalRequest request) =>
        request.Kind switch
        {
            RequestKind.Reissue => Read<CorrectionPayload.Reissue>(request.Payload),
            RequestKind.Cancellation => Read<CorrectionPayload.Cancellation>(request.Payload),
            RequestKind.Refund => Read<CorrectionPayload.Refund>(request.Payload),
            RequestKind.GoodwillCredit => Read<CorrectionPayload.Goodwill>(request.Payload),
            _ => throw new InvalidOperationException($"{request.Kind} is no correction."),
        };

    private static T Read<T>(string payload) => JsonSerializer.Deserialize<T>(payload, JsonSerializerOptions.Web)!;

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
                : [new SupplierStep.Cancel(cancellation.Order)],
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

    /// <summary>One transaction. Whoever lost the claim meanwhile records nothing.</summary>
    private async Task EndAsync(
        ClaimedRequest claim,
        Actor by,
        Func<PlumDbContext, ApprovalRequest, DateTime, Task> end,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        Refusal? refused = null;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var request = await db.ApprovalRequests.SingleAsync(r => r.Id == claim.Id, ct);
            if (request.CannotRecord(claim.Attempt) is not null)
            {
                return;
            }

            try
            {
                await end(db, request, now);
                if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
                {
                    await transaction.CommitAsync(ct);
                }

                return; // stale: the claim runs out, and whoever takes it next finds out what was done
            }
            catch (RefusedException refusal)
            {
                refused = refusal.Refusal;
            }
        }

        await EndAsync(claim, by, (db, request, at) => Executions.FailAsync(db, request, claim.Attempt, refused.Message, by, at, ct), ct);
    }
}
