using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Orders;

public enum OrderSort
{
    Placed,
    Reference,
    Value,
    Status,
}

/// <param name="PlacedFromUtc">Inclusive.</param>
/// <param name="PlacedUntilUtc">Exclusive.</param>
/// <param name="Text">A reference, a voucher's last four, a recipient's e-mail, phone, employee number or name, or the supplier's reference.</param>
public sealed record OrderFilter(
    string? Text = null,
    Guid? ClientId = null,
    Guid? ProgrammeId = null,
    long? RecipientId = null,
    OrderStatus? Status = null,
    Guid? BrandId = null,
    Guid? SupplierId = null,
    Tender? PaidWith = null,
    DateTime? PlacedFromUtc = null,
    DateTime? PlacedUntilUtc = null
);

public sealed record OrderListQuery(
    OrderFilter Filter,
    int Skip = 0,
    int Take = 50,
    OrderSort Sort = OrderSort.Placed,
    bool Descending = true
);

public sealed record OrderRow(
    long Id,
    string ClientCode,
    string Programme,
    long RecipientId,
    string Recipient,
    string Brand,
    string Reward,
    string Supplier,
    Money Value,
    Tender PaidWith,
    OrderStatus Status,
    DateTime PlacedAtUtc,
    string? VoucherLast4
)
{
    public string Reference => OrderReference.Of(Id);
}

public sealed record OrderView(
    long Id,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    Guid ProgrammeId,
    string Programme,
    long RecipientId,
    string Recipient,
    string? RecipientEmail,
    string? RecipientPhone,
    Guid BrandId,
    string Brand,
    Guid RewardId,
    string Reward,
    string RewardCountry,
    Guid SupplierId,
    string Supplier,
    Money Value,
    Tender PaidWith,
    OrderStatus Status,
    string? SupplierReference,
    bool HasVoucher,
    string? VoucherLast4,
    DateTime PlacedAtUtc,
    DateTime? IssuedAtUtc,
    DateTime? ExpiresAtUtc
)
{
    public string Reference => OrderReference.Of(Id);
    public IReadOnlyList<OrderLine> History { get; init; } = [];
    public IReadOnlyList<RelatedTicket> Tickets { get; init; } = [];
}

/// <summary>One line of an order's history.</summary>
public sealed record OrderLine(DateTime AtUtc, OrderStatus Status, string What, string? Note, string Who);

/// <summary>A ticket of an order or of a recipient, newest first.</summary>
public sealed record RelatedTicket(
    long Id,
    string Subject,
    string Category,
    string Disposition,
    Stage Stage,
    Severity Severity,
    DateTime CreatedAtUtc,
    long? OrderId
)
{
    public string Reference => TicketReference.Of(Id);
}

/// <summary>An order as a form offers it.</summary>
public sealed record OrderChoice(
    long Id,
    Guid ClientId,
    string ClientCode,
    Guid ProgrammeId,
    long RecipientId,
    string Recipient,
    string Brand,
    string Reward,
    Money Value,
    OrderStatus Status,
    DateTime PlacedAtUtc
)
{
    public string Reference => OrderReference.Of(Id);
}

/// <param name="Reason">Why the code must be read; kept in the audit and in the order's history.</param>
public sealed record RevealVoucher(long OrderId, string Reason);

/// <param name="Voucher">Null unless the outcome is done.</param>
public sealed record Revealed(Outcome Outcome, VoucherSecret? Voucher = null);
