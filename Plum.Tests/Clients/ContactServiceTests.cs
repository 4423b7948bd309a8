using Microsoft.EntityFrameworkCore;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Clients;

public class ContactServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_contact_is_added_changed_and_removed_and_the_audit_keeps_no_address(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var contacts = plum.Get<ContactService>();

        Assert.IsType<Outcome.Done>(await contacts.AddAsync(Jane(client), PlumDatabase.Lead, default));
        var row = Assert.Single(await contacts.ListAsync(client.Id, PlumDatabase.Agent, default));
        Assert.IsType<Outcome.Done>(
            await contacts.ChangeAsync(new(row.Id, 0, row.Name, "CFO", "joan@acme.example", null), PlumDatabase.Lead, default)
        );
        Assert.Equal(
            row with
            {
                Position = "CFO",
                Email = "joan@acme.example",
                Phone = null,
                Version = 1,
            },
            Assert.Single(await contacts.ListAsync(client.Id, PlumDatabase.Agent, default))
        );
        Assert.IsType<Outcome.Done>(await contacts.RemoveAsync(new(row.Id, 1), PlumDatabase.Lead, default));

        Assert.Empty(await contacts.ListAsync(client.Id, PlumDatabase.Agent, default));
        await using var db = plum.Peek();
        Assert.Equal(
            [
                """Contact added -> {"name":"J… R…","position":"Buyer","email":"j…@acme.example","phone":"…456"}""",
                """Contact changed {"position":"Buyer","email":"j…@acme.example","phone":"…456"} -> {"position":"CFO","email":"j…@acme.example","phone":null}""",
                """Contact removed {"name":"J… R…","position":"CFO","email":"j…@acme.example","phone":null} ->""",
            ],
            (await db.AuditEntries.OrderBy(a => a.Id).ToListAsync()).Select(a =>
                $"{a.What} {a.Before} -> {a.After}".Replace("  ", " ").Trim()
            )
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_address_twice_is_refused_in_any_case_and_in_a_race(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var contacts = plum.Get<ContactService>();

        var race = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => contacts.AddAsync(Jane(client), PlumDatabase.Lead, default)))
        );
        await contacts.AddAsync(Jane(client) with { Email = "other@acme.example" }, PlumDatabase.Lead, default);
        var other = (await contacts.ListAsync(client.Id, PlumDatabase.Lead, default)).Single(c => c.Email == "other@acme.example");
        var changed = await contacts.ChangeAsync(new(other.Id, 0, "Jane", null, "JANE@acme.example", null), PlumDatabase.Lead, default);

        Assert.Single(race.OfType<Outcome.Done>());
        Assert.Equal(Enumerable.Repeat(new Outcome.Refused(ContactRefusals.Taken(Jane(client).Email)), 5), race.OfType<Outcome.Refused>());
        Assert.Equal(new Outcome.Refused(ContactRefusals.Taken("JANE@acme.example")), changed);
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var contacts = plum.Get<ContactService>();
        await contacts.AddAsync(Jane(client), PlumDatabase.Lead, default);
        var row = Assert.Single(await contacts.ListAsync(client.Id, PlumDatabase.Lead, default));

        foreach (
            var (wrong, code, field) in new (AddContact, string, string)[]
            {
                (Jane(client) with { Name = "" }, "shared.missing", "Name"),
                (Jane(client) with { Position = new string('x', Contact.PositionMaxLength + 1) }, "shared.too-long", "Position"),
                (Jane(client) with { Email = "" }, "shared.missing", "Email"),
                (Jane(client) with { Email = "jane" }, "shared.email", "Email"),
                (Jane(client) with { Phone = new string('1', Contact.PhoneMaxLength + 1) }, "shared.too-long", "Phone"),
            }
        )
        {
            var added = Assert.IsType<Outcome.Refused>(await contacts.AddAsync(wrong, PlumDatabase.Lead, default)).Why;
            var changed = Assert
                .IsType<Outcome.Refused>(
                    await contacts.ChangeAsync(
                        new(row.Id, 0, wrong.Name, wrong.Position, wrong.Email, wrong.Phone),
                        PlumDatabase.Lead,
                        default
                    )
                )
                .Why;
            Assert.Equal((code, field), (added.Code, added.Field));
            Assert.Equal((code, field), (changed.Code, changed.Field));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var contacts = plum.Get<ContactService>();
        await contacts.AddAsync(Jane(client), PlumDatabase.Lead, default);
        var row = Assert.Single(await contacts.ListAsync(client.Id, PlumDatabase.Lead, default));
        await contacts.ChangeAsync(new(row.Id, 0, "Theirs", null, row.Email, null), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(await contacts.ChangeAsync(new(row.Id, 0, "Mine", null, row.Email, null), PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Stale>(await contacts.RemoveAsync(new(row.Id, 0), PlumDatabase.Lead, default));
        await using var db = plum.Peek();
        Assert.Equal(2, await db.AuditEntries.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Rights_and_the_bounds_of_a_client_hold(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var contacts = plum.Get<ContactService>();
        await contacts.AddAsync(Jane(nord), PlumDatabase.Lead, default);
        var theirs = Assert.Single(await contacts.ListAsync(nord.Id, PlumDatabase.Lead, default));
        var bound = PlumDatabase.Bound(acme, Role.OpsLead);

        foreach (var (by, why) in new[] { (PlumDatabase.Agent, Refusals.NotAllowed(Act.EditClients)), (bound, Refusals.NotFound) })
        {
            Assert.Equal(new Outcome.Refused(why), await contacts.AddAsync(Jane(nord), by, default));
            Assert.Equal(
                new Outcome.Refused(why),
                await contacts.ChangeAsync(new(theirs.Id, 0, "Mine", null, "x@y.example", null), by, default)
            );
            Assert.Equal(new Outcome.Refused(why), await contacts.RemoveAsync(new(theirs.Id, 0), by, default));
        }

        Assert.Empty(await contacts.ListAsync(nord.Id, bound, default));
        Assert.Empty(await contacts.ListAsync(nord.Id, PlumDatabase.Person("Pat", Role.Partner), default));
    }

    private static AddContact Jane(Client client) => new(client.Id, "Jane Roe", "Buyer", "jane@acme.example", "+47 123 456");
}
