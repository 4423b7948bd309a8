using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Domain.Connectors;

/// <summary>
/// A supplier's ordering system. One call, one try: what is repeated, and when, is the caller's. No call throws for what the other side may answer or
/// a network may do; a bug still throws, and so does the caller's own token: whoever must know what became of a call passes none.
/// </summary>
/// <remarks>
/// An answer that is <c>Unknown</c> may have had its effect: look it up by the reference first, and repeat only under the same reference. A
/// <see cref="SupplierFaultClass.Unknown"/> fault goes to a person.
/// </remarks>
public interface ISupplierGateway
{
    /// <summary>As configuration names it: <c>Sandbox</c>, <c>Xoxoday</c>.</summary>
    string Name { get; }

    SupplierAbilities Abilities { get; }

    /// <summary>Places one order. The same reference with the same order answers the order that stands; with another order it is rejected.</summary>
    Task<PlaceOutcome> PlaceAsync(PlaceOrder order, CancellationToken ct);

    /// <param name="reference">Ours.</param>
    Task<FindOutcome> FindByReferenceAsync(string reference, CancellationToken ct);

    Task<FindOutcome> GetAsync(string supplierReference, CancellationToken ct);

    /// <summary>Whether the order could be cancelled at this moment, and at what cost. Promises nothing: the answer of <see cref="CancelAsync"/> counts.</summary>
    Task<TermsOutcome> TermsAsync(string supplierReference, CancellationToken ct);

    /// <summary>Cancels an order and its vouchers. The same key on the same order answers what the first call did.</summary>
    Task<CancelOutcome> CancelAsync(CancelSupplierOrder order, CancellationToken ct);

    /// <summary>Has the supplier send its message again, to the recipient of the order and to nobody else.</summary>
    Task<ResendOutcome> ResendAsync(ResendSupplierOrder order, CancellationToken ct);

    Task<BalanceOutcome> BalanceAsync(string currency, CancellationToken ct);

    /// <param name="cursor">Null for the first page, then what the page before gave.</param>
    Task<CatalogueOutcome> CatalogueAsync(string? cursor, CancellationToken ct);

    /// <param name="headers">Names in any case.</param>
    /// <param name="body">As it came, not yet trusted.</param>
    WebhookOutcome ParseWebhook(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body);
}

/// <summary>What a supplier's system can do at all, beside taking orders and looking them up.</summary>
/// <param name="MostOfOne">The highest quantity of one order.</param>
/// <param name="PlacesAMinute">How many orders it takes in a minute; null without limit.</param>
public sealed record SupplierAbilities(bool Cancels, bool Resends, bool SendsWebhooks, int MostOfOne, int? PlacesAMinute = null);

/// <param name="Reference">Ours, and the idempotency key: from our own row, stored before the call.</param>
/// <param name="Supplier">The code of the supplier who is to fulfil it; one gateway may serve several.</param>
/// <param name="ProductId">What the supplier calls the reward, or the reward's own key, which the gateway knows by its configuration.</param>
/// <param name="Value">Of one piece.</param>
/// <param name="To">Whom it is for. Plum delivers by itself: the supplier is asked to send nothing.</param>
public sealed record PlaceOrder(string Reference, string Supplier, string ProductId, Money Value, int Quantity, SupplierContact To);

/// <param name="Phone">E.164.</param>
public sealed record SupplierContact(string? Name, string? Email, string? Phone)
{
    public override string ToString() => $"{Mask.Name(Name)} {Mask.Email(Email)} {Mask.Phone(Phone)}".Trim();
}

/// <param name="Key">Ours: the idempotency key of the cancellation, not the reference of the order.</param>
/// <param name="Reason">Told to the supplier where it takes one.</param>
public sealed record CancelSupplierOrder(string Key, string SupplierReference, string Reason);

/// <param name="Key">Ours: the idempotency key of this one sending.</param>
/// <param name="To">Must be the order's recipient.</param>
public sealed record ResendSupplierOrder(string Key, string SupplierReference, SupplierContact To);

/// <summary>What is checked before anything is asked of a supplier.</summary>
public static class SupplierOrderRules
{
    public const int KeyMaxLength = 100;

    /// <summary>Ours and theirs alike: one line of visible characters, so that it survives headers, forms and files.</summary>
    public static Refusal? CannotBeKey(string field, string? key) =>
        Refusals.ForText(field, key, KeyMaxLength)
        ?? (
            key!.All(c => c is > ' ' and < '\u007f')
                ? null
                : new Refusal("connector.key", $"{field} may hold letters, digits and marks only, without blanks.", field)
        );

    public static Refusal? CannotPlace(PlaceOrder order, SupplierAbilities abilities) =>
        CannotBeKey("Reference", order.Reference)
        ?? CannotBeKey("ProductId", order.ProductId)
        ?? SupplierRefusals.ForCode(order.Supplier)
        ?? (
            Currencies.Exists(order.Value.Currency)
                ? null
                : new Refusal("connector.currency", $"'{order.Value.Currency}' is not a currency that Plum knows.", "Value")
        )
        ?? (order.Value.MinorUnits > 0 ? null : new Refusal("connector.value", "The value is above zero.", "Value"))
        ?? (
            order.Quantity >= 1 && order.Quantity <= abilities.MostOfOne
                ? null
                : new Refusal("connector.quantity", $"One order is of 1 to {abilities.MostOfOne} pieces.", "Quantity")
        )
        ?? (
            order.Value.MinorUnits <= long.MaxValue / order.Quantity
                ? null
                : new Refusal("connector.total", "The order's total is beyond what can be counted.", "Value")
        );
}
