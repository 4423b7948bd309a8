using Microsoft.AspNetCore.Http;
using Plum.Domain.Connectors;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

/// <summary>What the other side and the network may do.</summary>
public class XoxodayFaultTests
{
    /// <summary>The codes of the provider's table, with the statuses that they come with. Written out again by hand.</summary>
    [Theory]
    [InlineData(400, "PLE10001", SupplierFaultClass.FixRequest)]
    [InlineData(422, "PLE10004", SupplierFaultClass.FixRequest)]
    [InlineData(422, "PLE10007", SupplierFaultClass.Transient)]
    [InlineData(422, "PLE10010", SupplierFaultClass.Funds)]
    [InlineData(404, "PLE10016", SupplierFaultClass.FixRequest)]
    [InlineData(400, "PLE10018", SupplierFaultClass.FixRequest)]
    [InlineData(502, "PLE10024", SupplierFaultClass.Stock)]
    [InlineData(404, "PLE10026", SupplierFaultClass.Unknown)]
    [InlineData(502, "PLE10034", SupplierFaultClass.Transient)]
    [InlineData(404, "PLE10036", SupplierFaultClass.Unknown)]
    [InlineData(409, "PLE10041", SupplierFaultClass.FixRequest)]
    [InlineData(401, "PIPE10015", SupplierFaultClass.StopSender)]
    [InlineData(400, "ple10018", SupplierFaultClass.FixRequest)]
    [InlineData(400, "PLE19999", SupplierFaultClass.Unknown)]
    [InlineData(200, "PLE10018", SupplierFaultClass.FixRequest)]
    [InlineData(200, "PLE19999", null)]
    [InlineData(422, "PLE10011", null)]
    [InlineData(502, "PLE10012", null)]
    [InlineData(502, "PLE10025", null)]
    [InlineData(502, "PLE10035", null)]
    [InlineData(503, "PLE19999", null)]
    public async Task A_code_says_what_is_to_be_done_and_where_an_order_may_stand_all_the_same_it_is_unknown(
        int status,
        string code,
        SupplierFaultClass? fault
    )
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Before = SupplierServer.Error(status, code, "Failed to do it", "Out of\r\norder");

