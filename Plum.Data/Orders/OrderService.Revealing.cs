using Microsoft.EntityFrameworkCore;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Orders;

public sealed partial class OrderService
{
    /// <summary>The one way to a voucher's code: the audit line is saved before the code is handed out, so none is read without a trace.</summary>
    public async Task<Revealed> RevealVoucherAsync(RevealVoucher command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.RevealVouchers) ?? VoucherRefusals.ForReason(command.Reason)) is { } refused)
        {
            return new Revealed(refused);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var order = await db
            .Orders.AsNoTracking()
            .VisibleTo(by)
            .Where(o => o.Id == command.OrderId)
            .Select(o => new
            {
                o.Id,
                o.ClientId,
                o.Status,
                o.VoucherSealed,
            })
            .SingleOrDefaultAsync(ct);
        if (order is null)
        {
            return new Revealed(Refusals.NotFound);
        }

        if (order.VoucherSealed is null)
        {
            return new Revealed(VoucherRefusals.None);
        }

        if (vault.Open(order.Id, order.VoucherSealed) is not { } secret)
        {
            return new Revealed(VoucherRefusals.Unreadable);
        }

        var (reference, reason) = (OrderReference.Of(order.Id), command.Reason.Trim());
        db.Add(OrderEvent.Of(order.Id, order.Status, "Voucher revealed", by, now, reason));
        db.Add(AuditEntry.For(Room, reference, "Voucher revealed", by, now, order.ClientId, reason));
        await db.SaveChangesAsync(ct);
        return new Revealed(new Outcome.Done(reference), secret);
    }
}
