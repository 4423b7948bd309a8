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
    public async Task A_reward_goes_by_the_product_number_that_configuration_gives_it_and_one_without_is_not_ordered()
    {
        await using var server = await SupplierServer.StartAsync();
        await using var supplier = new Xoxoday(server);

        var known = await supplier.Gateway.PlaceAsync(Xoxoday.Order() with { ProductId = Xoxoday.Reward.ToString("n") }, default);
        var other = await supplier.Gateway.PlaceAsync(Xoxoday.Order("REQ-2") with { ProductId = Guid.NewGuid().ToString() }, default);

        Assert.IsType<PlaceOutcome.Fulfilled>(known);
        Assert.Equal("xoxoday.product", Assert.IsType<PlaceOutcome.Rejected>(other).Fault.Code);
        Assert.Equal("7002", Assert.Single(server.Calls).Text("productId"));
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
