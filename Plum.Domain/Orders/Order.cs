using Plum.Domain.Shared;

namespace Plum.Domain.Orders;

/// <summary>One reward for one recipient.</summary>
public sealed partial class Order : IVersioned
{
    public const int SupplierReferenceMaxLength = 100;
    public const int VoucherLast4Length = 4;

    private Order() { } // EF Core

    /// <summary>Allocated before the insert; people see it as <see cref="OrderReference"/>.</summary>
    public long Id { get; private init; }
    public Guid ClientId { get; private init; }
    public Guid ProgrammeId { get; private init; }
    public long RecipientId { get; private init; }
    public Guid RewardId { get; private init; }

    // Copied from the reward when ordered: a reward may change its supplier later.
    public Guid BrandId { get; private init; }
    public Guid SupplierId { get; private init; }
    public Money Value { get; private init; }
    public Tender PaidWith { get; private init; }
    public OrderStatus Status { get; private set; }
    public string? SupplierReference { get; private set; }

    /// <summary>Voucher code and PIN, encrypted at rest; null until the supplier answered.</summary>
    public string? VoucherSealed { get; private set; }

    /// <summary>The last four characters of the voucher code: all that is shown and searched.</summary>
    public string? VoucherLast4 { get; private set; }
    public DateTime PlacedAtUtc { get; private init; }
    public DateTime? IssuedAtUtc { get; private set; }
    public DateTime? ExpiresAtUtc { get; private set; }
    public int Version { get; private set; }

    public static Order Place(
        long id,
        Guid clientId,
        Guid programmeId,
        long recipientId,
        Guid rewardId,
        Guid brandId,
        Guid supplierId,
        Money value,
        Tender paidWith,
        DateTime placedAtUtc
    ) =>
        new()
        {
            Id = id,
            ClientId = clientId,
            ProgrammeId = programmeId,
            RecipientId = recipientId,
            RewardId = rewardId,
            BrandId = brandId,
            SupplierId = supplierId,
            Value = value,
            PaidWith = paidWith,
            Status = OrderStatus.Placed,
            PlacedAtUtc = placedAtUtc,
        };

    public void Issue(string supplierReference, string? voucherSealed, string? voucherLast4, DateTime issuedAtUtc, DateTime? expiresAtUtc)
    {
        (SupplierReference, VoucherSealed, VoucherLast4) = (supplierReference, voucherSealed, voucherLast4);
        (IssuedAtUtc, ExpiresAtUtc, Status) = (issuedAtUtc, expiresAtUtc, OrderStatus.Issued);
    }
}

/// <summary>How an order was paid.</summary>
public enum Tender
{
    ProgrammeBudget = 1,
    Points = 2,
    Card = 3,
}

public enum OrderStatus
{
    Placed = 1,
    Issued = 2,
    Delivered = 3,
    DeliveryFailed = 4,
    Redeemed = 5,
    Cancelled = 6,
    Refunded = 7,
    Rejected = 8,
    Expired = 9,
}

/// <summary>How people name an order: <c>GFT-10293</c>.</summary>
public static class OrderReference
{
    public const string Prefix = "GFT-";

    public static string Of(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{id}");

    public static long? Parse(string? text) => Reference.Parse(Prefix, text);
}
