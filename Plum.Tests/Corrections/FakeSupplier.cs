using System.Collections.Concurrent;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Tests.Corrections;

/// <summary>A supplier with books of its own, that honours keys, and that can be told to lose an answer or to say no.</summary>
public sealed class FakeSupplier : ISupplierGateway
{
    private readonly ConcurrentDictionary<string, SupplierOrder> _placed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _cancelled = new(StringComparer.Ordinal);

    public string Name => SupplierGateways.Sandbox;

    public SupplierAbilities Abilities { get; set; } = new(Cancels: true, Resends: true, SendsWebhooks: false, MostOfOne: 10);

    /// <summary>How many calls really reached it, by what they asked for.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public IReadOnlyCollection<string> Placed => [.. _placed.Keys];
    public IReadOnlyCollection<string> Cancelled => [.. _cancelled.Keys];

    /// <summary>What the next call answers instead; it has its effect all the same when that is said to be unknown.</summary>
    public ConcurrentQueue<SupplierFault?> Next { get; } = [];
    public CancellationTerms Terms { get; set; } = new(null, null, null, null);

    /// <summary>What it keeps of an order that it cancels, whatever its terms said.</summary>
    public Money Kept { get; set; } = new(0, "GBP");

    /// <summary>What it answers to every order while this is set.</summary>
    public SupplierFault? SellsNothing { get; set; }

    public Task<PlaceOutcome> PlaceAsync(PlaceOrder order, CancellationToken ct)
    {
        Calls.Enqueue($"place {order.Reference}");
        if (SellsNothing is { } no)
        {
            return Task.FromResult<PlaceOutcome>(new PlaceOutcome.Rejected(no));
        }

        var told = Next.TryDequeue(out var fault);
        if (told && fault is not null)
        {
            return Task.FromResult<PlaceOutcome>(new PlaceOutcome.Rejected(fault));
        }

        var taken = _placed.GetOrAdd(
            order.Reference,
            key => new SupplierOrder(
                key,
                $"S-{key}",
                1,
                order.Value,
                new(SupplierOrderState.Complete, "COMPLETE"),
                new(SupplierDeliveryState.Delivered),
                new(SupplierVoucherState.Live),
                new(SupplierMoneyState.Charged),
                [new SupplierVoucher($"NEW-{key}-4242", "1234", SupplierVoucherKind.CodeAndPin, order.Value, null)]
            )
        );
        return Task.FromResult<PlaceOutcome>(
            told ? new PlaceOutcome.Unknown("No answer within 120 s.") : new PlaceOutcome.Fulfilled(taken)
        );
    }

    public Task<FindOutcome> FindByReferenceAsync(string reference, CancellationToken ct)
    {
        Calls.Enqueue($"find {reference}");
        return Task.FromResult<FindOutcome>(
            _placed.TryGetValue(reference, out var order) ? new FindOutcome.Found(order) : new FindOutcome.None()
        );
    }

    public Task<FindOutcome> GetAsync(string supplierReference, CancellationToken ct)
    {
        Calls.Enqueue($"get {supplierReference}");
        var state = _cancelled.ContainsKey(supplierReference) ? SupplierOrderState.Cancelled : SupplierOrderState.Complete;
        return Task.FromResult<FindOutcome>(
            new FindOutcome.Found(
                new SupplierOrder(
                    null,
                    supplierReference,
                    1,
                    null,
                    new(state, state.ToString()),
                    new(SupplierDeliveryState.Delivered),
                    new(SupplierVoucherState.Live),
                    new(SupplierMoneyState.Charged),
                    []
                )
            )
        );
    }

    public Task<TermsOutcome> TermsAsync(string supplierReference, CancellationToken ct) =>
        Task.FromResult<TermsOutcome>(new TermsOutcome.Known(Terms));

    public Task<CancelOutcome> CancelAsync(CancelSupplierOrder order, CancellationToken ct)
    {
        Calls.Enqueue($"cancel {order.SupplierReference}");
        var told = Next.TryDequeue(out var fault);
        if (told && fault is not null)
        {
            return Task.FromResult<CancelOutcome>(new CancelOutcome.Refused(fault));
        }

        Assert.Equal(order.Key, _cancelled.GetOrAdd(order.SupplierReference, order.Key)); // nobody cancels what another has cancelled
        return Task.FromResult<CancelOutcome>(
            told ? new CancelOutcome.Unknown("No answer within 120 s.") : new CancelOutcome.Cancelled(new Money(0, "GBP"), Kept)
        );
    }

    public Task<ResendOutcome> ResendAsync(ResendSupplierOrder order, CancellationToken ct) =>
        throw new NotSupportedException("No correction asks for it.");

    public Task<BalanceOutcome> BalanceAsync(string currency, CancellationToken ct) =>
        throw new NotSupportedException("No correction asks for it.");

    /// <summary>Its products by cursor.</summary>
    public Func<string?, CatalogueOutcome> Catalogue { get; set; } = _ => throw new NotSupportedException("No test asks for it.");

    public Task<CatalogueOutcome> CatalogueAsync(string? cursor, CancellationToken ct) => Task.FromResult(Catalogue(cursor));

    public WebhookOutcome ParseWebhook(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body) =>
        throw new NotSupportedException("No correction asks for it.");
}
