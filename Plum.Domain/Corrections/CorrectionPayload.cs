using System.Text.Json;
using Plum.Domain.Approvals;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Domain.Corrections;

/// <summary>What a request for a correction asks for, frozen as JSON when it is made.</summary>
public abstract record CorrectionPayload
{
    private CorrectionPayload() { }

    public static CorrectionPayload Read(RequestKind kind, string json) =>
        kind switch
        {
            RequestKind.Reissue => Read<Reissue>(json),
            RequestKind.Cancellation => Read<Cancellation>(json),
            RequestKind.Refund => Read<Refund>(json),
            RequestKind.GoodwillCredit => Read<Goodwill>(json),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no correction."),
        };

    /// <summary>Whether a supplier has a part in it.</summary>
    public static bool AsksSupplier(CorrectionPayload payload) =>
        payload switch
        {
            Reissue => true,
            Cancellation cancellation => cancellation.Order.SupplierReference is not null,
            Refund refund => refund.CancelsFirst,
            _ => false,
        };

    private static T Read<T>(string json)
        where T : CorrectionPayload => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;

    /// <param name="Order">As it was: when it has changed since, nothing is executed.</param>
    /// <param name="RewardId">The same, or another of the same value.</param>
    /// <param name="ProductName">For people.</param>
    public sealed record Reissue(OrderStanding Order, Guid RewardId, Guid SupplierId, string ProductName, Money Value, bool CancelsFirst)
        : CorrectionPayload;

    /// <param name="Parts">What goes back, after the fee.</param>
    /// <param name="Fee">The supplier's, by its terms when it was asked for.</param>
    public sealed record Cancellation(OrderStanding Order, IReadOnlyList<RefundPart> Parts, Money Fee) : CorrectionPayload
    {
        /// <summary>All that goes back, in the order's currency.</summary>
        public Money Back(string currency) => new(Parts.Sum(p => p.MinorUnits), currency);
    }

    /// <param name="CancelsFirst">The voucher is still live and all of it goes back: the supplier cancels it first.</param>
    public sealed record Refund(OrderStanding Order, IReadOnlyList<RefundPart> Parts, bool CancelsFirst) : CorrectionPayload;

    public sealed record Goodwill(Guid FundId, Guid WalletId, Money Amount, string RecipientName) : CorrectionPayload;
}

/// <summary>All of an order that a correction rests on.</summary>
public sealed record OrderStanding(
    long OrderId,
    OrderStatus Status,
    Guid SupplierId,
    string? SupplierReference,
    string? VoucherLast4,
    IReadOnlyList<PaymentStanding> Payments
)
{
    public static OrderStanding Of(Order order, IEnumerable<OrderPayment> payments) =>
        new(
            order.Id,
            order.Status,
            order.SupplierId,
            order.SupplierReference,
            order.VoucherLast4,
            [.. payments.OrderBy(p => p.Line).Select(p => new PaymentStanding(p.Line, p.Captured, p.Refunded))]
        );

    // Records compare lists by reference: this compares what stands in them.
    public bool Equals(OrderStanding? other) =>
        other is not null
        && (OrderId, Status, SupplierId, SupplierReference, VoucherLast4)
            == (other.OrderId, other.Status, other.SupplierId, other.SupplierReference, other.VoucherLast4)
        && Payments.SequenceEqual(other.Payments);

    public override int GetHashCode() => HashCode.Combine(OrderId, Status, SupplierReference);
}

/// <summary>Minor units.</summary>
public sealed record PaymentStanding(int Line, long Captured, long Refunded);

/// <param name="ToAccountId">Of the ledger: the budget, the wallet, or the clearing of card refunds.</param>
public sealed record RefundPart(int Line, Tender Tender, long MinorUnits, Guid ToAccountId);
