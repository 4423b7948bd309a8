namespace Plum.Domain.Orders;

public sealed partial class Order
{
    /// <summary>The order that took its place.</summary>
    public long? ReissuedAsId { get; private set; }

    /// <summary>Whether the supplier holds something for it that somebody could still use.</summary>
    public bool IsLive => Status is OrderStatus.Placed or OrderStatus.Issued or OrderStatus.Delivered or OrderStatus.DeliveryFailed;

    /// <summary>The supplier has cancelled it. Whether that may be is decided before it is asked for.</summary>
    public void Cancel() => Status = OrderStatus.Cancelled;

    /// <summary>The supplier will not fulfil it, and what was paid has gone back.</summary>
    public void Reject() => Status = OrderStatus.Rejected;

    /// <summary>All that was captured has gone back.</summary>
    public void Refund() => Status = OrderStatus.Refunded;

    public void ReissueAs(long orderId) => (Status, ReissuedAsId) = (OrderStatus.Cancelled, orderId);
}
