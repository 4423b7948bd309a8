using System.Text.Json;
using Plum.Data.Home;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Home;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Home;

public class HomeServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task Each_figure_counts_what_its_link_opens(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasUserAsync("Ana");
        var first = await plum.HasTicketAsync();
        Assert.IsType<Outcome.Done>(await plum.Get<TicketService>().TakeNextAsync(new TakeNextTicket(), ana, default));
        await plum.HasTicketAsync(subject: "Second");
        plum.Clock.Advance(TimeSpan.FromDays(2));

        var shown = await plum.Get<HomeService>().TicketsAsync(HomeFigures.Desk, HomeFigures.MyQueue, "UTC", ana, default);

        Assert.Equal([first.Id], shown.Next.Select(r => r.Id));
        foreach (var (figure, count) in shown.Figures)
        {
            var opened = await plum.Get<TicketQueueService>()
                .PageAsync(new TicketQueueQuery("all", TicketFilterText.Write(figure.Filter), ZoneId: "UTC"), ana, default);
            Assert.Equal((figure.Name, opened!.Total), (figure.Name, count));
        }

        Assert.Equal(1, shown.Figures.Single(f => f.Figure.Name == "Nobody's yet").Count);
        Assert.Equal(1, shown.Figures.Single(f => f.Figure.Name == "Mine to move").Count);
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_is_shown_what_belongs_to_another_client(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await plum.HasTicketAsync(nord);
        var home = plum.Get<HomeService>();
        var bound = PlumDatabase.Bound(acme, Role.OpsLead);

        var shown = await home.TicketsAsync(HomeFigures.Backlog, new TicketFilter { Open = true }, "UTC", bound, default);

        Assert.All(shown.Figures, f => Assert.Equal(0, f.Count));
        Assert.Empty(shown.Next);
        Assert.All(await home.AgesAsync("UTC", bound, default), a => Assert.Equal(0, a.Count));
        Assert.Empty(await home.SpikesAsync("UTC", bound, default));
    }

    [Theory]
    [EachDatabase]
    public async Task A_supplier_whose_failures_have_doubled_is_named_with_the_tickets_behind_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var order = await plum.HasOrderAsync();
        for (var i = 0; i < 6; i++)
        {
            await plum.HasTicketOfRecipientAsync(await RecipientOfAsync(order), $"Not working {i}", order);
        }

        var spike = Assert.Single(await plum.Get<HomeService>().SpikesAsync("UTC", PlumDatabase.Lead, default));

        Assert.Equal(("Voucher not received", "GIFTCO Limited", 6, 0m), (spike.Category, spike.Supplier, spike.ThisWeek, spike.Usual));
        var opened = await plum.Get<TicketQueueService>()
            .PageAsync(new TicketQueueQuery("all", TicketFilterText.Write(spike.Filter), ZoneId: "UTC"), PlumDatabase.Lead, default);
        Assert.Equal(6, opened!.Total);

        async Task<Domain.Orders.Recipient> RecipientOfAsync(Domain.Orders.Order of)
        {
            await using var db = plum.Peek();
            return db.Recipients.Single(r => r.Id == of.RecipientId);
        }
    }

    [Fact]
    public async Task What_prerendering_read_survives_the_way_to_the_circuit()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ana = await plum.HasUserAsync("Ana");
        await plum.HasTicketAsync();
        var shown = await plum.Get<HomeService>().TicketsAsync(HomeFigures.Backlog, new TicketFilter { Open = true }, "UTC", ana, default);

        var there = JsonSerializer.Deserialize<HomeTickets>(
            JsonSerializer.Serialize(shown, JsonSerializerOptions.Web),
            JsonSerializerOptions.Web
        )!;

        Assert.Equal(shown.Next, there.Next);
        Assert.Equal(shown.AtUtc, there.AtUtc);
        Assert.Equal(
            shown.Figures.Select(f => (f.Figure.Name, TicketFilterText.Line(f.Figure.Filter), f.Count)),
            there.Figures.Select(f => (f.Figure.Name, TicketFilterText.Line(f.Figure.Filter), f.Count))
        );
    }

    [Fact]
    public void Every_role_is_shown_something_that_it_may_open()
    {
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Partner))
        {
            Assert.NotEmpty(HomeParts.For(PlumDatabase.Person(role.ToString(), role)));
        }

        Assert.Equal([HomePart.Desk], HomeParts.For(PlumDatabase.Agent));
        Assert.Equal([HomePart.Reports, HomePart.Complaints], HomeParts.For(PlumDatabase.Person("Eva", Role.Executive)));
        Assert.Equal(
            [HomePart.Approvals, HomePart.Backlog, HomePart.Deliveries, HomePart.Spikes, HomePart.Desk, HomePart.Reports, HomePart.Jobs],
            HomeParts.For(PlumDatabase.Lead)
        );
    }
}
