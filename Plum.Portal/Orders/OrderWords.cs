using Plum.Domain.Orders;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

/// <summary>How orders read on their pages.</summary>
public static class OrderWords
{
    public const string Path = "/orders";
    public const string Recipients = "/recipients";

    public static string Of(OrderStatus status) =>
        status switch
        {
            OrderStatus.Placed => "Placed",
            OrderStatus.Issued => "Issued",
            OrderStatus.Delivered => "Delivered",
            OrderStatus.DeliveryFailed => "Delivery failed",
            OrderStatus.Redeemed => "Redeemed",
            OrderStatus.Cancelled => "Cancelled",
            OrderStatus.Refunded => "Refunded",
            OrderStatus.Rejected => "Rejected",
            OrderStatus.Expired => "Expired",
            _ => "",
        };

    public static Meaning MeaningOf(OrderStatus status) =>
        status switch
        {
            OrderStatus.Placed or OrderStatus.Issued => Meaning.Info,
            OrderStatus.Delivered or OrderStatus.Redeemed => Meaning.Good,
            OrderStatus.Expired => Meaning.Warn,
            OrderStatus.DeliveryFailed or OrderStatus.Rejected => Meaning.Bad,
            _ => Meaning.None,
        };

    public static string IconOf(OrderStatus status) =>
        status switch
        {
            OrderStatus.Placed => "clock",
            OrderStatus.Issued => "voucher",
            OrderStatus.Delivered => "mail",
            OrderStatus.Redeemed => "check",
            OrderStatus.Expired => "warn",
            OrderStatus.Cancelled or OrderStatus.Refunded => "undo",
            _ => "bad",
        };

    public static string Of(Tender tender) =>
        tender switch
        {
            Tender.ProgrammeBudget => "Programme budget",
            Tender.Points => "Points",
            Tender.Card => "Card",
            _ => "",
        };

    public static string Link(long id) => $"{Path}/{OrderReference.Of(id)}";

    public static string Recipient(long id) => FormattableString.Invariant($"{Recipients}/{id}");
}
