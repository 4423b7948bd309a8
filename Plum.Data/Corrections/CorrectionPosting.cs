using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Deliveries;
using Plum.Data.Ledger;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Corrections;

/// <summary>What a correction changes in Plum once suppliers have done their part; all of it in the caller's transaction.</summary>
internal static class CorrectionPosting
{
    public static OrderStanding? StandingOf(CorrectionPayload payload) =>
        payload switch
        {
            CorrectionPayload.Reissue reissue => reissue.Order,
            CorrectionPayload.Cancellation cancellation => cancellation.Order,
            CorrectionPayload.Refund refund => refund.Order,
            _ => null,
        };

    /// <returns>Why it cannot be; whether money went back to whoever paid; the supplier's reference.</returns>
    public static async Task<(Refusal? Why, bool Refunds, string? Reference)> PostAsync(
        PlumDbContext db,
        ApprovalRequest request,
        CorrectionPayload payload,
        VoucherVault vault,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var calls = await db.SupplierCalls.AsNoTracking().Where(c => c.RequestId == request.Id).ToListAsync(ct);
        var placed = calls.SingleOrDefault(c => c.Kind == SupplierCallKind.Place);
        var reference = placed?.SupplierReference ?? calls.FirstOrDefault()?.SupplierReference;
        var why = await RequestStep.SettleAsync(db, request, by, now, ct);
        if (why is not null || payload is CorrectionPayload.Goodwill)
        {
            return (why, false, reference);
        }

        var rests = StandingOf(payload)!;
        var order = await db.Orders.SingleAsync(o => o.Id == rests.OrderId, ct);
        var name = RequestReference.Of(request.Id);
        switch (payload)
        {
            case CorrectionPayload.Reissue reissue:
                await ReissueAsync(db, order, reissue, placed!, vault, name, by, now, ct);
                return (null, false, reference);
            case CorrectionPayload.Cancellation cancellation:
                order.Cancel();
                await DeliveryQueueing.WithdrawAsync(db, order.Id, "Its order was cancelled.", ct);
                Tell(db, order, "Cancelled", name, by, now);
                return (await OrderMoney.RefundAsync(db, order.Id, cancellation.Parts, ct), cancellation.Parts.Count > 0, reference);
            case CorrectionPayload.Refund refund:
                var cannot = await OrderMoney.RefundAsync(db, order.Id, refund.Parts, ct);
                if (rests.Payments.Sum(p => p.Captured - p.Refunded) == refund.Parts.Sum(p => p.MinorUnits))
                {
                    order.Refund();
                    await DeliveryQueueing.WithdrawAsync(db, order.Id, "Its order was refunded.", ct);
                }

                Tell(db, order, $"Refunded {request.Amount}", name, by, now);
                return (cannot, true, reference);
            default:
                throw new ArgumentOutOfRangeException(nameof(payload), payload, null);
        }
    }

    private static async Task ReissueAsync(
        PlumDbContext db,
        Order order,
        CorrectionPayload.Reissue reissue,
        SupplierCall placed,
        VoucherVault vault,
        string request,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var reward = await db.Rewards.AsNoTracking().SingleAsync(r => r.Id == reissue.RewardId, ct);
        var fresh = Order.Place(
            await db.TakeAsync(Numbers.Orders, 1, ct),
            order.ClientId,
            order.ProgrammeId,
            order.RecipientId,
            reward.Id,
            reward.BrandId,
            reissue.SupplierId,
            reissue.Value,
            order.PaidWith,
            now
        );
        var secret = placed.VoucherSealed is { } text ? vault.Open(order.Id, text) : null;
        var voucher = secret is null ? null : vault.Seal(fresh.Id, secret.Code, secret.Pin);
        fresh.Issue(placed.SupplierReference!, voucher?.Text, voucher?.Last4, now, placed.VoucherUntilUtc);
        db.Add(fresh);
        var payments = await db.PaymentsAsync(order.Id, ct);
        foreach (var payment in payments.Where(p => p.Left > 0))
        {
            // What was paid for the one is what the other is paid with; it can go back from there alone.
            db.Add(OrderPayment.Capture(fresh.Id, payment.Line, payment.Tender, new Money(payment.Left, payment.Currency)));
        }

        order.ReissueAs(fresh.Id);
        Tell(db, order, $"Reissued as {OrderReference.Of(fresh.Id)}", request, by, now);
        Tell(db, fresh, $"Issued in place of {OrderReference.Of(order.Id)}", request, by, now);
        if (await DeliveryQueueing.QueueInPlaceOfAsync(db, order, fresh, now, ct) is { } unsent)
        {
            db.Add(OrderEvent.Of(fresh.Id, fresh.Status, "Not sent to its recipient", by, now, unsent.Message)); // issued all the same
        }
    }

    private static void Tell(PlumDbContext db, Order order, string what, string request, Actor by, DateTime now) =>
        db.Add(OrderEvent.Of(order.Id, order.Status, what, by, now, request));
}
