using System.Net;
using System.Net.Sockets;
using System.Text;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Tests.Corrections;

/// <summary>
/// Asks the <see cref="SupplierBooks"/> of another process, on the thread that asks: a process that was forked has no other. Connects when it first
/// asks.
/// </summary>
internal sealed class DistantSupplier(int port) : ISupplierGateway, IDisposable
{
    private TcpClient? _client;
    private StreamReader? _reader;

    public string Name => SupplierGateways.Sandbox;

    public SupplierAbilities Abilities { get; } = new(Cancels: true, Resends: true, SendsWebhooks: false, MostOfOne: 10);

    public Task<PlaceOutcome> PlaceAsync(PlaceOrder order, CancellationToken ct) => Task.FromResult(Place(order));

    public Task<FindOutcome> FindByReferenceAsync(string reference, CancellationToken ct) => Task.FromResult(Find(reference));

    public Task<FindOutcome> GetAsync(string supplierReference, CancellationToken ct) => Task.FromResult(Get(supplierReference));

    public Task<CancelOutcome> CancelAsync(CancelSupplierOrder order, CancellationToken ct) => Task.FromResult(Cancel(order));

    private PlaceOutcome Place(PlaceOrder order) =>
        Ask($"place\t{order.Reference}") switch
        {
            ["placed", var code] => new PlaceOutcome.Fulfilled(Order(order.Reference, SupplierBooks.ReferenceOf(order.Reference), code)),
            ["refused", var words] => new PlaceOutcome.Rejected(new SupplierFault("10024", SupplierFaultClass.Stock, words)),
            ["later", var words] => new PlaceOutcome.Rejected(Later(words)),
            ["unknown", var words] => new PlaceOutcome.Unknown(words),
            var other => throw new InvalidOperationException(string.Join(' ', other)),
        };

    private FindOutcome Find(string reference) =>
        Ask($"find\t{reference}") is ["placed", var code]
            ? new FindOutcome.Found(Order(reference, SupplierBooks.ReferenceOf(reference), code))
            : new FindOutcome.None();

    private FindOutcome Get(string supplierReference) =>
        new FindOutcome.Found(
            Order(
                null,
                supplierReference,
                code: null,
                Ask($"get\t{supplierReference}") is ["cancelled"] ? SupplierOrderState.Cancelled : SupplierOrderState.Complete
            )
        );

    public Task<TermsOutcome> TermsAsync(string supplierReference, CancellationToken ct) =>
        Task.FromResult<TermsOutcome>(new TermsOutcome.Known(new CancellationTerms(null, null, null, null)));

    private CancelOutcome Cancel(CancelSupplierOrder order) =>
        Ask($"cancel\t{order.SupplierReference}\t{order.Key}") switch
        {
            ["cancelled"] => new CancelOutcome.Cancelled(new Money(0, "GBP"), new Money(0, "GBP")),
            ["refused", var words] => new CancelOutcome.Refused(new SupplierFault("10012", SupplierFaultClass.FixRequest, words)),
            ["later", var words] => new CancelOutcome.Refused(Later(words)),
            ["unknown", var words] => new CancelOutcome.Unknown(words),
            var other => throw new InvalidOperationException(string.Join(' ', other)),
        };

    public Task<ResendOutcome> ResendAsync(ResendSupplierOrder order, CancellationToken ct) =>
        throw new NotSupportedException("No correction asks for it.");

    public Task<BalanceOutcome> BalanceAsync(string currency, CancellationToken ct) =>
        throw new NotSupportedException("No correction asks for it.");

    public Task<CatalogueOutcome> CatalogueAsync(string? cursor, CancellationToken ct) =>
        throw new NotSupportedException("No correction asks for it.");

    public WebhookOutcome ParseWebhook(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body) =>
        throw new NotSupportedException("No correction asks for it.");

    public void Dispose()
    {
        _reader?.Dispose();
        _client?.Dispose();
    }

    private static SupplierFault Later(string words) => new("429", SupplierFaultClass.RateLimited, words, TimeSpan.FromMinutes(1));

    private static SupplierOrder Order(
        string? key,
        string reference,
        string? code,
        SupplierOrderState state = SupplierOrderState.Complete
    ) =>
        new(
            key,
            reference,
            1,
            null,
            new(state, state.ToString()),
            new(SupplierDeliveryState.Delivered),
            new(SupplierVoucherState.Live),
            new(SupplierMoneyState.Charged),
            code is null ? [] : [new SupplierVoucher(code, "1234", SupplierVoucherKind.CodeAndPin, null, null)]
        );

    private string[] Ask(string line)
    {
        if (_client is null || _reader is null)
        {
            _client = new TcpClient(AddressFamily.InterNetwork) { NoDelay = true };
            _client.Connect(IPAddress.Loopback, port);
            _reader = new StreamReader(_client.GetStream());
        }

        _client.GetStream().Write(Encoding.ASCII.GetBytes($"{line}\n"));
        return (_reader.ReadLine() ?? throw new IOException("The supplier is gone.")).Split('\t');
    }
}
