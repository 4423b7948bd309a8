using Plum.Domain.Shared;

namespace Plum.Domain.Connectors;

/// <summary>What became of placing an order.</summary>
public abstract record PlaceOutcome
{
    private PlaceOutcome() { }

    /// <summary>All of it is there.</summary>
    public sealed record Fulfilled(SupplierOrder Order) : PlaceOutcome;

    /// <summary>Taken, and to come: read it again later.</summary>
    public sealed record Accepted(SupplierOrder Order) : PlaceOutcome;

    /// <param name="Pieces">How many of those ordered are there.</param>
    public sealed record Partial(SupplierOrder Order, int Pieces) : PlaceOutcome;

    /// <summary>There is certainly no order that will be fulfilled under this reference.</summary>
    public sealed record Rejected(SupplierFault Fault) : PlaceOutcome;

    /// <summary>It may have been taken: look it up by its reference before anything else.</summary>
    public sealed record Unknown(string Reason) : PlaceOutcome;

    /// <summary>What an order that stands in the supplier's books means for whoever placed it.</summary>
    /// <param name="quantity">How many were asked for, where the order itself does not say.</param>
    public static PlaceOutcome Of(SupplierOrder order, int? quantity = null)
    {
        var wanted = order.Quantity ?? quantity ?? 1;
        return (order.Order.Meaning, order.Delivery.Meaning) switch
        {
            (SupplierOrderState.Cancelled or SupplierOrderState.Failed, _) => Ended(order.Order.Raw, order.Order.Meaning),
            (_, SupplierDeliveryState.Cancelled) => Ended(order.Delivery.Raw, SupplierOrderState.Cancelled),
            (SupplierOrderState.Unknown, _) => new Unknown($"The supplier calls the order '{order.Order.Raw}', which nobody knows."),
            _ when order.Vouchers.Count >= wanted => new Fulfilled(order),
            _ when order.Vouchers.Count > 0 => new Partial(order, order.Vouchers.Count),
            (_, SupplierDeliveryState.Unknown) => new Unknown(
                $"The supplier calls the delivery '{order.Delivery.Raw}', which nobody knows."
            ),
            (_, SupplierDeliveryState.Failed) => new Unknown(
                $"The supplier has the order, and its delivery failed: '{order.Delivery.Raw}'."
            ),
            (SupplierOrderState.Complete, SupplierDeliveryState.Delivered) => new Fulfilled(order),
            _ => new Accepted(order),
        };

        static Rejected Ended(string? raw, SupplierOrderState state) =>
            new(
                new SupplierFault(
                    raw ?? state.ToString(),
                    SupplierFaultClass.Unknown,
                    $"The supplier has the order as '{raw ?? state.ToString()}'."
                )
            );
    }
}

/// <summary>What became of looking an order up.</summary>
public abstract record FindOutcome
{
    private FindOutcome() { }

    public sealed record Found(SupplierOrder Order) : FindOutcome;

    /// <summary>The supplier says that it has no such order.</summary>
    public sealed record None : FindOutcome;

    /// <summary>It was not looked up; it says nothing about the order.</summary>
    public sealed record Refused(SupplierFault Fault) : FindOutcome;

    /// <summary>No answer, or none that can be read; it says nothing about the order.</summary>
    public sealed record Unknown(string Reason) : FindOutcome;
}

public abstract record TermsOutcome
{
    private TermsOutcome() { }

    public sealed record Known(CancellationTerms Terms) : TermsOutcome;

    public sealed record None : TermsOutcome;

    public sealed record Refused(SupplierFault Fault) : TermsOutcome;

    public sealed record Unknown(string Reason) : TermsOutcome;
}

/// <summary>What became of a cancellation.</summary>
public abstract record CancelOutcome
{
    private CancelOutcome() { }

    /// <param name="Refund">What came back to our account there, after the fee.</param>
    public sealed record Cancelled(Money Refund, Money Fee) : CancelOutcome;

    /// <summary>The order is gone, and its money did not come back: a person claims it.</summary>
    public sealed record Unrefunded(SupplierFault Fault) : CancelOutcome;

    /// <summary>The order stands as it stood.</summary>
    public sealed record Refused(SupplierFault Fault) : CancelOutcome;

    /// <summary>It may be cancelled: look it up, or ask again under the same key.</summary>
    public sealed record Unknown(string Reason) : CancelOutcome;
}

public abstract record ResendOutcome
{
    private ResendOutcome() { }

    public sealed record Sent : ResendOutcome;

    public sealed record Refused(SupplierFault Fault) : ResendOutcome;

    /// <summary>It may have been sent.</summary>
    public sealed record Unknown(string Reason) : ResendOutcome;
}

public abstract record BalanceOutcome
{
    private BalanceOutcome() { }

    public sealed record Known(Money Balance) : BalanceOutcome;

    public sealed record Refused(SupplierFault Fault) : BalanceOutcome;

    public sealed record Unknown(string Reason) : BalanceOutcome;
}

public abstract record CatalogueOutcome
{
    private CatalogueOutcome() { }

    /// <param name="Next">The cursor of the next page; null after the last.</param>
    /// <param name="Unreadable">How many products of this page could not be read and are left out.</param>
    /// <param name="Which">Of those, what is known of each, in the same number.</param>
    public sealed record Listed(
        IReadOnlyList<SupplierProduct> Products,
        string? Next,
        int Unreadable = 0,
        IReadOnlyList<string>? Which = null
    ) : CatalogueOutcome;

    public sealed record Refused(SupplierFault Fault) : CatalogueOutcome;

    public sealed record Unknown(string Reason) : CatalogueOutcome;
}

/// <summary>What a webhook turned out to be.</summary>
public abstract record WebhookOutcome
{
    private WebhookOutcome() { }

    public sealed record Noticed(SupplierNotice Notice) : WebhookOutcome;

    /// <summary>It is not from the supplier, or cannot be proved to be.</summary>
    public sealed record BadlySigned : WebhookOutcome;

    public sealed record Malformed(string Reason) : WebhookOutcome;
}

/// <summary>A supplier says that something became of an order. A hint and no more: the order is read again before anything is believed.</summary>
/// <param name="Id">The supplier's; a second one of the same is the same.</param>
/// <param name="RawStatus">As the supplier wrote it.</param>
public sealed record SupplierNotice(string Id, string? Reference, string? SupplierReference, string? RawStatus);
