using Microsoft.EntityFrameworkCore;
using Plum.Data.Connectors;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

public class SandboxGatewayTests
{
    private static readonly SupplierContact Jane = new("Jane Okafor", "jane@acme.example", "+447700900123");

    [Theory]
    [EachDatabase]
    public async Task An_order_is_fulfilled_at_once_with_a_voucher_that_lies_sealed(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var order = Order(await plum.HasRewardAsync(), quantity: 2);

        var placed = Assert.IsType<PlaceOutcome.Fulfilled>(await Gateway(plum).PlaceAsync(order, default)).Order;

        Assert.Equal(("REQ-1", 2, new Money(5000, "GBP")), (placed.Reference, placed.Vouchers.Count, placed.Charged!.Value));
        Assert.Equal(
            (SupplierOrderState.Complete, SupplierDeliveryState.Delivered, SupplierVoucherState.Live, SupplierMoneyState.Charged),
            (placed.Order.Meaning, placed.Delivery.Meaning, placed.Voucher.Meaning, placed.Money.Meaning)
        );
        await using var db = plum.Peek();
        var kept = await db.SandboxOrders.SingleAsync();
        Assert.DoesNotContain(placed.Vouchers[0].Code, kept.VouchersSealed!, StringComparison.Ordinal);
        Assert.Equal(VoucherMask.Last4(placed.Vouchers[0].Code), kept.Last4);
        Assert.DoesNotContain("jane@acme.example", kept.Contact, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task Sixteen_who_place_the_same_order_at_once_get_the_same_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var order = Order(await plum.HasRewardAsync());
        var gateway = Gateway(plum);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => gateway.PlaceAsync(order, default))));

        var orders = outcomes.Select(o => Assert.IsType<PlaceOutcome.Fulfilled>(o).Order).ToList();
        Assert.Single(orders.Select(o => (o.SupplierReference, o.Vouchers[0].Code)).Distinct());
        await using var db = plum.Peek();
        Assert.Equal(1, await db.SandboxOrders.CountAsync());
    }

    [Fact]
    public async Task The_same_reference_with_another_order_is_an_error_and_tells_nothing_of_the_first()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = Order(await plum.HasRewardAsync());
        var gateway = Gateway(plum);
        await gateway.PlaceAsync(order, default);

        foreach (
            var other in new[]
            {
                order with
                {
                    Value = new Money(1000, "GBP"),
                },
                order with
                {
                    Quantity = 2,
                },
                order with
                {
                    To = Jane with { Email = "thief@evil.example" },
                },
                order with
                {
                    Supplier = "OTHER",
                },
            }
        )
        {
            var fault = Assert.IsType<PlaceOutcome.Rejected>(await gateway.PlaceAsync(other, default)).Fault;
            Assert.Equal(("sandbox.key-reused", SupplierFaultClass.FixRequest), (fault.Code, fault.Class));
        }

        Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(order, default));
    }

    [Fact]
    public async Task A_rejected_order_and_its_corrected_second_go_under_one_reference()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = Order(await plum.HasRewardAsync());
        var gateway = Gateway(plum);

        var wrong = await gateway.PlaceAsync(order with { Value = new Money(2600, "GBP") }, default);

        Assert.Equal("sandbox.denomination", Assert.IsType<PlaceOutcome.Rejected>(wrong).Fault.Code);
        Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(order, default));
    }

    [Theory]
    [InlineData(SandboxBehaviour.OutOfStock, SupplierFaultClass.Stock)]
    [InlineData(SandboxBehaviour.NoFunds, SupplierFaultClass.Funds)]
    [InlineData(SandboxBehaviour.RateLimited, SupplierFaultClass.RateLimited)]
    public async Task Told_so_it_takes_no_order(SandboxBehaviour behaviour, SupplierFaultClass expected)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = Order(await plum.HasRewardAsync());
        await RuleAsync(plum, behaviour);

        var fault = Assert.IsType<PlaceOutcome.Rejected>(await Gateway(plum).PlaceAsync(order, default)).Fault;

        Assert.Equal(expected, fault.Class);
        Assert.Equal(expected == SupplierFaultClass.RateLimited, fault.After == TimeSpan.FromSeconds(60));
        await using var db = plum.Peek();
        Assert.Equal(0, await db.SandboxOrders.CountAsync());
    }

    [Fact]
    public async Task A_rule_for_one_order_leaves_the_others_alone()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var reward = await plum.HasRewardAsync();
        await RuleAsync(plum, SandboxBehaviour.OutOfStock, "REQ-1");

        Assert.IsType<PlaceOutcome.Rejected>(await Gateway(plum).PlaceAsync(Order(reward), default));
        Assert.IsType<PlaceOutcome.Fulfilled>(await Gateway(plum).PlaceAsync(Order(reward, "REQ-2"), default));
    }

    [Fact]
    public async Task A_delayed_order_is_ready_a_quarter_of_an_hour_later()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await RuleAsync(plum, SandboxBehaviour.Delayed);
        var gateway = Gateway(plum);
        var placed = Assert.IsType<PlaceOutcome.Accepted>(await gateway.PlaceAsync(Order(await plum.HasRewardAsync()), default)).Order;
        Assert.Empty(placed.Vouchers);

        plum.Clock.Advance(SandboxOrder.Delay - TimeSpan.FromSeconds(1));
        Assert.Empty(await FoundAsync(gateway, "REQ-1").Vouchers());
        plum.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(await FoundAsync(gateway, "REQ-1").Vouchers());
    }

    [Fact]
    public async Task An_order_that_the_supplier_cancels_by_itself_is_accepted_first_and_gone_when_it_is_read_again()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await RuleAsync(plum, SandboxBehaviour.Cancelled);
        var (gateway, order) = (Gateway(plum), Order(await plum.HasRewardAsync()));

        Assert.IsType<PlaceOutcome.Accepted>(await gateway.PlaceAsync(order, default));

        var found = await FoundAsync(gateway, "REQ-1");
        Assert.Equal((SupplierOrderState.Cancelled, SupplierMoneyState.Refunded), (found.Order.Meaning, found.Money.Meaning));
        Assert.IsType<PlaceOutcome.Rejected>(await gateway.PlaceAsync(order, default));
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_stands_and_one_that_was_lost_itself_does_not()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (gateway, reward) = (Gateway(plum), await plum.HasRewardAsync());
        await RuleAsync(plum, SandboxBehaviour.TimedOut, "REQ-1");
        await RuleAsync(plum, SandboxBehaviour.Lost, "REQ-2");

        Assert.IsType<PlaceOutcome.Unknown>(await gateway.PlaceAsync(Order(reward), default));
        Assert.IsType<PlaceOutcome.Unknown>(await gateway.PlaceAsync(Order(reward, "REQ-2"), default));

        Assert.Single((await FoundAsync(gateway, "REQ-1")).Vouchers);
        Assert.IsType<FindOutcome.None>(await gateway.FindByReferenceAsync("REQ-2", default));
        Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(reward), default));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    public async Task Told_so_it_has_half_of_the_pieces(int quantity, int there)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await RuleAsync(plum, SandboxBehaviour.Partial);

        var outcome = await Gateway(plum).PlaceAsync(Order(await plum.HasRewardAsync(), quantity: quantity), default);

        var partial = Assert.IsType<PlaceOutcome.Partial>(outcome);
        Assert.Equal((there, there), (partial.Pieces, partial.Order.Vouchers.Count));
    }

    [Fact]
    public async Task Half_of_a_single_piece_is_nothing_yet()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await RuleAsync(plum, SandboxBehaviour.Partial);

        Assert.IsType<PlaceOutcome.Accepted>(await Gateway(plum).PlaceAsync(Order(await plum.HasRewardAsync()), default));
    }

    [Fact]
    public async Task A_cancellation_gives_back_what_its_terms_promised_once()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await RuleAsync(plum, SandboxBehaviour.Fulfil, hours: 2, fee: 7);
        var gateway = Gateway(plum);
        var placed = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(await plum.HasRewardAsync()), default)).Order;
        var terms = Assert.IsType<TermsOutcome.Known>(await gateway.TermsAsync(placed.SupplierReference, default)).Terms;
        var cancel = new CancelSupplierOrder("CAN-1", placed.SupplierReference, "Not wanted");

        var first = Assert.IsType<CancelOutcome.Cancelled>(await gateway.CancelAsync(cancel, default));
        var second = Assert.IsType<CancelOutcome.Cancelled>(await gateway.CancelAsync(cancel, default));
        var other = await gateway.CancelAsync(cancel with { Key = "CAN-2" }, default);

        Assert.Equal(new CancellationTerms(null, plum.Now.AddHours(2), new Money(2325, "GBP"), new Money(175, "GBP")), terms);
        Assert.Equal((terms.Refund, terms.Fee), (first.Refund, first.Fee));
        Assert.Equal(first, second);
        Assert.Equal("sandbox.is-cancelled", Assert.IsType<CancelOutcome.Refused>(other).Fault.Code);
        Assert.Equal(
            new Money(1_000_000_000 - 175, "GBP"),
            Assert.IsType<BalanceOutcome.Known>(await gateway.BalanceAsync("GBP", default)).Balance
        );
        Assert.Empty((await FoundAsync(gateway, "REQ-1")).Vouchers);
    }

    [Theory]
    [EachDatabase]
    public async Task Sixteen_who_cancel_at_once_under_one_key_hear_the_same_and_one_who_comes_with_another_hears_that_it_is_done(
        string provider
    )
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var gateway = Gateway(plum);
        var placed = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(await plum.HasRewardAsync()), default)).Order;

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(n =>
                    Task.Run(() => gateway.CancelAsync(new CancelSupplierOrder($"CAN-{n % 2}", placed.SupplierReference, "x"), default))
                )
        );

        Assert.Equal((8, 8), (outcomes.Count(o => o is CancelOutcome.Cancelled), outcomes.Count(o => o is CancelOutcome.Refused)));
    }

    [Fact]
    public async Task A_cancellation_comes_too_late_after_its_time_and_after_the_voucher_was_used()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (gateway, reward) = (Gateway(plum), await plum.HasRewardAsync());
        await RuleAsync(plum, SandboxBehaviour.Fulfil, "REQ-1", hours: 2);
        var late = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(reward), default)).Order.SupplierReference;
        var used = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(reward, "REQ-2"), default)).Order.SupplierReference;
        await plum.Get<SandboxService>().ChangeOrderAsync(new ChangeSandboxOrder(2, SandboxDeed.Redeem), PlumDatabase.Lead, default);
        plum.Clock.Advance(TimeSpan.FromHours(2));

        var tooLate = await gateway.CancelAsync(new CancelSupplierOrder("CAN-1", late, "x"), default);
        var redeemed = await gateway.CancelAsync(new CancelSupplierOrder("CAN-2", used, "x"), default);

        Assert.Equal("sandbox.too-late", Assert.IsType<CancelOutcome.Refused>(tooLate).Fault.Code);
        Assert.Equal("sandbox.is-redeemed", Assert.IsType<CancelOutcome.Refused>(redeemed).Fault.Code);
        Assert.False(Assert.IsType<TermsOutcome.Known>(await gateway.TermsAsync(used, default)).Terms.MayCancel);
    }

    [Fact]
    public async Task A_cancellation_whose_answer_is_lost_is_done_and_the_same_key_hears_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var gateway = Gateway(plum);
        var placed = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(await plum.HasRewardAsync()), default)).Order;
        await RuleAsync(plum, SandboxBehaviour.TimedOut);
        var cancel = new CancelSupplierOrder("CAN-1", placed.SupplierReference, "x");

        Assert.IsType<CancelOutcome.Unknown>(await gateway.CancelAsync(cancel, default));

        Assert.Equal(new CancelOutcome.Cancelled(new Money(2500, "GBP"), new Money(0, "GBP")), await gateway.CancelAsync(cancel, default));
    }

    [Fact]
    public async Task A_cancellation_without_its_refund_says_so()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await RuleAsync(plum, SandboxBehaviour.RefundFails);
        var gateway = Gateway(plum);
        var placed = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(await plum.HasRewardAsync()), default)).Order;

        Assert.IsType<CancelOutcome.Unrefunded>(
            await gateway.CancelAsync(new CancelSupplierOrder("CAN-1", placed.SupplierReference, "x"), default)
        );

        Assert.Equal(SupplierMoneyState.RefundFailed, (await FoundAsync(gateway, "REQ-1")).Money.Meaning);
    }

    [Fact]
    public async Task It_is_sent_again_to_the_recipient_of_the_order_and_to_nobody_else()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var gateway = Gateway(plum);
        var placed = Assert.IsType<PlaceOutcome.Fulfilled>(await gateway.PlaceAsync(Order(await plum.HasRewardAsync()), default)).Order;
        var resend = new ResendSupplierOrder("K-1", placed.SupplierReference, Jane with { Email = "JANE@acme.example" });

        Assert.IsType<ResendOutcome.Sent>(await gateway.ResendAsync(resend, default));
        Assert.IsType<ResendOutcome.Sent>(await gateway.ResendAsync(resend, default));
        var other = await gateway.ResendAsync(resend with { Key = "K-2", To = Jane with { Email = "thief@evil.example" } }, default);

        Assert.Equal("sandbox.other-recipient", Assert.IsType<ResendOutcome.Refused>(other).Fault.Code);
        await using var db = plum.Peek();
        Assert.Equal(1, (await db.SandboxOrders.SingleAsync()).Resends);
    }

    [Theory]
    [EachDatabase]
    public async Task An_order_from_before_the_sandbox_kept_books_can_be_asked_for_and_cancelled(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasClientAsync();
        var (issued, placed) = (await plum.HasOrderAsync(), await plum.HasOrderAsync(voucher: null));
        var gateway = Gateway(plum);

        var byTheirs = Assert.IsType<FindOutcome.Found>(await gateway.GetAsync(issued.SupplierReference!, default)).Order;
        var waiting = await FoundAsync(gateway, OrderReference.Of(placed.Id));
        var cancelled = await gateway.CancelAsync(new CancelSupplierOrder("CAN-1", issued.SupplierReference!, "x"), default);

        Assert.Equal((OrderReference.Of(issued.Id), SupplierVoucherState.Live), (byTheirs.Reference, byTheirs.Voucher.Meaning));
        Assert.Equal(SupplierOrderState.Processing, waiting.Order.Meaning);
        Assert.Equal(new Money(2500, "GBP"), Assert.IsType<CancelOutcome.Cancelled>(cancelled).Refund);
        Assert.IsType<FindOutcome.None>(await gateway.GetAsync("SUP-0", default));
        Assert.IsType<CancelOutcome.Refused>(await gateway.CancelAsync(new CancelSupplierOrder("CAN-2", "SUP-0", "x"), default));
    }

    [Fact]
    public async Task It_sells_what_the_catalogue_offers()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var reward = await plum.HasRewardAsync();

        var listed = Assert.IsType<CatalogueOutcome.Listed>(await Gateway(plum).CatalogueAsync(null, default));

        var product = Assert.Single(listed.Products);
        Assert.Equal((reward.Id.ToString(), "Gift card", "Amazing", null), (product.ProductId, product.Name, product.Brand, listed.Next));
        Assert.Equal([1000L, 2500L, 5000L], product.Denominations);
    }

    private static ISupplierGateway Gateway(PlumDatabase plum) => plum.Get<SandboxGateway>();

    private static PlaceOrder Order(Reward reward, string reference = "REQ-1", int quantity = 1) =>
        new(reference, "GIFTCO", reward.Id.ToString(), new Money(2500, "GBP"), quantity, Jane);

    private static async Task<SupplierOrder> FoundAsync(ISupplierGateway gateway, string reference) =>
        Assert.IsType<FindOutcome.Found>(await gateway.FindByReferenceAsync(reference, default)).Order;

    private static async Task RuleAsync(
        PlumDatabase plum,
        SandboxBehaviour behaviour,
        string reference = SandboxRule.Everything,
        int? hours = null,
        int fee = 0
    ) =>
        Assert.IsType<Outcome.Done>(
            await plum.Get<SandboxService>()
                .SetRuleAsync(new SetSandboxRule(reference, null, behaviour, hours, fee), PlumDatabase.Lead, default)
        );
}

internal static class FoundOrders
{
    public static async Task<IReadOnlyList<SupplierVoucher>> Vouchers(this Task<SupplierOrder> found) => (await found).Vouchers;
}
