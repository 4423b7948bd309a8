using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class ComplaintServiceTests
{
    private static Actor Contact(Client client) =>
        new(Guid.NewGuid(), $"Cleo of {client.Code}", RoleActs.For([Role.Partner], ofClient: true, ofPartner: false), client.Id);

    private static async Task<HandOverComplaint> ComplaintAsync(PlumDatabase plum) =>
        new((await plum.HasCategoryAsync()).Id, "Never came", "Promised for Monday.");

    private static async Task<long> HandOverAsync(PlumDatabase plum, Actor by, HandOverComplaint? command = null) =>
        TicketReference
            .Parse(
                Assert
                    .IsType<Outcome.Done>(
                        await plum.Get<ComplaintService>().HandOverAsync(command ?? await ComplaintAsync(plum), by, default)
                    )
                    .Key
            )!
            .Value;

    private static async Task<Guid> UploadAsync(PlumDatabase plum, Actor by)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("proof"));
        return Guid.Parse(
            Assert.IsType<Outcome.Done>(await plum.Get<AttachmentService>().UploadAsync(null, "proof.txt", content, by, default)).Key!
        );
    }

    private static async Task ResolveAsync(PlumDatabase plum, long id)
    {
        await using var db = plum.Peek();
        var version = (await db.Tickets.SingleAsync(t => t.Id == id)).Version;
        Assert.IsType<Outcome.Done>(
            await plum.Get<TicketService>().MoveAsync(new MoveTicket(id, version, Dispositions.Resolved), PlumDatabase.Agent, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_complaint_is_handed_over_as_a_ticket_of_the_clients_own_with_order_files_handover_and_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, order) = (await plum.HasClientAsync(), await plum.HasOrderAsync());
        var contact = Contact(acme);
        var command = await ComplaintAsync(plum) with { Order = OrderReference.Of(order.Id), Files = [await UploadAsync(plum, contact)] };

        var id = await HandOverAsync(plum, contact, command);

        await using var db = plum.Peek();
        var ticket = await db.Tickets.SingleAsync();
        Assert.Equal(
            (id, acme.Id, order.Id, order.RecipientId, order.ProgrammeId, IntakeChannel.ClientForm, plum.Now),
            (
                ticket.Id,
                ticket.ClientId,
                ticket.OrderId!.Value,
                ticket.RecipientId!.Value,
                ticket.ProgrammeId!.Value,
                ticket.Channel,
                ticket.HandedOverAtUtc!.Value
            )
        );
        Assert.Equal(1, await db.Handovers.CountAsync(h => h.TicketId == id && h.Who == "Cleo of ACME"));
        Assert.Equal(id, (await db.TicketAttachments.SingleAsync()).TicketId);
        Assert.Equal("Cleo of ACME", (await db.AuditEntries.SingleAsync(a => a.What == "Opened")).Who);
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_wrong_with_a_complaint_is_said_beside_its_field_and_nothing_is_saved(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var theirOrder = await plum.HasOrderAsync(await plum.HasRecipientAsync(nord));
        var theirProgramme = await plum.HasProgrammeAsync(nord);
        var good = await ComplaintAsync(plum);
        var complaints = plum.Get<ComplaintService>();
        async Task<(string?, string)> TryAsync(HandOverComplaint command) =>
            Assert.IsType<Outcome.Refused>(await complaints.HandOverAsync(command, Contact(acme), default)).Why is var why
                ? (why.Field, why.Code)
                : default;

        Assert.Equal(("Category", "ticket.category"), await TryAsync(good with { CategoryId = Guid.Empty }));
        Assert.Equal(("Order", "complaint.order-form"), await TryAsync(good with { Order = "the blue one" }));
        Assert.Equal(("Order", "complaint.order"), await TryAsync(good with { Order = OrderReference.Of(theirOrder.Id) }));
        Assert.Equal(("Recipient", "shared.email"), await TryAsync(good with { RecipientEmail = "jane" }));
        Assert.Equal(("Subject", "shared.missing"), await TryAsync(good with { Subject = " " }));
        Assert.Equal(("Message", "shared.missing"), await TryAsync(good with { Message = "" }));
        Assert.Equal(("Programme", "shared.not-found"), await TryAsync(good with { ProgrammeId = theirProgramme.Id }));
        await using var db = plum.Peek();
        Assert.False(await db.Tickets.AnyAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Each_of_two_clients_sees_and_reaches_its_own_complaints_alone(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (Contact(await plum.HasClientAsync("ACME")), Contact(await plum.HasClientAsync("NORD")));
        var complaints = plum.Get<ComplaintService>();
        var ours = await HandOverAsync(plum, acme);
        var file = await UploadAsync(plum, nord);
        var theirs = await HandOverAsync(plum, nord, await ComplaintAsync(plum) with { Files = [file] });

        async Task<IEnumerable<long>> SeenAsync(Actor by) =>
            (await complaints.ListAsync(new ComplaintListQuery(0, 50), by, default)).Rows.Select(r => r.Id);
        Assert.Equal([ours], await SeenAsync(acme));
        Assert.Equal([theirs], await SeenAsync(nord));
        Assert.Empty((await complaints.ListAsync(new ComplaintListQuery(0, 50, TicketReference.Of(theirs)), acme, default)).Rows);
        Assert.Null(await complaints.ViewAsync(theirs, acme, default));
        Assert.NotNull(await complaints.ViewAsync(theirs, nord, default));
        Assert.Null(await plum.Get<AttachmentService>().OpenAsync(file, acme, default));
        await using (var content = (await plum.Get<AttachmentService>().OpenAsync(file, nord, default))!.Content)
        {
            Assert.Equal(5, content.Length);
        }

        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await complaints.SayAsync(new SayOnComplaint(theirs, "Mine?"), acme, default));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await complaints.RateAsync(new RateComplaint(theirs, 1), acme, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Notes_owners_and_names_of_agents_are_not_shown_even_to_a_client_with_agents_of_its_own(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var id = await HandOverAsync(plum, Contact(client));
        var conversation = plum.Get<TicketConversation>();
        await conversation.NoteAsync(new NoteOnTicket(id, "They always complain."), PlumDatabase.Agent, default);
        await conversation.HearAsync(new RecordIncoming(id, "Where is it?", IntakeChannel.Phone), PlumDatabase.Agent, default);
        var both = Contact(client) with { Acts = RoleActs.For([Role.Partner, Role.Agent], ofClient: true, ofPartner: false) };

        var view = (await plum.Get<ComplaintService>().ViewAsync(id, both, default))!;

        Assert.Equal(
            [("Plum", null), ("Cleo of ACME", "Promised for Monday."), ("The recipient, by telephone", "Where is it?")],
            view.Entries.Select(e => (e.Who, e.Text))
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Who_belongs_to_no_client_or_has_no_right_reads_nothing_and_hands_nothing_over(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var id = await HandOverAsync(plum, Contact(client));
        var complaints = plum.Get<ComplaintService>();
        var admin = PlumDatabase.Person("Pia Programme", Role.ProgrammeAdmin);
        var agent = PlumDatabase.Bound(client, Role.Agent);

        foreach (var by in new[] { admin, agent })
        {
            Assert.Empty((await complaints.ListAsync(new ComplaintListQuery(0, 50), by, default)).Rows);
            Assert.Null(await complaints.ViewAsync(id, by, default));
        }

        var command = await ComplaintAsync(plum);
        Assert.Equal("complaint.client", Assert.IsType<Outcome.Refused>(await complaints.HandOverAsync(command, admin, default)).Why.Code);
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.HandOverComplaints)),
            await complaints.HandOverAsync(command, agent, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.HandOverComplaints)),
            await complaints.SayAsync(new SayOnComplaint(id, "Hello"), agent, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_said_on_a_closed_complaint_opens_it_again_until_its_window_is_over(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var contact = Contact(await plum.HasClientAsync());
        var id = await HandOverAsync(plum, contact);
        var complaints = plum.Get<ComplaintService>();
        await ResolveAsync(plum, id);

        Assert.Equal(new Outcome.Done($"PLM-{id}"), await complaints.SayAsync(new SayOnComplaint(id, "It still fails."), contact, default));
        await using (var db = plum.Peek())
        {
            var ticket = await db.Tickets.SingleAsync();
            Assert.Equal((Dispositions.VoucherNotReceived, 1), (ticket.Disposition, ticket.ReopenCount));
            Assert.Equal(1, await db.TicketMessages.CountAsync(m => m.Body == "It still fails."));
        }

        await ResolveAsync(plum, id);
        plum.Clock.Advance(TimeSpan.FromDays(400));
        var late = Assert.IsType<Outcome.Refused>(await complaints.SayAsync(new SayOnComplaint(id, "And now?"), contact, default)).Why;

        Assert.Equal("complaint.closed", late.Code);
        Assert.Equal(late, (await complaints.ViewAsync(id, contact, default))!.CannotSay);
        await using var look = plum.Peek();
        Assert.False(await look.TicketMessages.AnyAsync(m => m.Body == "And now?"));
    }

    [Theory]
    [EachDatabase]
    public async Task A_closed_complaint_is_rated_once_by_whoever_handed_it_over(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var contact = Contact(client);
        var id = await HandOverAsync(plum, contact);
        var complaints = plum.Get<ComplaintService>();
        async Task<string> TryAsync(long ticket, int score) =>
            Assert.IsType<Outcome.Refused>(await complaints.RateAsync(new RateComplaint(ticket, score), contact, default)).Why.Code;

        Assert.Equal("complaint.rate-open", await TryAsync(id, 5));
        await ResolveAsync(plum, id);
        Assert.Equal("ticket.csat-range", await TryAsync(id, 6));
        Assert.Equal(new Outcome.Done($"PLM-{id}"), await complaints.RateAsync(new RateComplaint(id, 4, "Quick enough"), contact, default));
        Assert.Equal("ticket.csat-given", await TryAsync(id, 1));
        var mailed = await plum.HasTicketAsync(client);
        await ResolveAsync(plum, mailed.Id);
        Assert.Equal("complaint.not-yours-to-rate", await TryAsync(mailed.Id, 5));

        await using var db = plum.Peek();
        Assert.Equal(4, (await db.Tickets.SingleAsync(t => t.Id == id)).CsatScore);
        Assert.Equal(contact.Name, (await db.AuditEntries.SingleAsync(a => a.What == "Rated")).Who);
    }
}
