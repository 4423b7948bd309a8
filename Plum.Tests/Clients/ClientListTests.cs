using Microsoft.EntityFrameworkCore;
using Plum.Data.Clients;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Clients;

public class ClientListTests
{
    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_see_clients_sees_none(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var nobody = PlumDatabase.Person("Pat Partner", Role.Partner);
        var clients = plum.Get<ClientService>();

        Assert.Equal(0, (await clients.ListAsync(new(), nobody, default)).Total);
        Assert.Empty(await clients.FindAsync(null, 10, nobody, default));
        Assert.Null(await clients.ViewAsync("ACME", nobody, default));
        Assert.Null(await clients.FiguresAsync(client.Id, plum.Now, nobody, default));
        Assert.Empty(await clients.ListCalendarsAsync(nobody, default));
        Assert.Empty(await clients.ListPoliciesAsync(nobody, default));
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_sorted_searched_and_paged(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME", "Zenith Works", "Asia/Tokyo");
        await plum.HasClientAsync("NORD", "nordbank_AS", "Europe/Oslo");
        await plum.HasClientAsync("BETA", "Beta", "Europe/Oslo");
        await plum.HasProgrammeAsync(acme);
        await plum.HasTicketAsync(acme);
        var clients = plum.Get<ClientService>();

        async Task<string> ListAsync(ClientListQuery query)
        {
            var page = await clients.ListAsync(query, PlumDatabase.Lead, default);
            return $"{page.Total}: {string.Join(' ', page.Rows.Select(r => r.Code))}";
        }

        Assert.Equal("3: BETA NORD ACME", await ListAsync(new()));
        Assert.Equal("3: NORD BETA ACME", await ListAsync(new(Sort: ClientSort.Code, Descending: true)));
        Assert.Equal("3: ACME BETA NORD", await ListAsync(new(Sort: ClientSort.TimeZone)));
        Assert.Equal("3: NORD", await ListAsync(new(Skip: 1, Take: 1)));
        Assert.Equal("1: NORD", await ListAsync(new(Search: "BANK_a")));
        Assert.Equal("1: BETA", await ListAsync(new(Search: "bet")));
        Assert.Equal("0: ", await ListAsync(new(Active: false)));
        var row = (await clients.ListAsync(new(Search: "zenith"), PlumDatabase.Lead, default)).Rows.Single();
        Assert.Equal((1, 1, "ALWAYS", "STANDARD"), (row.Programmes, row.OpenTickets, row.CalendarName, row.PolicyName));
    }

    [Theory]
    [EachDatabase]
    public async Task The_figures_count_what_belongs_to_the_client(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await plum.HasTicketAsync(acme);
        plum.Clock.Advance(TimeSpan.FromDays(31));
        var oldest = plum.Now;
        await plum.HasTicketAsync(nord);
        var done = await plum.HasTicketAsync(acme);
        await plum.Get<TicketService>().MoveAsync(new(done.Id, done.Version, Dispositions.Resolved), PlumDatabase.Lead, default);
        await plum.HasOrderAsync(await plum.HasRecipientAsync(acme));
        await plum.HasOrderAsync(await plum.HasRecipientAsync(nord));
        await using (var db = plum.Peek())
        {
            await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, OrderStatus.DeliveryFailed));
        }

        var figures = await plum.Get<ClientService>().FiguresAsync(acme.Id, plum.Now.AddDays(-30), PlumDatabase.Lead, default);

        Assert.Equal(
            new ClientFigures(
                OpenTickets: 1,
                UnownedTickets: 1,
                PastDueTickets: 1,
                OldestOpenUtc: oldest.AddDays(-31),
                TicketsSince: 1,
                TicketsBefore: 1,
                OrdersSince: 1,
                FailedDeliveries: 1,
                Recipients: 1,
                ActiveProgrammes: 1
            ),
            figures
        );
    }
}