        var outcome = await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);

        if (fault is null)
        {
            Assert.Contains(code, Assert.IsType<PlaceOutcome.Unknown>(outcome).Reason, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(
                new SupplierFault(code, fault.Value, "Failed to do it: Out of order"),
                Assert.IsType<PlaceOutcome.Rejected>(outcome).Fault
            );
        }

        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(401, SupplierFaultClass.StopSender)]
    [InlineData(403, SupplierFaultClass.StopSender)]
    [InlineData(402, SupplierFaultClass.Funds)]
    [InlineData(404, SupplierFaultClass.Unknown)]
    [InlineData(418, SupplierFaultClass.Unknown)]
    [InlineData(302, SupplierFaultClass.StopSender)]
    [InlineData(408, null)]
    [InlineData(500, null)]
    [InlineData(502, null)]
    [InlineData(504, null)]
    public async Task A_status_without_a_code_is_judged_by_itself(int status, SupplierFaultClass? fault)
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Before = (_, response) =>
        {
            response.StatusCode = status;
            return response.WriteAsync("<html>no</html>");
        };

        var outcome = await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);

        Assert.Equal(fault, (outcome as PlaceOutcome.Rejected)?.Fault.Class);
        Assert.Equal(fault is null, outcome is PlaceOutcome.Unknown);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Too_many_calls_are_told_with_the_time_to_wait()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Before = (_, response) =>
            SupplierServer.JsonAsync(
                response,
                429,
                new
                {
                    code = 429,
                    error = "auth.request_limit_exceeded",
                    penaltySeconds = 45,
                }
            );
        var own = Assert.IsType<PlaceOutcome.Rejected>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default)).Fault;
        server.Before = (_, response) =>
        {
            (response.StatusCode, response.Headers.RetryAfter) = (429, "7");
            return Task.CompletedTask;
        };
        var header = Assert.IsType<FindOutcome.Refused>(await supplier.Gateway.FindByReferenceAsync("REQ-1", default)).Fault;
        server.Before = (_, response) => SupplierServer.JsonAsync(response, 429, new { penaltySeconds = -1 });
        var absurd = Assert.IsType<FindOutcome.Refused>(await supplier.Gateway.FindByReferenceAsync("REQ-1", default)).Fault;

        Assert.Equal((SupplierFaultClass.RateLimited, TimeSpan.FromSeconds(45)), (own.Class, own.After));
        Assert.Equal((SupplierFaultClass.RateLimited, TimeSpan.FromSeconds(7)), (header.Class, header.After));
        Assert.Equal((SupplierFaultClass.RateLimited, TimeSpan.FromSeconds(1)), (absurd.Class, absurd.After));
    }

    [Fact]
    public async Task An_answer_of_500_after_the_order_was_made_is_unknown_and_the_reference_finds_it()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Instead = (_, response) => SupplierServer.JsonAsync(response, 500, new { code = 500, error = "Internal server error" });
        Assert.IsType<PlaceOutcome.Unknown>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default));
        server.Instead = null;

        var found = Assert.IsType<FindOutcome.Found>(await supplier.Gateway.FindByReferenceAsync("REQ-1001.1", default));
        var again = Assert.IsType<PlaceOutcome.Fulfilled>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default));

        Assert.Equal(found.Order.SupplierReference, again.Order.SupplierReference);
        Assert.Single(server.Orders);
        Assert.Equal(["placeOrder", "getOrderDetails", "placeOrder"], server.Calls.Select(c => c.Operation));
    }

    [Fact]
    public async Task Silence_is_unknown_after_the_time_that_is_configured_and_nothing_is_asked_twice()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server, patience: TimeSpan.FromMilliseconds(300));
        server.Instead = server.SilenceAsync;

        var placed = await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);
        var found = await supplier.Gateway.FindByReferenceAsync("REQ-1001.1", default);

        Assert.Contains("did not answer", Assert.IsType<PlaceOutcome.Unknown>(placed).Reason, StringComparison.Ordinal);
        Assert.IsType<FindOutcome.Unknown>(found);
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task A_line_that_breaks_in_the_middle_is_unknown_and_a_door_that_is_shut_is_certain()
    {
        var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Instead = (_, response) =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        };
        Assert.IsType<PlaceOutcome.Unknown>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default));
        Assert.Single(server.Orders);
        Assert.Single(server.Calls);
        await server.DisposeAsync();

        var shut = Assert.IsType<PlaceOutcome.Rejected>(await supplier.Gateway.PlaceAsync(Xoxoday.Order("REQ-2"), default)).Fault;

        Assert.Equal(("xoxoday.connection", SupplierFaultClass.Transient), (shut.Code, shut.Class));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json at all")]
    [InlineData("[1,2,3]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"data":{"placeOrder":{"status":0,"data":{"orderId":1}}}}""")]
    [InlineData("""{"data":{"placeOrder":{"status":1,"data":{}}}}""")]
    [InlineData("""{"data":{"placeOrder":{"status":1,"data":{"orderId":{"deep":1}}}}}""")]
    [InlineData("""{"data":{"placeOrder":{"status":1,"data":{"orderId":"a b"}}}}""")]
    [InlineData(
        """{"data":{"placeOrder":{"status":1,"data":{"orderId":1,"orderStatus":["complete"],"vouchers":"none","amountCharged":"1e999"}}}}"""
    )]
    [InlineData("""{"data":{"getBalance":{"status":1,"data":{"orderId":1}}}}""")]
    public async Task An_answer_that_cannot_be_read_is_unknown(string body)
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Before = (_, response) => response.WriteAsync(body);

        Assert.IsType<PlaceOutcome.Unknown>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default));
        Assert.IsType<FindOutcome.Unknown>(await supplier.Gateway.FindByReferenceAsync("REQ-1", default));
        Assert.IsType<BalanceOutcome.Unknown>(await supplier.Gateway.BalanceAsync("INR", default));
        Assert.IsType<CatalogueOutcome.Unknown>(await supplier.Gateway.CatalogueAsync(null, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_without_an_end_is_cut_off(bool saysItsLength)
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Before = async (_, response) =>
        {
            var piece = new byte[64 << 10];
            Array.Fill(piece, (byte)' ');
            response.ContentLength = saysItsLength ? long.MaxValue : null;
            try
            {
                while (!response.HttpContext.RequestAborted.IsCancellationRequested)
                {
                    await response.Body.WriteAsync(piece, response.HttpContext.RequestAborted);
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // Hung up on, as it should be.
            }
        };

        var outcome = await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);

        Assert.Contains("larger than", Assert.IsType<PlaceOutcome.Unknown>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_follows_no_redirection()
    {
        await using var thief = await SupplierServer.StartAsync();
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Before = (_, response) =>
        {
            (response.StatusCode, response.Headers.Location) = (307, thief.Address.ToString());
            return Task.CompletedTask;
        };

        var fault = Assert.IsType<PlaceOutcome.Rejected>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default)).Fault;

        Assert.Equal(("http.307", SupplierFaultClass.StopSender), (fault.Code, fault.Class));
        Assert.Empty(thief.Calls);
    }

    [Fact]
    public async Task A_wrong_token_stops_the_sender()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server, token: "another-token");

        var fault = Assert.IsType<PlaceOutcome.Rejected>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default)).Fault;

        Assert.Equal(("invalid_token", SupplierFaultClass.StopSender), (fault.Code, fault.Class));
    }
}
