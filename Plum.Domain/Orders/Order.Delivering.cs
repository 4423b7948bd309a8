namespace Plum.Domain.Orders;

/// <summary>The order follows its deliveries.</summary>
public sealed partial class Order
{
    /// <summary>From which an order becomes delivered, or its delivery fails: not once it is redeemed, cancelled, refunded or expired.</summary>
    public static IReadOnlyList<OrderStatus> Deliverable { get; } = [OrderStatus.Issued, OrderStatus.Delivered, OrderStatus.DeliveryFailed];

    /// <summary>Whether its voucher is there and still to be brought to the recipient.</summary>
    public bool IsDeliverable => Deliverable.Contains(Status);

    /// <returns>False when it stands where no delivery moves it: what came after the delivery stays.</returns>
    public bool FollowDelivery(bool isDelivered)
    {
        var next = isDelivered ? OrderStatus.Delivered : OrderStatus.DeliveryFailed;
        if (!IsDeliverable || Status == next)
        {
            return false;
        }

        Status = next;
        return true;
    }
}
