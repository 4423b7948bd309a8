using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class OpeningTests
{
    private static Task<Outcome> OpenAsync(PlumDatabase plum, OpenTicket command) =>
        plum.Get<TicketService>().OpenAsync(command, PlumDatabase.Agent, default);

    private static async Task<int> CountAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return await db.Tickets.CountAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Nothing_is_opened_for_a_client_that_is_no_longer_in_use(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (client, category) = (await plum.HasClientAsync(name: "Acme Corporation"), await plum.HasCategoryAsync());
        await using (var db = plum.Peek())
        {
            await db.Clients.ExecuteUpdateAsync(s => s.SetProperty(c => c.IsActive, false));
        }

        var outcome = await OpenAsync(plum, new OpenTicket(client.Id, category.Id, "Never came", IntakeChannel.Phone));

        Assert.Equal(new Outcome.Refused(TicketRefusals.NotInUse("Client", "Acme Corporation")), outcome);
        Assert.Equal(0, await CountAsync(plum));
    }

    [Theory]
    [EachDatabase]
    public async Task Nothing_is_opened_under_a_category_that_is_no_longer_in_use(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (client, category) = (await plum.HasClientAsync(), await plum.HasCategoryAsync("Lost in the post"));
        await using (var db = plum.Peek())
        {
            await db.Categories.ExecuteUpdateAsync(s => s.SetProperty(c => c.IsActive, false));
        }

        var outcome = await OpenAsync(plum, new OpenTicket(client.Id, category.Id, "Never came", IntakeChannel.Phone));

        Assert.Equal(new Outcome.Refused(TicketRefusals.NotInUse("Category", "Lost in the post")), outcome);
        Assert.Equal(0, await CountAsync(plum));
    }

    [Theory]
    [EachDatabase]
    public async Task A_programme_that_has_ended_is_not_chosen_but_an_order_of_it_is_still_complained_about(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (client, category, order) = (await plum.HasClientAsync(), await plum.HasCategoryAsync(), await plum.HasOrderAsync());
        await using (var db = plum.Peek())
        {
            await db.Programmes.ExecuteUpdateAsync(s => s.SetProperty(p => p.IsActive, false));
        }

        var byHand = await OpenAsync(
            plum,
            new OpenTicket(client.Id, category.Id, "Never came", IntakeChannel.Phone, ProgrammeId: order.ProgrammeId)
        );
        var byOrder = await OpenAsync(plum, new OpenTicket(client.Id, category.Id, "Never came", IntakeChannel.Phone, OrderId: order.Id));

        Assert.Equal(new Outcome.Refused(TicketRefusals.NotInUse("Programme", "SUMMER of ACME")), byHand);
        Assert.Equal(new Outcome.Done("PLM-1001"), byOrder); // what was refused took no number
        await using var look = plum.Peek();
        var ticket = await look.Tickets.SingleAsync();
        Assert.Equal((order.ProgrammeId, order.RecipientId, order.Id), (ticket.ProgrammeId, ticket.RecipientId, ticket.OrderId));
    }

    [Theory]
    [EachDatabase]
    public async Task Their_own_reference_is_kept_and_not_given_to_two_tickets_of_a_client(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord, category) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"), await plum.HasCategoryAsync());
        OpenTicket Of(Guid client) => new(client, category.Id, "Never came", IntakeChannel.Phone, SourceReference: " CASE-7 ");

        var first = await OpenAsync(plum, Of(acme.Id));
        var second = await OpenAsync(plum, Of(acme.Id));
        var another = await OpenAsync(plum, Of(nord.Id));

        Assert.Equal(new Outcome.Done("PLM-1001"), first);
        Assert.Equal(
            ("ticket.reference-known", "PLM-1001 has that reference already. Go on there.", "Reference"),
            Assert.IsType<Outcome.Refused>(second).Why is var why ? (why.Code, why.Message, why.Field) : default
        );
        Assert.IsType<Outcome.Done>(another);
        await using var db = plum.Peek();
        Assert.Equal(["CASE-7", "CASE-7"], await db.Tickets.Select(t => t.SourceReference!).ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_open_tickets_is_refused_and_what_is_another_clients_is_not_there(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord, category) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"), await plum.HasCategoryAsync());
        var theirs = await plum.HasProgrammeAsync(nord);
        var command = new OpenTicket(acme.Id, category.Id, "Never came", IntakeChannel.Phone);

        var reader = await plum.Get<TicketService>().OpenAsync(command, PlumDatabase.Reader, default);
        var programme = await OpenAsync(plum, command with { ProgrammeId = theirs.Id });

        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.OpenTickets)), reader);
        Assert.Equal(new Outcome.Refused(Refusals.NotFound with { Field = "Programme" }), programme);
    }
}
