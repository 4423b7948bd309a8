using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Jobs;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Corrections;

/// <summary>One thing to ask of a supplier.</summary>
internal abstract record SupplierStep(SupplierCallKind Kind)
{
    /// <param name="Fee">What was approved that the supplier may keep; null where none was spoken of.</param>
    public sealed record Cancel(OrderStanding Order, Money? Fee = null) : SupplierStep(SupplierCallKind.Cancel);

    public sealed record Place(long OrderId, Guid RewardId, Guid SupplierId, Money Value) : SupplierStep(SupplierCallKind.Place);
}

/// <summary>What became of it.</summary>
internal abstract record SupplierAnswer
{
    private SupplierAnswer() { }

    public sealed record Done : SupplierAnswer;

    public sealed record Refused(string Words) : SupplierAnswer;

    /// <summary>It may have been done.</summary>
    public sealed record Unknown(string Words) : SupplierAnswer;

    /// <summary>Certainly not done; again later under the same key.</summary>
    public sealed record Later(string Words, TimeSpan After) : SupplierAnswer;
}

/// <summary>
/// Asks suppliers, each thing once: the key is stored before the call and sent with it, and what was tried before is looked up first.
/// </summary>
public sealed class SupplierDesk(
    IDbContextFactory<PlumDbContext> contexts,
    SupplierGateways gateways,
    VoucherVault vault,
    TimeProvider clock
)
{
    private static readonly TimeSpan[] LookUps =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
    ];

    /// <summary>Growing waits; the last one again and again, until the supplier answers or a person does.</summary>
    public static TimeSpan LookUpAfter(int attempts) => LookUps[Math.Min(Math.Max(attempts - 1, 0), LookUps.Length - 1)];

    internal async Task<SupplierAnswer> DoAsync(ClaimedRequest claim, SupplierStep step, CancellationToken ct)
    {
        var key = $"{RequestReference.Of(claim.Id)}/{step.Kind.ToString().ToLowerInvariant()}";
        var call = await PrepareAsync(key, claim.Id, step.Kind, ct);
        if (call.State == SupplierCallState.Done)
        {
            return new SupplierAnswer.Done();
        }

        // Once the other side may have it, our own shutdown must not lose the answer.
        return step switch
        {
            SupplierStep.Cancel cancel => await CancelAsync(call, cancel, CancellationToken.None),
            SupplierStep.Place place => await PlaceAsync(call, place, CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
        };
    }

    /// <summary>Counted and saved before the call.</summary>
    private async Task<SupplierCall> PrepareAsync(string key, long requestId, SupplierCallKind kind, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var call = await db.SupplierCalls.SingleOrDefaultAsync(c => c.Key == key, ct);
        if (call is null)
        {
            call = SupplierCall.Prepare(key, requestId, kind, clock.GetUtcNow().UtcDateTime);
            db.Add(call);
        }

        if (call.State != SupplierCallState.Done)
        {
            call.Try();
            await db.SaveChangesAsync(ct);
        }

        return call;
    }

    private async Task<SupplierAnswer> CancelAsync(SupplierCall call, SupplierStep.Cancel step, CancellationToken ct)
    {
        var (supplier, _) = await SupplierAsync(step.Order.SupplierId, orderId: null, ct);
        var gateway = gateways.Of(supplier);
        var reference = step.Order.SupplierReference!;
        if (
            call.Tries > 1
            && await gateway.GetAsync(reference, ct) is FindOutcome.Found { Order: { Order.Meaning: SupplierOrderState.Cancelled } gone }
        )
        {
            return await SucceedAsync(call, reference, gone.Order.Raw, voucher: null, orderId: 0, ct);
        }

        return await gateway.CancelAsync(new CancelSupplierOrder(call.Key, reference, "Corrected"), ct) switch
        {
            CancelOutcome.Cancelled done => await SucceedAsync(
                call,
                reference,
                $"Cancelled, {done.Refund} back, {done.Fee} kept",
                null,
                0,
                ct,
                FeeDiffers(supplier, step, done.Fee)
            ),
            CancelOutcome.Unrefunded lost => await LoseMoneyAsync(call, supplier, lost.Fault, ct),
            CancelOutcome.Refused refused => await RefuseAsync(call, supplier, refused.Fault, ct),
            CancelOutcome.Unknown unknown => await LoseAsync(call, supplier, unknown.Reason, ct),
            var other => throw new InvalidOperationException($"{other} is no answer to a cancellation."),
        };
    }

    /// <summary>Of a correction that spoke of a fee; null when it is as approved.</summary>
    private static string? FeeDiffers(string supplier, SupplierStep.Cancel step, Money fee) =>
        step.Fee is not { } approved || approved == fee || (approved.MinorUnits == 0 && fee.MinorUnits == 0)
            ? null
            : $"{supplier} kept {fee}, where {approved} was approved. What goes back is as approved: settle the difference with them.";

    /// <summary>A person claims the money; tried again after that, the order is found cancelled and the correction goes on.</summary>
    private async Task<SupplierAnswer> LoseMoneyAsync(SupplierCall call, string supplier, SupplierFault fault, CancellationToken ct)
    {
        var words = SupplierFault.OneLine(
            $"{supplier}: The order is cancelled, but its money did not come back. Claim it, then try again. {fault.Words} ({fault.Code})"
        );
        await SaveAsync(call, row => row.LoseMoney(words, clock.GetUtcNow().UtcDateTime), ct);
        return new SupplierAnswer.Refused(words);
    }

    private async Task<SupplierAnswer> PlaceAsync(SupplierCall call, SupplierStep.Place step, CancellationToken ct)
    {
        var (supplier, contact) = await SupplierAsync(step.SupplierId, step.OrderId, ct);
        var gateway = gateways.Of(supplier);
        if (call.Tries > 1)
        {
            switch (await gateway.FindByReferenceAsync(call.Key, ct))
            {
                case FindOutcome.Found found:
                    return await TakeAsync(call, supplier, step.OrderId, PlaceOutcome.Of(found.Order), ct);
                case FindOutcome.Unknown unknown:
                    return await LoseAsync(call, supplier, unknown.Reason, ct);
                case FindOutcome.Refused refused:
                    return await LoseAsync(call, supplier, refused.Fault.Words, ct);
                default:
                    break; // it has no such order: placed under the same reference
            }
        }

        var order = new PlaceOrder(call.Key, supplier, $"{step.RewardId:n}", step.Value, 1, contact!);
        return await TakeAsync(call, supplier, step.OrderId, await gateway.PlaceAsync(order, ct), ct);
    }

    private async Task<SupplierAnswer> TakeAsync(
        SupplierCall call,
        string supplier,
        long orderId,
        PlaceOutcome outcome,
        CancellationToken ct
    ) =>
        outcome switch
        {
            PlaceOutcome.Fulfilled done => await SucceedAsync(
                call,
                done.Order.SupplierReference,
                done.Order.Order.Raw,
                done.Order.Vouchers is [var voucher, ..] ? voucher : null,
                orderId,
                ct
            ),
            PlaceOutcome.Accepted => await LoseAsync(call, supplier, "It has the order, and has not issued it yet.", ct),
            PlaceOutcome.Partial => await LoseAsync(call, supplier, "It has issued a part of the order.", ct),
            PlaceOutcome.Rejected rejected => await RefuseAsync(call, supplier, rejected.Fault, ct),
            PlaceOutcome.Unknown unknown => await LoseAsync(call, supplier, unknown.Reason, ct),
            _ => throw new InvalidOperationException($"{outcome} is no answer to an order."),
        };

    private async Task<SupplierAnswer> SucceedAsync(
        SupplierCall call,
        string reference,
        string? words,
        SupplierVoucher? voucher,
        long orderId,
        CancellationToken ct,
        string? differs = null
    )
    {
        await SaveAsync(
            call,
            row =>
            {
                row.Succeed(reference, words, clock.GetUtcNow().UtcDateTime);
                if (voucher is not null)
                {
                    // Sealed to the old order until the new one has its number: then it is sealed anew to that.
                    var sealedVoucher = vault.Seal(orderId, voucher.Code, voucher.Pin);
                    row.Hold(sealedVoucher.Text, sealedVoucher.Last4, voucher.ValidUntilUtc);
                }
            },
            ct,
            differs
        );
        return new SupplierAnswer.Done();
    }

    private async Task<SupplierAnswer> RefuseAsync(SupplierCall call, string supplier, SupplierFault fault, CancellationToken ct)
    {
        var words = $"{supplier}: {fault.Words} ({fault.Code})";
        if (fault.Class is SupplierFaultClass.RateLimited or SupplierFaultClass.Transient)
        {
            return new SupplierAnswer.Later(words, fault.After ?? LookUpAfter(call.Tries));
        }

        await SaveAsync(call, row => row.Refuse(words, clock.GetUtcNow().UtcDateTime), ct);
        return new SupplierAnswer.Refused(words);
    }

    private async Task<SupplierAnswer> LoseAsync(SupplierCall call, string supplier, string reason, CancellationToken ct)
    {
        var words = $"{supplier}: {reason}";
        await SaveAsync(call, row => row.LoseAnswer(words), ct);
        return new SupplierAnswer.Unknown(words);
    }

    /// <param name="differs">What people are to know of it: written to the request's history with the answer, once.</param>
    private async Task SaveAsync(SupplierCall call, Action<SupplierCall> change, CancellationToken ct, string? differs = null)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.SupplierCalls.SingleAsync(c => c.Key == call.Key, ct);
        change(row);
        if (differs is not null)
        {
            var (now, by) = (clock.GetUtcNow().UtcDateTime, JobActors.Execution);
            var request = await db.ApprovalRequests.AsNoTracking().SingleAsync(r => r.Id == call.RequestId, ct);
            db.Add(RequestEvent.Of(request, RequestEventKind.FeeDiffered, by, now, differs));
            RequestStep.Audit(db, request, "Another fee than was approved", by, now, differs);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<(string Code, SupplierContact? Contact)> SupplierAsync(Guid supplierId, long? orderId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var code = await db.Suppliers.Where(s => s.Id == supplierId).Select(s => s.Code).SingleAsync(ct);
        var contact = await db
            .Orders.Where(o => o.Id == orderId)
            .Join(db.Recipients, o => o.RecipientId, r => r.Id, (o, r) => new SupplierContact(r.Name, r.Email, r.Phone))
            .SingleOrDefaultAsync(ct);
        return (code, contact);
    }
}
