using Microsoft.EntityFrameworkCore;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Clients;

public class ProgrammeServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_programme_is_started_changed_and_switched_off_each_with_its_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var programmes = plum.Get<ProgrammeService>();

        var started = await programmes.StartAsync(Summer(client), PlumDatabase.Lead, default);
        var row = (await programmes.ListAsync(new(client.Id), PlumDatabase.Agent, default)).Rows.Single();
        var changed = await programmes.ChangeAsync(
            new(row.Id, 0, "Summer 2026", "EUR", DeliveryChannel.Sms, true),
            PlumDatabase.Lead,
            default
        );
        var off = await programmes.ChangeAsync(
            new(row.Id, 1, "Summer 2026", "EUR", DeliveryChannel.Sms, false),
            PlumDatabase.Lead,
            default
        );

        Assert.Equal([new Outcome.Done("SUMMER"), new Outcome.Done("SUMMER"), new Outcome.Done("SUMMER")], [started, changed, off]);
        Assert.Equal(
            new ProgrammeRow(row.Id, client.Id, "SUMMER", "Summer 2026", "EUR", DeliveryChannel.Sms, false, 2),
            (await programmes.ListAsync(new(client.Id), PlumDatabase.Agent, default)).Rows.Single()
        );
        Assert.Empty(await programmes.FindAsync("summer", client.Id, 10, PlumDatabase.Agent, default));
        await using var db = plum.Peek();
        Assert.Equal(
            [
                """ACME/SUMMER Programme started - {"name":"Summer","currency":"GBP","defaultChannel":"Email","isActive":true}""",
                """ACME/SUMMER Programme changed {"name":"Summer","currency":"GBP","defaultChannel":"Email"} {"name":"Summer 2026","currency":"EUR","defaultChannel":"Sms"}""",
                """ACME/SUMMER Programme switched off {"isActive":true} {"isActive":false}""",
            ],
            (await db.AuditEntries.OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Subject} {a.What} {a.Before ?? "-"} {a.After}")
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_currency_stays_once_orders_were_placed_in_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        await plum.HasOrderAsync(await plum.HasRecipientAsync(client));
        var row = (await plum.Get<ProgrammeService>().ListAsync(new(client.Id), PlumDatabase.Lead, default)).Rows.Single();

        var outcome = await plum.Get<ProgrammeService>()
            .ChangeAsync(new(row.Id, row.Version, row.Name, "EUR", row.DefaultChannel, true), PlumDatabase.Lead, default);

        Assert.Equal(1, row.Orders);
        Assert.Equal(new Outcome.Refused(ProgrammeRefusals.CurrencyInUse("GBP")), outcome);
    }

    [Theory]
    [EachDatabase]
    public async Task A_code_is_taken_within_its_client_only_and_in_a_race_too(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var programmes = plum.Get<ProgrammeService>();
        await plum.HasProgrammeAsync(acme);

        Assert.Equal(
            new Outcome.Refused(ProgrammeRefusals.Taken("SUMMER")),
            await programmes.StartAsync(Summer(acme) with { Code = "summer" }, PlumDatabase.Lead, default)
        );
        var race = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => programmes.StartAsync(Summer(nord), PlumDatabase.Lead, default)))
        );
        Assert.Single(race.OfType<Outcome.Done>());
        Assert.Equal(Enumerable.Repeat(new Outcome.Refused(ProgrammeRefusals.Taken("SUMMER")), 5), race.OfType<Outcome.Refused>());
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var programme = await plum.HasProgrammeAsync(client);
        var programmes = plum.Get<ProgrammeService>();
        var start = Summer(client) with { Code = "OTHER" };

        foreach (
            var (wrong, code, field) in new (StartProgramme, string, string)[]
            {
                (start with { Code = "" }, "shared.missing", "Code"),
                (start with { Code = "A B" }, "programme.code-form", "Code"),
                (start with { Code = new string('X', Programme.CodeMaxLength + 1) }, "shared.too-long", "Code"),
                (start with { Name = "" }, "shared.missing", "Name"),
                (start with { Currency = "XXX" }, "programme.currency", "Currency"),
                (start with { Currency = "" }, "programme.no-currency", "Currency"),
                (start with { DefaultChannel = (DeliveryChannel)9 }, "programme.channel", "DefaultChannel"),
            }
        )
        {
            var why = Assert.IsType<Outcome.Refused>(await programmes.StartAsync(wrong, PlumDatabase.Lead, default)).Why;
            Assert.Equal((code, field), (why.Code, why.Field));
        }

        var changed = await programmes.ChangeAsync(
            new(programme.Id, 0, "", "GBP", DeliveryChannel.Email, true),
            PlumDatabase.Lead,
            default
        );
        Assert.Equal("Name", Assert.IsType<Outcome.Refused>(changed).Why.Field);
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var programme = await plum.HasProgrammeAsync(await plum.HasClientAsync());
        var programmes = plum.Get<ProgrammeService>();
        var change = new ChangeProgramme(programme.Id, 0, "Theirs", "GBP", DeliveryChannel.Email, true);
        await programmes.ChangeAsync(change, PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(await programmes.ChangeAsync(change with { Name = "Mine" }, PlumDatabase.Lead, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Rights_and_the_bounds_of_a_client_hold(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var theirs = await plum.HasProgrammeAsync(nord);
        var bound = PlumDatabase.Bound(acme, Role.OpsLead);
        var programmes = plum.Get<ProgrammeService>();
        var change = new ChangeProgramme(theirs.Id, 0, "Mine", "GBP", DeliveryChannel.Email, true);
        var notAllowed = new Outcome.Refused(Refusals.NotAllowed(Act.EditClients));

        Assert.Equal(notAllowed, await programmes.StartAsync(Summer(nord), PlumDatabase.Agent, default));
        Assert.Equal(notAllowed, await programmes.ChangeAsync(change, PlumDatabase.Agent, default));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await programmes.StartAsync(Summer(nord), bound, default));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await programmes.ChangeAsync(change, bound, default));
        Assert.Equal(0, (await programmes.ListAsync(new(), bound, default)).Total);
        Assert.Empty(await programmes.FindAsync(null, nord.Id, 10, bound, default));
        Assert.Empty(await programmes.FindAsync(null, null, 10, PlumDatabase.Person("Pat", Role.Partner), default));
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_sorted_searched_and_paged(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        await plum.HasProgrammeAsync(client, "B-2", "EUR");
        await plum.HasProgrammeAsync(client, "A-1", "GBP");
        var programmes = plum.Get<ProgrammeService>();

        async Task<string> ListAsync(ProgrammeListQuery query)
        {
            var page = await programmes.ListAsync(query, PlumDatabase.Lead, default);
            return $"{page.Total}: {string.Join(' ', page.Rows.Select(r => r.Code))}";
        }

        Assert.Equal("2: A-1 B-2", await ListAsync(new()));
        Assert.Equal("2: B-2 A-1", await ListAsync(new(Sort: ProgrammeSort.Code, Descending: true)));
        Assert.Equal("2: B-2 A-1", await ListAsync(new(Sort: ProgrammeSort.Currency)));
        Assert.Equal("2: B-2", await ListAsync(new(Skip: 1)));
        Assert.Equal("1: B-2", await ListAsync(new(Search: "b-2 OF")));
    }

    private static StartProgramme Summer(Client client) => new(client.Id, "SUMMER", "Summer", "GBP", DeliveryChannel.Email);
}
