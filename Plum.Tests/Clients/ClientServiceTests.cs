using Microsoft.EntityFrameworkCore;
using Plum.Data.Clients;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Clients;

public class ClientServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_registered_client_is_viewed_by_its_code_in_any_case(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (calendar, policy) = (await plum.HasCalendarAsync(), await plum.HasPolicyAsync());
        var clients = plum.Get<ClientService>();

        var outcome = await clients.RegisterAsync(
            new(" nord ", " Nordbank ", "Europe/Oslo", calendar.Id, policy.Id),
            PlumDatabase.Lead,
            default
        );

        Assert.Equal(new Outcome.Done("NORD"), outcome);
        var view = (await clients.ViewAsync("Nord", PlumDatabase.Agent, default))!;
        Assert.Equal(
            ("NORD", "Nordbank", "Europe/Oslo", "ALWAYS", "STANDARD", ReportCadence.Monthly, true, 0),
            (view.Code, view.Name, view.TimeZoneId, view.CalendarName, view.PolicyName, view.Cadence, view.IsActive, view.Version)
        );
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal(("Client registered", "NORD", (Guid?)view.Id, "Lea Lead"), (line.What, line.Subject, line.ClientId, line.Who));
        Assert.StartsWith("""{"name":"Nordbank","timeZone":"Europe/Oslo","calendar":"ALWAYS",""", line.After, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task Changing_the_terms_writes_down_only_what_changed(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();

        var outcome = await plum.Get<ClientService>()
            .ChangeAsync(
                Change(client) with
                {
                    Name = "Acme Worldwide",
                    AccountTeamEmail = " team@plum.example ",
                    RepeatWindowDays = 45,
                    IsActive = false,
                },
                PlumDatabase.Lead,
                default
            );

        Assert.Equal(new Outcome.Done("ACME"), outcome);
        await using var db = plum.Peek();
        var saved = await db.Clients.SingleAsync();
        Assert.Equal(
            ("Acme Worldwide", "team@plum.example", 45, 14, false, 1),
            (saved.Name, saved.AccountTeamEmail, saved.RepeatWindowDays, saved.ReopenWindowDays, saved.IsActive, saved.Version)
        );
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal("Client switched off", line.What);
        Assert.Equal("""{"name":"ACME Corporation","accountTeamEmail":null,"repeatWindowDays":30,"isActive":true}""", line.Before);
        Assert.Equal(
            """{"name":"Acme Worldwide","accountTeamEmail":"team@plum.example","repeatWindowDays":45,"isActive":false}""",
            line.After
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Another_calendar_has_the_open_tickets_of_this_client_reckoned_again_and_no_others(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var (open, done, theirs) = (await plum.HasTicketAsync(acme), await plum.HasTicketAsync(acme), await plum.HasTicketAsync(nord));
        await plum.Get<TicketService>().MoveAsync(new(done.Id, done.Version, Dispositions.Resolved), PlumDatabase.Lead, default);
        var other = await plum.HasCalendarAsync("OTHER");
        plum.Clock.Advance(TimeSpan.FromMinutes(1));

        await plum.Get<ClientService>().ChangeAsync(Change(acme) with { CalendarId = other.Id }, PlumDatabase.Lead, default);

        await using var db = plum.Peek();
        Assert.Equal([open.Id], await db.Tickets.Where(t => t.SlaCheckAtUtc == plum.Now).Select(t => t.Id).ToListAsync());
        Assert.Equal(theirs.SlaCheckAtUtc, (await db.Tickets.SingleAsync(t => t.Id == theirs.Id)).SlaCheckAtUtc);
        Assert.Equal(
            ("""{"calendar":"ALWAYS"}""", """{"calendar":"OTHER"}"""),
            await db.AuditEntries.Where(a => a.Room == "Clients").Select(a => ValueTuple.Create(a.Before!, a.After!)).SingleAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Agreed_benchmarks_replace_those_agreed_before(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var clients = plum.Get<ClientService>();
        await clients.AgreeBenchmarksAsync(
            new(client.Id, 0, new Dictionary<string, decimal> { ["sla.adherence"] = 95m, ["csat.satisfied"] = 90m }),
            PlumDatabase.Lead,
            default
        );

        var outcome = await clients.AgreeBenchmarksAsync(
            new(client.Id, 1, new Dictionary<string, decimal> { ["sla.adherence"] = 97.5m }),
            PlumDatabase.Lead,
            default
        );

        Assert.Equal(new Outcome.Done("ACME"), outcome);
        Assert.Equal(
            [("sla.adherence", 97.5m)],
            (await clients.ViewAsync("ACME", PlumDatabase.Lead, default))!.Benchmarks.Select(b => (b.Key, b.Value))
        );
        await using var db = plum.Peek();
        var line = await db.AuditEntries.OrderBy(a => a.Id).LastAsync();
        Assert.Equal(
            ("Benchmarks agreed", """{"sla.adherence":95,"csat.satisfied":90}""", """{"sla.adherence":97.5,"csat.satisfied":null}"""),
            (line.What, line.Before!, line.After!)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var clients = plum.Get<ClientService>();
        await clients.ChangeAsync(Change(client) with { Name = "Theirs" }, PlumDatabase.Lead, default);

        var changed = await clients.ChangeAsync(Change(client) with { Name = "Mine" }, PlumDatabase.Lead, default);
        var agreed = await clients.AgreeBenchmarksAsync(new(client.Id, 0, new Dictionary<string, decimal>()), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(changed);
        Assert.IsType<Outcome.Stale>(agreed);
        await using var db = plum.Peek();
        Assert.Equal("Theirs", (await db.Clients.SingleAsync()).Name);
        Assert.Equal(1, await db.AuditEntries.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Of_two_people_who_save_at_the_same_instant_one_wins_and_the_other_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(() =>
                        plum.Get<ClientService>().ChangeAsync(Change(client) with { Name = $"Name {i}" }, PlumDatabase.Lead, default)
                    )
                )
        );

        Assert.Single(outcomes.OfType<Outcome.Done>());
        Assert.Equal(5, outcomes.OfType<Outcome.Stale>().Count());
        await using var db = plum.Peek();
        Assert.Equal(1, await db.AuditEntries.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_code_in_use_is_refused_in_any_case_and_in_a_race(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var clients = plum.Get<ClientService>();
        var register = new RegisterClient("acme", "Another", "UTC", client.CalendarId, client.SlaPolicyId);

        var taken = await clients.RegisterAsync(register, PlumDatabase.Lead, default);
        var race = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => Task.Run(() => clients.RegisterAsync(register with { Code = "NORD" }, PlumDatabase.Lead, default)))
        );

        Assert.Equal(new Outcome.Refused(ClientRefusals.Taken("ACME")), taken);
        Assert.Single(race.OfType<Outcome.Done>());
        Assert.Equal(Enumerable.Repeat(new Outcome.Refused(ClientRefusals.Taken("NORD")), 5), race.OfType<Outcome.Refused>());
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var clients = plum.Get<ClientService>();
        var register = new RegisterClient("NORD", "Nordbank", "UTC", client.CalendarId, client.SlaPolicyId);
        var change = Change(client);

        foreach (
            var (wrong, code, field) in new (RegisterClient, string, string)[]
            {
                (register with { Code = "" }, "shared.missing", "Code"),
                (register with { Code = "NØRD" }, "client.code-form", "Code"),
                (register with { Code = "NEW" }, "client.code-taken-by-page", "Code"),
                (register with { Code = new string('X', Client.CodeMaxLength + 1) }, "shared.too-long", "Code"),
                (register with { Name = " " }, "shared.missing", "Name"),
                (register with { TimeZoneId = "Mars/Olympus" }, "client.time-zone", "TimeZoneId"),
                (register with { TimeZoneId = "" }, "client.no-time-zone", "TimeZoneId"),
                (register with { CalendarId = Guid.NewGuid() }, "client.calendar", "CalendarId"),
                (register with { SlaPolicyId = Guid.NewGuid() }, "client.policy", "SlaPolicyId"),
            }
        )
        {
            var why = Assert.IsType<Outcome.Refused>(await clients.RegisterAsync(wrong, PlumDatabase.Lead, default)).Why;
            Assert.Equal((code, field), (why.Code, why.Field));
        }

        foreach (
            var (wrong, code, field) in new (ChangeClient, string, string)[]
            {
                (change with { Name = new string('x', Client.NameMaxLength + 1) }, "shared.too-long", "Name"),
                (change with { TimeZoneId = "Nowhere" }, "client.time-zone", "TimeZoneId"),
                (change with { Cadence = (ReportCadence)9 }, "client.cadence", "Cadence"),
                (change with { AccountTeamEmail = "a@b\r\nBcc: x@y" }, "shared.email", "AccountTeamEmail"),
                (change with { RepeatWindowDays = 0 }, "client.repeat-window", "RepeatWindowDays"),
                (change with { ReopenWindowDays = 366 }, "client.reopen-window", "ReopenWindowDays"),
                (change with { CalendarId = Guid.NewGuid() }, "client.calendar", "CalendarId"),
                (change with { SlaPolicyId = Guid.NewGuid() }, "client.policy", "SlaPolicyId"),
            }
        )
        {
            var why = Assert.IsType<Outcome.Refused>(await clients.ChangeAsync(wrong, PlumDatabase.Lead, default)).Why;
            Assert.Equal((code, field), (why.Code, why.Field));
        }

        var benchmark = await clients.AgreeBenchmarksAsync(
            new(client.Id, 0, new Dictionary<string, decimal> { ["csat.satisfied"] = -1 }),
            PlumDatabase.Lead,
            default
        );
        Assert.Equal("csat.satisfied", Assert.IsType<Outcome.Refused>(benchmark).Why.Field);
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_change_clients_is_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var clients = plum.Get<ClientService>();
        var register = new RegisterClient("NORD", "Nordbank", "UTC", client.CalendarId, client.SlaPolicyId);
        var notAllowed = new Outcome.Refused(Refusals.NotAllowed(Act.EditClients));

        Assert.Equal(notAllowed, await clients.RegisterAsync(register, PlumDatabase.Agent, default));
        Assert.Equal(notAllowed, await clients.ChangeAsync(Change(client), PlumDatabase.Agent, default));
        Assert.Equal(
            notAllowed,
            await clients.AgreeBenchmarksAsync(new(client.Id, 0, new Dictionary<string, decimal>()), PlumDatabase.Agent, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.SharedByAll),
            await clients.RegisterAsync(register, PlumDatabase.Bound(client, Role.OpsLead), default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Another_client_does_not_exist(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var bound = PlumDatabase.Bound(acme, Role.OpsLead);
        var partner = PlumDatabase.Lead with { PartnerId = Guid.NewGuid() };
        var clients = plum.Get<ClientService>();
        var notFound = new Outcome.Refused(Refusals.NotFound);

        Assert.Equal(["ACME"], (await clients.ListAsync(new(), bound, default)).Rows.Select(c => c.Code));
        Assert.Equal(["ACME"], (await clients.FindAsync(null, 10, bound, default)).Select(c => c.Code));
        Assert.Null(await clients.ViewAsync("NORD", bound, default));
        Assert.Null(await clients.FiguresAsync(nord.Id, plum.Now, bound, default));
        Assert.Equal(notFound, await clients.ChangeAsync(Change(nord) with { Name = "Mine" }, bound, default));
        Assert.Equal(notFound, await clients.AgreeBenchmarksAsync(new(nord.Id, 0, new Dictionary<string, decimal>()), bound, default));
        Assert.Equal(0, (await clients.ListAsync(new(), partner, default)).Total);
        Assert.Null(await clients.ViewAsync("ACME", partner, default));
    }

    [Theory]
    [EachDatabase]
    public async Task A_client_that_does_not_exist_is_not_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();

        var outcome = await plum.Get<ClientService>().ChangeAsync(Change(client) with { Id = Guid.NewGuid() }, PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Refused(Refusals.NotFound), outcome);
        Assert.Null(await plum.Get<ClientService>().ViewAsync("NONE", PlumDatabase.Lead, default));
    }

    private static ChangeClient Change(Client client) =>
        new(
            client.Id,
            client.Version,
            client.Name,
            client.TimeZoneId,
            client.CalendarId,
            client.SlaPolicyId,
            client.Cadence,
            client.AccountTeamEmail,
            client.RepeatWindowDays,
            client.ReopenWindowDays,
            client.IsActive
        );
}
