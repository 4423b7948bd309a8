using Plum.Domain.Shared;

namespace Plum.Domain.Orders;

/// <summary>
/// One way in which an order was paid, of several where the tender was split. What goes back goes back along it, and never more than was captured:
/// the columns are compared and set in the database at once, and an order has one open correction at a time, so that nothing more is on its way.
/// </summary>
public sealed class OrderPayment
{
    private OrderPayment() { } // EF Core

    public long OrderId { get; private init; }

    /// <summary>From 1, in the order in which it was paid.</summary>
    public int Line { get; private init; }
    public Tender Tender { get; private init; }
    public string Currency { get; private init; } = "";

    /// <summary>Minor units.</summary>
    public long Captured { get; private init; }
    public long Refunded { get; private init; }

    public long Left => Captured - Refunded;

    public static OrderPayment Capture(long orderId, int line, Tender tender, Money captured) =>
        captured.MinorUnits > 0
            ? new()
            {
                OrderId = orderId,
                Line = line,
                Tender = tender,
                Currency = captured.Currency,
                Captured = captured.MinorUnits,
            }
            : throw new ArgumentOutOfRangeException(nameof(captured), captured, "Nothing was paid.");
}
