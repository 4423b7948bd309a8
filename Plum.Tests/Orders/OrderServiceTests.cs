using Microsoft.EntityFrameworkCore;
using Plum.Data.Orders;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Orders;

public class OrderServiceTests
{
    private static readonly Actor Senior = PlumDatabase.Person("Sen Senior", Role.SeniorAgent);

    [Theory]
    [EachDatabase]
    public async Task An_order_is_viewed_with_its_history_and_tickets_and_the_voucher_masked(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var order = await plum.HasOrderAsync(await plum.HasRecipientAsync(client));
        await plum.HasOrderAsync(await plum.HasRecipientAsync(client, "Other"));
        var category = await plum.HasCategoryAsync();
        await plum.Get<TicketService>()
            .OpenAsync(new(client.Id, category.Id, "Never came", IntakeChannel.Email, OrderId: order.Id), PlumDatabase.Lead, default);

        var view = (await plum.Get<OrderService>().ViewAsync(order.Id, PlumDatabase.Agent, default))!;

        Assert.Equal(
            ("GFT-10001", "ACME", "SUMMER of ACME", "Jane Okafor", "Amazing", "Gift card", "GIFTCO Limited", new Money(2500, "GBP")),
            (view.Reference, view.ClientCode, view.Programme, view.Recipient, view.Brand, view.Reward, view.Supplier, view.Value)
        );
        Assert.Equal(
            (OrderStatus.Issued, true, "7731", "SUP-10001"),
            (view.Status, view.HasVoucher, view.VoucherLast4, view.SupplierReference)
        );
        Assert.Equal(
            [(OrderStatus.Placed, "Placed", "Lea Lead"), (OrderStatus.Issued, "Issued", "Lea Lead")],
            view.History.Select(h => (h.Status, h.What, h.Who))
        );
        Assert.Equal(
            [("PLM-1001", "Never came", "Voucher not received", Stage.Intake)],
            view.Tickets.Select(t => (t.Reference, t.Subject, t.Disposition, t.Stage))
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Revealing_hands_out_the_code_and_leaves_a_trace_with_the_reason_and_without_the_code(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var order = await plum.HasOrderAsync();

        var revealed = await plum.Get<OrderService>().RevealVoucherAsync(new(order.Id, " Recipient lost it "), Senior, default);

        Assert.Equal(new Outcome.Done("GFT-10001"), revealed.Outcome);
        Assert.Equal(("XK4P-99QT-7731", "0042"), (revealed.Voucher!.Code, revealed.Voucher.Pin));
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal(
            ("Voucher revealed", "GFT-10001", "Recipient lost it", "Sen Senior", (Guid?)order.ClientId, plum.Now),
            (line.What, line.Subject, line.Why!, line.Who, line.ClientId, line.AtUtc)
        );
        Assert.Null(line.Before ?? line.After);
        var history = (await plum.Get<OrderService>().ViewAsync(order.Id, Senior, default))!.History[^1];
        Assert.Equal(("Voucher revealed", "Recipient lost it", "Sen Senior"), (history.What, history.Note!, history.Who));
        var stored = await db.Orders.Select(o => o.VoucherSealed).SingleAsync();
        Assert.DoesNotContain("7731", stored, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task A_voucher_is_not_revealed_without_right_reason_seal_or_sight(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var order = await plum.HasOrderAsync(await plum.HasRecipientAsync(nord));
        var placed = await plum.HasOrderAsync(await plum.HasRecipientAsync(nord), voucher: null);
        var swapped = await plum.HasOrderAsync(await plum.HasRecipientAsync(nord));
        await using var db = plum.Peek();
        await db
            .Orders.Where(o => o.Id == swapped.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.VoucherSealed, order.VoucherSealed));
        var orders = plum.Get<OrderService>();

        foreach (
            var (command, by, why) in new (RevealVoucher, Actor, Refusal)[]
            {
                (new(order.Id, "Lost"), PlumDatabase.Agent, Refusals.NotAllowed(Act.RevealVouchers)),
                (new(order.Id, "Lost"), PlumDatabase.Lead, Refusals.NotAllowed(Act.RevealVouchers)),
                (new(order.Id, " "), Senior, VoucherRefusals.ForReason(" ")!),
                (new(order.Id, new string('x', 501)), Senior, VoucherRefusals.ForReason(new string('x', 501))!),
                (new(order.Id, "Lost"), PlumDatabase.Bound(acme, Role.SeniorAgent), Refusals.NotFound),
                (new(99, "Lost"), Senior, Refusals.NotFound),
                (new(placed.Id, "Lost"), Senior, VoucherRefusals.None),
                (new(swapped.Id, "Lost"), Senior, VoucherRefusals.Unreadable),
            }
        )
        {
            var revealed = await orders.RevealVoucherAsync(command, by, default);
            Assert.Equal(new Outcome.Refused(why), revealed.Outcome);
            Assert.Null(revealed.Voucher);
        }

        Assert.Empty(await db.AuditEntries.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_narrowed_by_each_filter(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var jane = await plum.HasRecipientAsync(acme, employeeNumber: "E-77");
        var olaf = await plum.HasRecipientAsync(nord, "Olaf Øst", "olaf@nord.example", "+4790000000");
        await plum.HasOrderAsync(jane);
        plum.Clock.Advance(TimeSpan.FromDays(1));
        await plum.HasOrderAsync(jane, programme: "WINTER", voucher: null, paidWith: Tender.Card);
        plum.Clock.Advance(TimeSpan.FromDays(1));
        await plum.HasOrderAsync(olaf, await plum.HasRewardAsync("Spa", "Calm", "SPA", currency: "NOK"), "ZZ-12-ab99", minorUnits: 100);
        var orders = plum.Get<OrderService>();
        await using var db = plum.Peek();
        var winter = await db.Programmes.SingleAsync(p => p.Code == "WINTER");

        async Task<string> ListAsync(OrderFilter filter, OrderSort sort = OrderSort.Placed, bool descending = true, int skip = 0)
        {
            var page = await orders.ListAsync(new(filter, skip, 50, sort, descending), PlumDatabase.Agent, default);
            return $"{page.Total}: {string.Join(' ', page.Rows.Select(r => r.Id))}";
        }

        Assert.Equal("3: 10003 10002 10001", await ListAsync(new()));
        Assert.Equal("3: 10001", await ListAsync(new(), skip: 2));
        Assert.Equal("3: 10001 10002 10003", await ListAsync(new(), OrderSort.Reference, descending: false));
        Assert.Equal("3: 10001 10002 10003", await ListAsync(new(), OrderSort.Value, descending: false)); // GBP before NOK
        Assert.Equal("3: 10001 10003 10002", await ListAsync(new(), OrderSort.Status, descending: false)); // Issued before Placed
        Assert.Equal("2: 10002 10001", await ListAsync(new(ClientId: acme.Id)));
        Assert.Equal("1: 10002", await ListAsync(new(ProgrammeId: winter.Id)));
        Assert.Equal("2: 10002 10001", await ListAsync(new(RecipientId: jane.Id)));
        Assert.Equal("1: 10002", await ListAsync(new(Status: OrderStatus.Placed)));
        Assert.Equal("1: 10003", await ListAsync(new(BrandId: (await plum.HasBrandAsync("Calm")).Id)));
        Assert.Equal("1: 10003", await ListAsync(new(SupplierId: (await plum.HasSupplierAsync("SPA")).Id)));
        Assert.Equal("1: 10002", await ListAsync(new(PaidWith: Tender.Card)));
        Assert.Equal("1: 10002", await ListAsync(new(PlacedFromUtc: plum.Now.AddDays(-1), PlacedUntilUtc: plum.Now)));
        Assert.Equal("1: 10002", await ListAsync(new(" gft-10002 ")));
        Assert.Equal("0: ", await ListAsync(new("GFT-999")));
        Assert.Equal("1: 10001", await ListAsync(new("****-7731")));
        Assert.Equal("1: 10001", await ListAsync(new("7731")));
        Assert.Equal("1: 10003", await ListAsync(new("AB99")));
        Assert.Equal("1: 10003", await ListAsync(new("OLAF@nord")));
        Assert.Equal("2: 10002 10001", await ListAsync(new("+44 7700 900123")));
        Assert.Equal("2: 10002 10001", await ListAsync(new("okafor")));
        Assert.Equal("2: 10002 10001", await ListAsync(new("e-77")));
        Assert.Equal("1: 10003", await ListAsync(new("sup-10003")));
        Assert.Equal("0: ", await ListAsync(new("%")));
        Assert.Equal([10003L], (await orders.FindAsync("olaf", null, null, 10, PlumDatabase.Agent, default)).Select(o => o.Id));
        Assert.Equal([10002L, 10001L], (await orders.FindAsync(null, null, jane.Id, 10, PlumDatabase.Agent, default)).Select(o => o.Id));
    }

    [Theory]
    [EachDatabase]
    public async Task Another_clients_order_does_not_exist(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var theirs = await plum.HasOrderAsync(await plum.HasRecipientAsync(nord));
        var orders = plum.Get<OrderService>();

        foreach (
            var by in new[]
            {
                PlumDatabase.Bound(acme, Role.Agent),
                PlumDatabase.Agent with
                {
                    PartnerId = Guid.NewGuid(),
                },
                PlumDatabase.Person("Pat", Role.Partner),
            }
        )
        {
            Assert.Equal(0, (await orders.ListAsync(new(new("GFT-10001")), by, default)).Total);
            Assert.Equal(0, (await orders.ListAsync(new(new(ClientId: nord.Id)), by, default)).Total);
            Assert.Null(await orders.ViewAsync(theirs.Id, by, default));
            Assert.Empty(await orders.FindAsync("jane", nord.Id, theirs.RecipientId, 10, by, default));
        }
    }
}
