using System.Security.Cryptography;
using System.Text.Json;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Data.Connectors;

/// <summary>The embedded supplier that serves everybody for whom no other is configured. Nothing leaves the machine.</summary>
public sealed class SandboxGateway(SandboxBooks books) : ISupplierGateway
{
    private const int CataloguePage = 500;

    /// <summary>Of its webhooks, which never leave the process.</summary>
    private readonly string _key = RandomNumberGenerator.GetHexString(32);

    public string Name => SupplierGateways.Sandbox;

    public SupplierAbilities Abilities { get; } = new(Cancels: true, Resends: true, SendsWebhooks: true, SandboxBooks.MostOfOne);

    public async Task<PlaceOutcome> PlaceAsync(PlaceOrder order, CancellationToken ct) =>
        SupplierOrderRules.CannotPlace(order, Abilities) is { } cannot
            ? new PlaceOutcome.Rejected(FaultOf(cannot))
            : await books.PlaceAsync(order, ct);

    public async Task<FindOutcome> FindByReferenceAsync(string reference, CancellationToken ct) =>
        SupplierOrderRules.CannotBeKey("Reference", reference) is { } cannot
            ? new FindOutcome.Refused(FaultOf(cannot))
            : await books.FindAsync(reference, ours: true, ct);

    public async Task<FindOutcome> GetAsync(string supplierReference, CancellationToken ct) =>
        SupplierOrderRules.CannotBeKey("SupplierReference", supplierReference) is { } cannot
            ? new FindOutcome.Refused(FaultOf(cannot))
            : await books.FindAsync(supplierReference, ours: false, ct);

    public Task<TermsOutcome> TermsAsync(string supplierReference, CancellationToken ct) => books.TermsAsync(supplierReference, ct);

    public async Task<CancelOutcome> CancelAsync(CancelSupplierOrder order, CancellationToken ct) =>
        SupplierOrderRules.CannotBeKey("Key", order.Key) is { } cannot
            ? new CancelOutcome.Refused(FaultOf(cannot))
            : await books.CancelAsync(order, ct);

    public async Task<ResendOutcome> ResendAsync(ResendSupplierOrder order, CancellationToken ct) =>
        SupplierOrderRules.CannotBeKey("Key", order.Key) is { } cannot
            ? new ResendOutcome.Refused(FaultOf(cannot))
            : await books.ResendAsync(order, ct);

    public async Task<BalanceOutcome> BalanceAsync(string currency, CancellationToken ct) =>
        Currencies.Exists(currency)
            ? new BalanceOutcome.Known(await books.BalanceAsync(currency, ct))
            : new BalanceOutcome.Refused(
                new SupplierFault(
                    "sandbox.no-account",
                    SupplierFaultClass.FixRequest,
                    $"There is no account in '{SupplierFault.OneLine(currency)}'."
                )
            );

    public async Task<CatalogueOutcome> CatalogueAsync(string? cursor, CancellationToken ct)
    {
        var (products, next) = await books.CatalogueAsync(Guid.TryParse(cursor, out var after) ? after : null, CataloguePage, ct);
        return new CatalogueOutcome.Listed(products, next?.ToString());
    }

    public WebhookOutcome ParseWebhook(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body) =>
        WebhookReading.Read(headers, body, _key);

    /// <summary>A webhook as it would come from outside.</summary>
    /// <param name="badlySigned">With a key that is not the sandbox's.</param>
    public (IReadOnlyDictionary<string, string> Headers, byte[] Body) Webhook(SupplierNotice notice, DateTime nowUtc, bool badlySigned) =>
        (
            new Dictionary<string, string> { [WebhookReading.KeyHeader] = badlySigned ? RandomNumberGenerator.GetHexString(32) : _key },
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    id = notice.Id,
                    data = new
                    {
                        orderId = notice.SupplierReference,
                        poNumber = notice.Reference,
                        orderDate = nowUtc,
                        deliveryStatus = notice.RawStatus,
                    },
                    createdAt = nowUtc,
                }
            )
        );

    private static SupplierFault FaultOf(Refusal why) => new(why.Code, SupplierFaultClass.FixRequest, why.Message);
}
