using Plum.Data.Search;
using Plum.Domain.Access;
using Plum.Domain.Search;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Search;

public class SearchServiceTests
{
    private static Task<SearchResult> FindAsync(PlumDatabase plum, string typed, Actor? by = null) =>
        plum.Get<SearchService>().FindAsync(SearchTerm.Parse(typed), by ?? PlumDatabase.Agent, default);

    [Theory]
    [EachDatabase]
    public async Task A_ticket_is_found_by_its_reference_and_by_its_bare_number(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        await plum.HasTicketAsync(subject: "Another");

        foreach (var typed in (string[])[$"PLM-{ticket.Id}", $"plm {ticket.Id}", $"{ticket.Id}"])
        {
            var hit = Assert.Single((await FindAsync(plum, typed)).Tickets);
            Assert.Equal((ticket.Id, "My voucher never came", "ACME"), (hit.Id, hit.Subject, hit.ClientCode));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_recipient_is_found_by_the_beginning_of_their_address_with_their_tickets(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var jane = await plum.HasRecipientAsync();
        await plum.HasRecipientAsync(name: "John Smith", email: "john@acme.example", phone: null);
        var ticket = await plum.HasTicketOfRecipientAsync(jane);

        var found = await FindAsync(plum, "Jane@AC");

        var hit = Assert.Single(found.Recipients);
        Assert.Equal(
            ("Jane Okafor", "jane@acme.example", "+447700900123", "ACME", 1),
            (hit.Name, hit.Email, hit.Phone, hit.ClientCode, hit.OpenTickets)
        );
        Assert.Equal([ticket.Id], found.Tickets.Select(t => t.Id));
    }

    [Theory]
    [EachDatabase]
    public async Task A_recipient_is_found_by_their_phone_in_any_spelling(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var jane = await plum.HasRecipientAsync();
        await plum.HasRecipientAsync(name: "Of the same last digits", email: null, phone: "+4915700900123");

        foreach (
            var typed in (string[])["+447700900123", "+44 (0)7700 900123", "0044 7700 900 123", "07700 900123", "447700900123", "+4477"]
        )
        {
            Assert.Equal([jane.Id], (await FindAsync(plum, typed)).Recipients.Select(r => r.Id));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task An_order_is_found_by_the_last_digits_of_its_voucher(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var order = await plum.HasOrderAsync(voucher: "XK4P-99QT-7731");
        await plum.HasOrderAsync(voucher: "XK4P-99QT-7732");

        foreach (var typed in (string[])["7731", "****-7731", "xk4p-99qt-7731"])
        {
            var hit = Assert.Single((await FindAsync(plum, typed)).Orders);
            Assert.Equal((order.Id, "7731", "Jane Okafor"), (hit.Id, hit.VoucherLast4, hit.Recipient));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_client_is_found_by_its_code_and_by_any_part_of_its_name(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasClientAsync("NORD", "Nordbank AG");
        await plum.HasClientAsync("ACME", "Acme Corporation");

        foreach (var typed in (string[])["nord", "BANK", "NORDBANK AG"])
        {
            Assert.Equal([new ClientHit("NORD", "Nordbank AG", true)], (await FindAsync(plum, typed)).Clients);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_typed_is_never_a_wildcard(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasRecipientAsync(email: "jane_okafor@acme.example");
        await plum.HasRecipientAsync(email: "janexokafor@acme.example", phone: null);

        Assert.Equal("jane_okafor@acme.example", Assert.Single((await FindAsync(plum, "jane_okafor@")).Recipients).Email);
        Assert.Empty((await FindAsync(plum, "%@")).Recipients);
    }

    [Theory]
    [EachDatabase]
    public async Task Somebody_of_one_client_finds_nothing_of_another(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var nord = await plum.HasClientAsync("NORD", "Nordbank");
        var theirs = await plum.HasRecipientAsync(nord, "Nora Nord", "nora@nord.example", "+4915112345678");
        var order = await plum.HasOrderAsync(theirs, voucher: "AAAA-BBBB-4242");
        var ticket = await plum.HasTicketOfRecipientAsync(theirs);
        string[] handles =
        [
            $"PLM-{ticket.Id}",
            $"GFT-{order.Id}",
            "nora@nord.example",
            "+4915112345678",
            "015112345678",
            "4242",
            "Nora",
            "NORD",
        ];

        foreach (var typed in handles)
        {
            Assert.True((await FindAsync(plum, typed, PlumDatabase.Bound(acme, Role.SeniorAgent))).IsNothing, typed);
            Assert.False((await FindAsync(plum, typed, PlumDatabase.Bound(nord, Role.SeniorAgent))).IsNothing, typed);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_finds_what_their_role_may_not_open(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var jane = await plum.HasRecipientAsync();
        var ticket = await plum.HasTicketOfRecipientAsync(jane);
        await plum.HasOrderAsync(jane);

        Assert.Empty((await FindAsync(plum, "jane@acme.example", PlumDatabase.Person("Eva", Role.Executive))).Recipients);
        Assert.Empty((await FindAsync(plum, "7731", PlumDatabase.Person("Eva", Role.Executive))).Orders);
        Assert.True((await FindAsync(plum, $"PLM-{ticket.Id}", PlumDatabase.Person("Ada", Role.Administrator))).IsNothing);
        Assert.True(
            (await FindAsync(plum, "ACME", PlumDatabase.Person("Pat", Role.Partner) with { PartnerId = Guid.NewGuid() })).IsNothing
        );
    }

    [Theory]
    [EachDatabase]
    public async Task No_group_is_longer_than_eight(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        for (var i = 0; i < 12; i++)
        {
            await plum.HasRecipientAsync(name: $"Jane {i}", email: $"jane{i}@acme.example", phone: null);
        }

        Assert.Equal(SearchService.MostPerGroup, (await FindAsync(plum, "jane")).Recipients.Count);
    }
}
