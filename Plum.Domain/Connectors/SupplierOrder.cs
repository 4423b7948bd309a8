using Plum.Domain.Catalogue;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Domain.Connectors;

/// <summary>An order as the supplier's books have it. What the order, the delivery, the voucher and the money are at are four things.</summary>
/// <param name="Reference">Ours; null where the supplier did not repeat it.</param>
/// <param name="Quantity">How many were ordered; null where the supplier does not say.</param>
/// <param name="Charged">What the supplier took for the whole of it.</param>
/// <param name="Vouchers">What there is to hand over so far; empty for what has no code, and where the supplier shows codes once only.</param>
public sealed record SupplierOrder(
    string? Reference,
    string SupplierReference,
    int? Quantity,
    Money? Charged,
    Stated<SupplierOrderState> Order,
    Stated<SupplierDeliveryState> Delivery,
    Stated<SupplierVoucherState> Voucher,
    Stated<SupplierMoneyState> Money,
    IReadOnlyList<SupplierVoucher> Vouchers
);

/// <summary>What a supplier's word means to Plum, and the word itself. Null where the supplier said none and the meaning follows from the rest.</summary>
public readonly record struct Stated<T>(T Meaning, string? Raw = null)
    where T : struct, Enum;

public enum SupplierOrderState
{
    /// <summary>A word that nobody knows: a person looks.</summary>
    Unknown = 1,
    Processing = 2,
    Complete = 3,
    Cancelled = 4,
    Failed = 5,
}

public enum SupplierDeliveryState
{
    Unknown = 1,
    Pending = 2,
    Delivered = 3,
    Failed = 4,
    Cancelled = 5,
}

public enum SupplierVoucherState
{
    Unknown = 1,
    None = 2,
    Live = 3,
    Redeemed = 4,
    Expired = 5,
    Cancelled = 6,
}

public enum SupplierMoneyState
{
    Unknown = 1,
    None = 2,
    Charged = 3,
    Refunded = 4,

    /// <summary>The order is gone and the money did not come back: a person claims it.</summary>
    RefundFailed = 5,
}

public enum SupplierVoucherKind
{
    Code = 1,
    CodeAndPin = 2,
    Url = 3,
    UrlAndPin = 4,
}

/// <summary>A voucher in the clear, on its way into the vault. Its text is masked, so that no log or message can hold it by mistake.</summary>
public sealed class SupplierVoucher(string code, string? pin, SupplierVoucherKind kind, Money? value, DateTime? validUntilUtc)
{
    public string Code { get; } = code;
    public string? Pin { get; } = pin;
    public SupplierVoucherKind Kind { get; } = kind;
    public Money? Value { get; } = value;
    public DateTime? ValidUntilUtc { get; } = validUntilUtc;

    public override string ToString() => VoucherMask.Of(VoucherMask.Last4(Code));
}

/// <summary>A product as the supplier sells it; amounts in minor units.</summary>
/// <param name="Denominations">Ascending; empty when the value is open between <paramref name="MinValue"/> and <paramref name="MaxValue"/>.</param>
/// <param name="MostOfOne">The highest quantity of one order; null where it is the supplier's usual.</param>
/// <param name="Supplier">The code of the supplier who sells it, where one gateway serves several; null where it serves one.</param>
public sealed record SupplierProduct(
    string ProductId,
    string Name,
    string Brand,
    string Country,
    string Currency,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue,
    bool IsDelayed,
    bool NeedsPhone,
    int? MostOfOne,
    RewardKind Kind = RewardKind.GiftCard,
    int DeliveryMinutes = 0,
    string? Supplier = null
);

/// <param name="WhyNot">In the supplier's words; null when it may be cancelled.</param>
/// <param name="UntilUtc">Up to when, not including it; null without limit.</param>
/// <param name="Refund">What would come back, after the fee.</param>
public sealed record CancellationTerms(string? WhyNot, DateTime? UntilUtc, Money? Refund, Money? Fee)
{
    public bool MayCancel => WhyNot is null;
}
