using Microsoft.EntityFrameworkCore;
using Plum.Data.Orders;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Orders;

public class RecipientServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_recipient_is_viewed_with_orders_and_tickets(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var jane = await plum.HasRecipientAsync();
        await plum.HasOrderAsync(jane);
        plum.Clock.Advance(TimeSpan.FromDays(1));
        await plum.HasOrderAsync(jane);
        await plum.HasOrderAsync(await plum.HasRecipientAsync(name: "Other"));

        var view = (await plum.Get<RecipientService>().ViewAsync(jane.Id, PlumDatabase.Agent, default))!;

        Assert.Equal(("Jane Okafor", "ACME", "jane@acme.example", 2), (view.Name, view.ClientCode, view.Email, view.OrderCount));
        Assert.Equal(["GFT-10002", "GFT-10001"], view.Orders.Select(o => o.Reference));
        Assert.Empty(view.Tickets);
        Assert.Null(await plum.Get<RecipientService>().ViewAsync(99, PlumDatabase.Agent, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Correcting_details_keeps_no_personal_data_in_the_audit(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var jane = await plum.HasRecipientAsync();

        // Another address of the same mask: that it changed is still told.
        var outcome = await plum.Get<RecipientService>()
            .CorrectAsync(
                Correct(jane) with
                {
                    Email = " J.Okafor@acme.example ",
                    Phone = "",
                    Country = "ng",
                },
                PlumDatabase.Agent,
                default
            );

        Assert.Equal(new Outcome.Done("1"), outcome);
        await using var db = plum.Peek();
        var saved = await db.Recipients.SingleAsync();
        Assert.Equal(("j.okafor@acme.example", null, "NG", 1), (saved.Email, saved.Phone, saved.Country, saved.Version));
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal(("Recipient corrected", "recipient/1", (Guid?)jane.ClientId), (line.What, line.Subject, line.ClientId));
        Assert.Equal("""{"email":"j…@acme.example","phone":"…123","country":"GB"}""", line.Before);
        Assert.Equal("""{"email":"j…@acme.example","phone":null,"country":"NG"}""", line.After);
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var jane = await plum.HasRecipientAsync();

        foreach (
            var (wrong, code, field) in new (CorrectRecipient, string, string)[]
            {
                (Correct(jane) with { Name = "" }, "shared.missing", "Name"),
                (Correct(jane) with { Name = new string('x', Recipient.NameMaxLength + 1) }, "shared.too-long", "Name"),
                (Correct(jane) with { Email = "jane" }, "shared.email", "Email"),
                (Correct(jane) with { Email = new string('x', 250) + "@y.example" }, "shared.too-long", "Email"),
                (Correct(jane) with { Phone = "0770 900" }, "recipient.phone", "Phone"),
                (Correct(jane) with { EmployeeNumber = new string('1', 65) }, "shared.too-long", "EmployeeNumber"),
                (Correct(jane) with { Country = "GBR" }, "recipient.country", "Country"),
            }
        )
        {
            var why = Assert
                .IsType<Outcome.Refused>(await plum.Get<RecipientService>().CorrectAsync(wrong, PlumDatabase.Agent, default))
                .Why;
            Assert.Equal((code, field), (why.Code, why.Field));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Rights_versions_and_the_bounds_of_a_client_hold(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var theirs = await plum.HasRecipientAsync(nord);
        var bound = PlumDatabase.Bound(acme, Role.Agent);
        var recipients = plum.Get<RecipientService>();

        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.CorrectRecipients)),
            await recipients.CorrectAsync(Correct(theirs), PlumDatabase.Auditor, default)
        );
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await recipients.CorrectAsync(Correct(theirs), bound, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await recipients.CorrectAsync(Correct(theirs) with { Id = 99 }, PlumDatabase.Agent, default)
        );
        Assert.Null(await recipients.ViewAsync(theirs.Id, bound, default));
        Assert.Equal(0, (await recipients.ListAsync(new(ClientId: nord.Id), bound, default)).Total);
        Assert.Empty(await recipients.FindAsync("jane", nord.Id, 10, bound, default));
        Assert.Empty(await recipients.FindAsync("jane", null, 10, PlumDatabase.Person("Pat", Role.Partner), default));

        Assert.IsType<Outcome.Done>(await recipients.CorrectAsync(Correct(theirs) with { Name = "Theirs" }, PlumDatabase.Agent, default));
        Assert.IsType<Outcome.Stale>(await recipients.CorrectAsync(Correct(theirs) with { Name = "Mine" }, PlumDatabase.Agent, default));
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_sorted_searched_and_paged(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await plum.HasRecipientAsync(nord, "ann Berg", "z@nord.example", "+4790000001");
        await plum.HasRecipientAsync(acme, "Bo Ek", "y@acme.example", null, "70077");
        await plum.HasRecipientAsync(acme, "Cy_ Fox", null, null);
        var recipients = plum.Get<RecipientService>();

        async Task<string> ListAsync(RecipientListQuery query)
        {
            var page = await recipients.ListAsync(query, PlumDatabase.Agent, default);
            return $"{page.Total}: {string.Join(", ", page.Rows.Select(r => r.Name))}";
        }

        Assert.Equal("3: ann Berg, Bo Ek, Cy_ Fox", await ListAsync(new()));
        Assert.Equal("3: Cy_ Fox, Bo Ek", await ListAsync(new(Take: 2, Descending: true)));
        Assert.Equal("3: Cy_ Fox, Bo Ek, ann Berg", await ListAsync(new(Sort: RecipientSort.Email)));
        Assert.Equal("3: Bo Ek, Cy_ Fox, ann Berg", await ListAsync(new(Sort: RecipientSort.Client)));
        Assert.Equal("2: Bo Ek, Cy_ Fox", await ListAsync(new(ClientId: acme.Id)));
        Assert.Equal("1: Cy_ Fox", await ListAsync(new(Search: "y_")));
        Assert.Equal("1: ann Berg", await ListAsync(new(Search: "BERG")));
        Assert.Equal("1: ann Berg", await ListAsync(new(Search: "(0047) 9000")));
        Assert.Equal("1: Bo Ek", await ListAsync(new(Search: "70077")));
        Assert.Equal("1: Bo Ek", await ListAsync(new(Search: "Y@ACME")));
        Assert.Equal(["Bo Ek"], (await recipients.FindAsync("bo", acme.Id, 10, PlumDatabase.Agent, default)).Select(r => r.Name));
    }

    private static CorrectRecipient Correct(Recipient recipient) =>
        new(recipient.Id, recipient.Version, recipient.Name, recipient.Email, recipient.Phone, recipient.EmployeeNumber, recipient.Country);
}
