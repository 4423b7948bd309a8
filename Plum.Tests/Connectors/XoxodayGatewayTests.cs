using Microsoft.AspNetCore.Http;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

public class XoxodayGatewayTests
{
    [Fact]
    public async Task An_order_is_placed_under_our_reference_and_comes_with_its_vouchers()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        var outcome = await supplier.Gateway.PlaceAsync(Xoxoday.Order(quantity: 2), default);

        var order = Assert.IsType<PlaceOutcome.Fulfilled>(outcome).Order;
        Assert.Equal(("REQ-1001.1", "500001", new Money(50000, "INR")), (order.Reference, order.SupplierReference, order.Charged!.Value));
        Assert.Equal(new Stated<SupplierOrderState>(SupplierOrderState.Complete, "complete"), order.Order);
        Assert.Equal(new Stated<SupplierDeliveryState>(SupplierDeliveryState.Delivered, "delivered"), order.Delivery);
        Assert.Equal((SupplierVoucherState.Live, SupplierMoneyState.Charged), (order.Voucher.Meaning, order.Money.Meaning));
        Assert.Equal(2, order.Vouchers.Count);
        var voucher = order.Vouchers[0];
        Assert.Equal(
            (
                "VOUCHER-SECRET-77311",
                "PIN-SECRET-0042",
                SupplierVoucherKind.CodeAndPin,
                new Money(25000, "INR"),
                new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc)
            ),
            (voucher.Code, voucher.Pin, voucher.Kind, voucher.Value!.Value, voucher.ValidUntilUtc!.Value)
        );
        var call = Assert.Single(server.Calls);
        Assert.Equal(("POST", "plumProAPI.mutation.placeOrder", $"Bearer {SupplierServer.Token}"), (call.Method, call.Query, call.Bearer));
        Assert.Equal(
            ("7001", "2", "250", "REQ-1001.1", "jane@acme.example", "+447700900123", "0", "0"),
            (
                call.Text("productId"),
                call.Text("quantity"),
                call.Text("denomination"),
                call.Text("poNumber"),
                call.Text("email"),
                call.Text("contact"),
                call.Text("notifyReceiverEmail"),
                call.Text("notifyAdminEmail")
            )
        );
    }

    [Fact]
    public async Task An_order_is_found_by_our_reference_and_by_its_number_and_one_that_is_not_there_is_none()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);

        var ours = Assert.IsType<FindOutcome.Found>(await supplier.Gateway.FindByReferenceAsync("REQ-1001.1", default)).Order;
        var theirs = Assert.IsType<FindOutcome.Found>(await supplier.Gateway.GetAsync("500001", default)).Order;

        Assert.Equal(("500001", "500001"), (ours.SupplierReference, theirs.SupplierReference));
        Assert.IsType<FindOutcome.None>(await supplier.Gateway.FindByReferenceAsync("REQ-9", default));
        Assert.All(server.Calls.Skip(1), c => Assert.Equal("0", c.Text("sendMailToReceiver")));
    }

    [Theory]
    [InlineData("COMPLETE", "Delivered", typeof(PlaceOutcome.Fulfilled))]
    [InlineData("processing", "pending", typeof(PlaceOutcome.Accepted))]
    [InlineData("complete", "delayed", typeof(PlaceOutcome.Accepted))]
    [InlineData("cancelled", "cancelled", typeof(PlaceOutcome.Rejected))]
    [InlineData("Failed", "pending", typeof(PlaceOutcome.Rejected))]
    [InlineData("complete", "failed", typeof(PlaceOutcome.Unknown))]
    [InlineData("quarantined", "delivered", typeof(PlaceOutcome.Unknown))]
    [InlineData("complete", "levitating", typeof(PlaceOutcome.Unknown))]
    [InlineData("", "", typeof(PlaceOutcome.Unknown))]
    public async Task A_word_is_read_in_any_case_and_one_that_nobody_knows_is_never_taken_for_good(
        string order,
        string delivery,
        Type expected
    )
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        (server.OrderStatus, server.DeliveryStatus, server.Pieces) = (order, delivery, 0);

        Assert.IsType(expected, await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default));
    }

    [Fact]
    public async Task Half_of_an_order_is_a_part_of_it()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Pieces = 1;

        Assert.Equal(1, Assert.IsType<PlaceOutcome.Partial>(await supplier.Gateway.PlaceAsync(Xoxoday.Order(quantity: 3), default)).Pieces);
    }

    /// <summary>The codes of suppliers.md and the provider's table, with the statuses that they come with. Written out again by hand.</summary>
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
        var sent = 0L;
        server.Before = async (_, response) =>
        {
            var piece = new byte[64 << 10];
            Array.Fill(piece, (byte)' ');
            response.ContentLength = saysItsLength ? 64 << 20 : null;
            try
            {
                for (; sent < 64 << 20; sent += piece.Length)
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
        Assert.True(sent < 64 << 20, "All of it was taken.");
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

    [Fact]
    public async Task Its_own_message_is_sent_again_and_a_failure_to_is_told()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);
        var again = new ResendSupplierOrder("K-1", "500001", Xoxoday.Jane);

        Assert.IsType<ResendOutcome.Sent>(await supplier.Gateway.ResendAsync(again, default));
        Assert.Equal(("getOrderDetails", "1"), (server.Calls[^1].Operation, server.Calls[^1].Text("sendMailToReceiver")));
        server.Before = SupplierServer.Error(502, "PLE10034");
        Assert.Equal("PLE10034", Assert.IsType<ResendOutcome.Refused>(await supplier.Gateway.ResendAsync(again, default)).Fault.Code);
    }

    [Fact]
    public async Task The_balance_is_known_in_the_accounts_own_currency_only()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        Assert.Equal(
            new Money(125050, "INR"),
            Assert.IsType<BalanceOutcome.Known>(await supplier.Gateway.BalanceAsync("INR", default)).Balance
        );
        Assert.Equal(
            "xoxoday.currency",
            Assert.IsType<BalanceOutcome.Refused>(await supplier.Gateway.BalanceAsync("EUR", default)).Fault.Code
        );
    }

    [Fact]
    public async Task The_catalogue_comes_page_by_page_and_what_cannot_be_read_is_counted()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        var first = Assert.IsType<CatalogueOutcome.Listed>(await supplier.Gateway.CatalogueAsync(null, default));
        var last = Assert.IsType<CatalogueOutcome.Listed>(await supplier.Gateway.CatalogueAsync(first.Next, default));

        Assert.Equal((99, "2", 1), (first.Products.Count, first.Next, first.Unreadable));
        Assert.Equal((1, null, 1), (last.Products.Count, last.Next, last.Unreadable));
        var product = first.Products[0];
        Assert.Equal([10000L, 25000L, 50000L], product.Denominations);
        Assert.Equal(
            ("1001", "Card 1", "IN", "INR", false, true),
            (product.ProductId, product.Name, product.Country, product.Currency, product.IsDelayed, product.NeedsPhone)
        );
        var open = first.Products.Single(p => p.ProductId == "1004");
        Assert.Equal((0, 10000L, 1000000L), (open.Denominations.Count, open.MinValue, open.MaxValue));
    }

    [Fact]
    public async Task What_it_does_not_offer_is_said_without_asking()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        var terms = Assert.IsType<TermsOutcome.Known>(await supplier.Gateway.TermsAsync("500001", default)).Terms;
        var cancelled = await supplier.Gateway.CancelAsync(new CancelSupplierOrder("K-1", "500001", "Not wanted"), default);

        Assert.False(terms.MayCancel);
        Assert.Equal("xoxoday.no-cancellation", Assert.IsType<CancelOutcome.Refused>(cancelled).Fault.Code);
        Assert.Empty(server.Calls);
    }

    [Theory]
    [InlineData("", "7001", 25000, "INR", 1)]
    [InlineData("REQ 1", "7001", 25000, "INR", 1)]
    [InlineData("REQ\r\n1", "7001", 25000, "INR", 1)]
    [InlineData("REQ-1", "card", 25000, "INR", 1)]
    [InlineData("REQ-1", "-1", 25000, "INR", 1)]
    [InlineData("REQ-1", "7001", 0, "INR", 1)]
    [InlineData("REQ-1", "7001", -1, "INR", 1)]
    [InlineData("REQ-1", "7001", 25000, "XXX", 1)]
    [InlineData("REQ-1", "7001", 25000, "INR", 0)]
    [InlineData("REQ-1", "7001", 25000, "INR", 11)]
    [InlineData("REQ-1", "7001", long.MaxValue, "INR", 2)]
    public async Task What_cannot_be_an_order_is_refused_before_anything_is_sent(
        string reference,
        string product,
        long minor,
        string currency,
        int quantity
    )
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        var outcome = await supplier.Gateway.PlaceAsync(
            new PlaceOrder(reference, "GIFTCO", product, new Money(minor, currency), quantity, Xoxoday.Jane),
            default
        );

        Assert.Equal(SupplierFaultClass.FixRequest, Assert.IsType<PlaceOutcome.Rejected>(outcome).Fault.Class);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_reference_of_a_thousand_characters_is_a_clear_no()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        var outcome = await supplier.Gateway.PlaceAsync(Xoxoday.Order(new string('x', 1000)), default);

        Assert.Equal("shared.too-long", Assert.IsType<PlaceOutcome.Rejected>(outcome).Fault.Code);
    }

    [Fact]
    public async Task No_token_code_or_pin_is_in_any_log_or_text()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        var placed = await supplier.Gateway.PlaceAsync(Xoxoday.Order(), default);
        var found = await supplier.Gateway.FindByReferenceAsync("REQ-1001.1", default);
        server.Before = SupplierServer.Error(502, "PLE10012");
        await supplier.Gateway.PlaceAsync(Xoxoday.Order("REQ-2"), default);

        var text =
            string.Join('\n', supplier.Log)
            + placed
            + found
            + supplier.Options
            + string.Join(',', ((FindOutcome.Found)found).Order.Vouchers);

        Assert.Contains("placeOrder REQ-1001.1", text, StringComparison.Ordinal);
        Assert.Contains("getOrderDetails", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SupplierServer.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(SupplierServer.VoucherCode, text, StringComparison.Ordinal);
        Assert.DoesNotContain(SupplierServer.Pin, text, StringComparison.Ordinal);
        Assert.DoesNotContain("jane@acme.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_let_go()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);
        server.Instead = server.SilenceAsync;
        using var giveUp = new CancellationTokenSource();
        var asked = supplier.Gateway.FindByReferenceAsync("REQ-1", giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }
}
