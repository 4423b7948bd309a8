using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Corrections;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Corrections;

/// <summary>What goes back along each way an order was paid; inside the caller's transaction.</summary>
internal static class OrderMoney
{
    public static Task<List<OrderPayment>> PaymentsAsync(this PlumDbContext db, long orderId, CancellationToken ct) =>
        db.OrderPayments.AsNoTracking().Where(p => p.OrderId == orderId).OrderBy(p => p.Line).ToListAsync(ct);

    public static async Task<OrderStanding?> StandingAsync(PlumDbContext db, long orderId, CancellationToken ct) =>
        await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId, ct) is { } order
            ? OrderStanding.Of(order, await db.PaymentsAsync(orderId, ct))
            : null;

    /// <summary>ExecuteUpdate: compared and set in one statement, so that refunds never add up to more than was captured; its audit is the request's.</summary>
    public static async Task<Refusal?> RefundAsync(PlumDbContext db, long orderId, IEnumerable<RefundPart> parts, CancellationToken ct)
    {
        foreach (var part in parts)
        {
            var amount = part.MinorUnits;
            var refunded = await db
                .OrderPayments.Where(p => p.OrderId == orderId && p.Line == part.Line && p.Captured - p.Refunded >= amount)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Refunded, p => p.Refunded + amount), ct);
            if (refunded == 0)
            {
                return CorrectionRefusals.OrderChanged;
            }
        }

        return null;
    }
}
