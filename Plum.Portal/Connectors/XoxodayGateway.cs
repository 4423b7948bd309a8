using System.Globalization;
using System.Text.Json.Nodes;
using Plum.Data.Connectors;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Portal.Connectors;

/// <summary>The Xoxoday Plum API (developers.xoxoday.com). Its <c>poNumber</c> is our reference. It has no operation that cancels an order.</summary>
public sealed class XoxodayGateway(IHttpClientFactory http, XoxodayOptions options, TimeProvider clock, ILogger<XoxodayGateway> logger)
    : ISupplierGateway
{
    public const string GatewayName = "Xoxoday";
    private const int CataloguePage = 100;

    private static readonly SupplierFault NoCancellation = new(
        "xoxoday.no-cancellation",
        SupplierFaultClass.FixRequest,
        "Xoxoday takes no cancellations by its API. Ask its support, with the number of the order."
    );

    private readonly XoxodayCall _call = new(http, options, clock, logger);

    public string Name => GatewayName;

    public SupplierAbilities Abilities { get; } =
        new(Cancels: false, Resends: true, SendsWebhooks: options.WebhookKey is not null, MostOfOne: 10, PlacesAMinute: 100);

    public async Task<PlaceOutcome> PlaceAsync(PlaceOrder order, CancellationToken ct)
    {
        if (SupplierOrderRules.CannotPlace(order, Abilities) is { } cannot)
        {
            return new PlaceOutcome.Rejected(new SupplierFault(cannot.Code, SupplierFaultClass.FixRequest, cannot.Message));
        }

        if (ProductOf(order.ProductId) is not { } product)
        {
            return new PlaceOutcome.Rejected(
                new SupplierFault(
                    "xoxoday.product",
                    SupplierFaultClass.FixRequest,
                    $"The reward {order.ProductId} has no product number at Xoxoday. Set Connectors:Xoxoday:Products:{order.ProductId}."
                )
            );
        }

        var data = new JsonObject
        {
            ["productId"] = product,
            ["quantity"] = order.Quantity,
            ["denomination"] = order.Value.Major,
            ["poNumber"] = order.Reference,
            ["email"] = order.To.Email ?? "",
            ["contact"] = order.To.Phone ?? "",
            ["tag"] = "",
            ["notifyReceiverEmail"] = 0, // Plum delivers by itself
            ["notifyAdminEmail"] = 0,
        };
        return await _call.AskAsync("placeOrder", data, options.PlaceTimeout, order.Reference, ct) switch
        {
            XoxodayAnswer.Said said => XoxodayReading.Order(said.Data) is { } placed
                ? PlaceOutcome.Of(placed, order.Quantity)
                : new PlaceOutcome.Unknown("The answer holds no order that can be read."),
            XoxodayAnswer.Failed { IsCertain: true } failed => new PlaceOutcome.Rejected(failed.Fault),
            XoxodayAnswer.Failed failed => new PlaceOutcome.Unknown($"{failed.Fault.Code}: {failed.Fault.Words}"),
            XoxodayAnswer.Lost lost => new PlaceOutcome.Unknown(lost.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(order), other, message: null),
        };
    }

    public Task<FindOutcome> FindByReferenceAsync(string reference, CancellationToken ct) =>
        SupplierOrderRules.CannotBeKey("Reference", reference) is { } cannot
            ? Task.FromResult<FindOutcome>(
                new FindOutcome.Refused(new SupplierFault(cannot.Code, SupplierFaultClass.FixRequest, cannot.Message))
            )
            : FindAsync(new JsonObject { ["poNumber"] = reference, ["sendMailToReceiver"] = 0 }, reference, ct);

    public Task<FindOutcome> GetAsync(string supplierReference, CancellationToken ct) =>
        Number(supplierReference) is { } number
            ? FindAsync(new JsonObject { ["orderId"] = number, ["sendMailToReceiver"] = 0 }, supplierReference, ct)
            : Task.FromResult<FindOutcome>(new FindOutcome.Refused(NoNumber(supplierReference)));

    public Task<TermsOutcome> TermsAsync(string supplierReference, CancellationToken ct) =>
        Task.FromResult<TermsOutcome>(
            new TermsOutcome.Known(new CancellationTerms(NoCancellation.Words, UntilUtc: null, Refund: null, Fee: null))
        );

    public Task<CancelOutcome> CancelAsync(CancelSupplierOrder order, CancellationToken ct) =>
        Task.FromResult<CancelOutcome>(new CancelOutcome.Refused(NoCancellation));

    /// <summary>Its own message goes to the address that the order was placed with; it takes no other.</summary>
    public async Task<ResendOutcome> ResendAsync(ResendSupplierOrder order, CancellationToken ct)
    {
        if (Number(order.SupplierReference) is not { } number)
        {
            return new ResendOutcome.Refused(NoNumber(order.SupplierReference));
        }

        var data = new JsonObject { ["orderId"] = number, ["sendMailToReceiver"] = 1 };
        return await _call.AskAsync("getOrderDetails", data, options.Timeout, order.SupplierReference, ct) switch
        {
            XoxodayAnswer.Said => new ResendOutcome.Sent(),
            XoxodayAnswer.Failed { IsCertain: true } failed => new ResendOutcome.Refused(failed.Fault),
            XoxodayAnswer.Failed failed => new ResendOutcome.Unknown($"{failed.Fault.Code}: {failed.Fault.Words}"),
            XoxodayAnswer.Lost lost => new ResendOutcome.Unknown(lost.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(order), other, message: null),
        };
    }

    public async Task<BalanceOutcome> BalanceAsync(string currency, CancellationToken ct) =>
        await _call.AskAsync("getBalance", [], options.Timeout, currency, ct) switch
        {
            XoxodayAnswer.Said said when JsonFields.Text(said.Data, "currency") is { } theirs && theirs != currency =>
                new BalanceOutcome.Refused(
                    new SupplierFault(
                        "xoxoday.currency",
                        SupplierFaultClass.FixRequest,
                        $"The account is held in {SupplierFault.OneLine(theirs)}."
                    )
                ),
            XoxodayAnswer.Said said => XoxodayReading.MoneyOf(JsonFields.Amount(said.Data, "value"), JsonFields.Text(said.Data, "currency"))
                is { } balance
                ? new BalanceOutcome.Known(balance)
                : new BalanceOutcome.Unknown("The answer holds no balance that can be read."),
            XoxodayAnswer.Failed failed => new BalanceOutcome.Refused(failed.Fault),
            XoxodayAnswer.Lost lost => new BalanceOutcome.Unknown(lost.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(currency), other, message: null),
        };

    public async Task<CatalogueOutcome> CatalogueAsync(string? cursor, CancellationToken ct)
    {
        var page = Number(cursor ?? "1") ?? 1;
        var data = new JsonObject { ["limit"] = CataloguePage, ["page"] = page };
        switch (await _call.AskAsync("getVouchers", data, options.Timeout, $"page {page}", ct))
        {
            case XoxodayAnswer.Said { Data.ValueKind: System.Text.Json.JsonValueKind.Array } said:
                var products = said.Data.EnumerateArray().Select(XoxodayReading.Product).ToList();
                var lost = said.Data.EnumerateArray().Where((_, at) => products[at] is null);
                return new CatalogueOutcome.Listed(
                    [.. products.OfType<SupplierProduct>()],
                    products.Count < CataloguePage ? null : (page + 1).ToString(CultureInfo.InvariantCulture),
                    products.Count(p => p is null),
                    [.. lost.Select(XoxodayReading.Unreadable)]
                );
            case XoxodayAnswer.Failed failed:
                return new CatalogueOutcome.Refused(failed.Fault);
            case XoxodayAnswer.Lost none:
                return new CatalogueOutcome.Unknown(none.Reason);
            default:
                return new CatalogueOutcome.Unknown("The answer holds no list of products.");
        }
    }

    public WebhookOutcome ParseWebhook(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body) =>
        options.WebhookKey is { } key ? WebhookReading.Read(headers, body, key) : new WebhookOutcome.BadlySigned();

    private async Task<FindOutcome> FindAsync(JsonObject data, string about, CancellationToken ct) =>
        await _call.AskAsync("getOrderDetails", data, options.Timeout, about, ct) switch
        {
            XoxodayAnswer.Said said => XoxodayReading.Order(said.Data) is { } order
                ? new FindOutcome.Found(order)
                : new FindOutcome.Unknown("The answer holds no order that can be read."),
            XoxodayAnswer.Failed failed when XoxodayCodes.SaysNoOrder(failed.Fault.Code) => new FindOutcome.None(),
            XoxodayAnswer.Failed failed => new FindOutcome.Refused(failed.Fault),
            XoxodayAnswer.Lost lost => new FindOutcome.Unknown(lost.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(about), other, message: null),
        };

    /// <summary>Of Xoxoday's own number, or of a reward that configuration gives one to.</summary>
    private long? ProductOf(string productId) =>
        Number(productId)
        ?? (Guid.TryParse(productId, out var reward) && options.Products.TryGetValue(reward, out var number) ? number : null);

    private static SupplierFault NoNumber(string text) =>
        new("xoxoday.order", SupplierFaultClass.FixRequest, $"'{SupplierFault.OneLine(text)}' is no order number of Xoxoday's.");

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
