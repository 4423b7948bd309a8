using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plum.Tests.Shared;

/// <summary>A small supplier on a real port that speaks the Xoxoday Plum API (one address, the operation in the body), with its own books, that fails when told to.</summary>
public sealed class SupplierServer : IAsyncDisposable
{
    public const string Token = "tok-9f2c1b7a-never-in-a-log";
    public const string VoucherCode = "VOUCHER-SECRET-7731";
    public const string Pin = "PIN-SECRET-0042";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SupplierCall> _calls = new();
    private readonly ConcurrentDictionary<string, JsonElement> _orders = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number = 500_000;

    private SupplierServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address =>
        new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<SupplierCall> Calls => [.. _calls];

    /// <summary>Our references of the orders in its books.</summary>
    public IReadOnlyCollection<string> Orders => [.. _orders.Keys];

    /// <summary>Answers instead of the usual answer, which has been worked out by then: an order that was placed is in the books. Null answers as usual.</summary>
    public Func<SupplierCall, HttpResponse, Task>? Instead { get; set; }

    /// <summary>As <see cref="Instead"/>, and nothing is done.</summary>
    public Func<SupplierCall, HttpResponse, Task>? Before { get; set; }

    public string OrderStatus { get; set; } = "complete";

    public string DeliveryStatus { get; set; } = "delivered";

    /// <summary>How many of the pieces it has.</summary>
    public int? Pieces { get; set; }

    public static async Task<SupplierServer> StartAsync()
    {
        var server = new SupplierServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Never answers: for whoever waits for a timeout. Ends with the server.</summary>
    public Task SilenceAsync(SupplierCall call, HttpResponse response) => _stopped.Task;

    public static Task JsonAsync(HttpResponse response, int status, object body)
    {
        response.StatusCode = status;
        return response.WriteAsJsonAsync(body);
    }

    /// <summary>An error as the provider writes it.</summary>
    public static Func<SupplierCall, HttpResponse, Task> Error(
        int status,
        string code,
        string info = "Failed",
        string error = "In its own words"
    ) =>
        (_, response) =>
            JsonAsync(
                response,
                status,
                new
                {
                    code = status,
                    errorId = code,
                    errorInfo = info,
                    error,
                }
            );

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var call = new SupplierCall(
            http.Request.Method,
            http.Request.Headers.Authorization.ToString(),
            body.RootElement.GetProperty("query").GetString()!,
            body.RootElement.GetProperty("variables").GetProperty("data").Clone()
        );
        _calls.Enqueue(call);
        if (Before is not null)
        {
            await Before(call, http.Response);
            return;
        }

        if (call.Bearer != $"Bearer {Token}")
        {
            await JsonAsync(http.Response, 401, new { error = "invalid_token", error_description = "The token is not valid" });
            return;
        }

        var (status, answer) = Do(call);
        if (Instead is not null)
        {
            await Instead(call, http.Response);
            return;
        }

        await JsonAsync(http.Response, status, answer);
    }

    private (int Status, object Answer) Do(SupplierCall call)
    {
        switch (call.Operation)
        {
            case "placeOrder":
                return Said("placeOrder", _orders.GetOrAdd(call.Text("poNumber"), _ => NewOrder(call)));
            case "getOrderDetails":
                var found = _orders.Values.Where(o =>
                    call.Text("poNumber") == o.GetProperty("poNumber").GetString()
                    || call.Text("orderId") == o.GetProperty("orderId").ToString()
                );
                return found.Select(o => ((int, object)?)Said("getOrderDetails", o)).FirstOrDefault()
                    ?? (
                        404,
                        new
                        {
                            code = 404,
                            errorId = "PLE10016",
                            errorInfo = "Failed to get Order details",
                            error = "Not found",
                        }
                    );
            case "getBalance":
                return Said(
                    "getBalance",
                    new
                    {
                        points = 1250.5m,
                        value = 1250.5m,
                        currency = "INR",
                    }
                );
            case "getVouchers":
                return Said("getVouchers", Enumerable.Range(1, call.Text("page") == "1" ? 100 : 2).Select(Product).ToArray());
            default:
                return (
                    400,
                    new
                    {
                        code = 400,
                        errorId = "PLE10001",
                        errorInfo = "Validation error",
                        error = "No such operation",
                    }
                );
        }
    }

    private JsonElement NewOrder(SupplierCall call)
    {
        var quantity = call.Data.GetProperty("quantity").GetInt32();
        var each = call.Data.GetProperty("denomination").GetDecimal();
        return JsonSerializer.SerializeToElement(
            new
            {
                orderId = Interlocked.Increment(ref _number),
                poNumber = call.Text("poNumber"),
                orderTotal = each * quantity,
                orderDiscount = "",
                currencyCode = "INR",
                currencyValue = 1,
                amountCharged = each * quantity,
                orderStatus = OrderStatus,
                deliveryStatus = DeliveryStatus,
                vouchers = Enumerable
                    .Range(1, Pieces ?? quantity)
                    .Select(n => new
                    {
                        voucherCode = $"{VoucherCode}{n}",
                        pin = Pin,
                        validity = "2027-03-01",
                        amount = each,
                        currency = "INR",
                        country = "IN",
                        type = "codePin",
                    })
                    .ToArray(),
            }
        );
    }

    private static object Product(int n) =>
        new
        {
            productId = 1000 + n,
            name = $"Card {n}",
            brand = "Amazing",
            currencyCode = n == 2 ? "XXX" : "INR",
            countryCode = "IN",
            valueType = n % 2 == 0 ? "open_value" : "fixed_denomination",
            valueDenominations = n % 2 == 0 ? "" : "500, 100,250",
            minValue = 100,
            maxValue = "10000",
            deliveryType = n == 3 ? "delayed" : "realtime",
            isPhoneNumberMandatory = n == 1,
            orderQuantityLimit = 10,
        };

    private static (int, object) Said(string operation, object data) =>
        (200, new Dictionary<string, object> { ["data"] = new Dictionary<string, object> { [operation] = new { status = 1, data } } });

    public async ValueTask DisposeAsync()
    {
        _stopped.TrySetResult();
        await _app.DisposeAsync();
    }
}

/// <param name="Bearer">The Authorization header as it came.</param>
public sealed record SupplierCall(string Method, string Bearer, string Query, JsonElement Data)
{
    public string Operation => Query.Split('.')[^1];

    /// <summary>A field of the data as text; empty when it is not there.</summary>
    public string Text(string name) => Data.TryGetProperty(name, out var value) ? value.ToString() : "";
}
