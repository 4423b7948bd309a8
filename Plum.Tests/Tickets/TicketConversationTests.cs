using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TicketConversationTests
{
    [Theory]
    [EachDatabase]
    public async Task A_reply_saves_message_mail_event_and_audit_line_together_and_is_the_first_response(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();
        plum.Clock.Advance(TimeSpan.FromMinutes(20));

        var outcome = await ReplyAsync(plum, ticket, "Sent again.");

        Assert.Equal(new Outcome.Done("PLM-1001"), outcome);
        await using var db = plum.Peek();
        var message = await db.TicketMessages.SingleAsync();
        var mail = await db.Outbox.SingleAsync();
        Assert.Equal((MessageKind.Reply, "Sent again.", "Ada Agent", plum.Now), (message.Kind, message.Body, message.Who, message.AtUtc));
        Assert.Equal(
            ("jane@acme.example", "[PLM-1001] My voucher never came", "Sent again.", OutboxStatus.Queued, message.OutboxKey),
            (mail.To, mail.Subject, mail.Body, mail.Status, mail.Key)
        );
        Assert.Equal(
            (plum.Now, ticket.Version + 1),
            await db.Tickets.Select(t => ValueTuple.Create(t.FirstRespondedAtUtc, t.Version)).SingleAsync()
        );
        Assert.Equal(1, await db.TicketEvents.CountAsync(e => e.Kind == TicketEventKind.Replied));
        var audit = await db.AuditEntries.SingleAsync(a => a.What == "Replied");
        Assert.DoesNotContain("Sent again", audit.After, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_reply_sent_twice_is_one_reply(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();
        var command = new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), "Once only.");

        var first = await plum.Get<TicketConversation>().ReplyAsync(command, PlumDatabase.Agent, default);
        var second = await plum.Get<TicketConversation>().ReplyAsync(command, PlumDatabase.Agent, default);

        Assert.Equal(first, second);
        await using var db = plum.Peek();
        Assert.Equal((1, 1), (await db.TicketMessages.CountAsync(), await db.Outbox.CountAsync()));
    }

    [Theory]
    [EachDatabase]
    public async Task A_reply_written_on_an_older_copy_is_told_so_and_nothing_is_sent(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();
        await ReplyAsync(plum, ticket, "From a colleague.");

        Assert.IsType<Outcome.Stale>(await ReplyAsync(plum, ticket, "And from me."));

        await using var db = plum.Peek();
        Assert.Equal(["From a colleague."], await db.TicketMessages.Select(m => m.Body).ToListAsync());
        Assert.Equal(1, await db.Outbox.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_reply_can_move_the_ticket_and_make_it_wait_in_the_same_save(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();

        var outcome = await plum.Get<TicketConversation>()
            .ReplyAsync(
                new ReplyToTicket(
                    ticket.Id,
                    ticket.Version,
                    Guid.NewGuid(),
                    "Which phone do you use?",
                    ThenWaitOn: WaitingOn.Recipient,
                    ThenMoveTo: Dispositions.VendorRejection
                ),
                PlumDatabase.Agent,
                default
            );

        Assert.IsType<Outcome.Done>(outcome);
        var saved = await plum.ReloadAsync(ticket);
        Assert.Equal(
            (Dispositions.VendorRejection, WaitingOn.Recipient, ticket.Version + 1),
            (saved.Disposition, saved.WaitingOn, saved.Version)
        );
    }

    [Fact]
    public async Task A_reply_whose_move_is_not_allowed_is_not_sent()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketOfRecipientAsync();

        var outcome = await plum.Get<TicketConversation>()
            .ReplyAsync(
                new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), "Refunded.", ThenMoveTo: Dispositions.RefundProcessed),
                PlumDatabase.Agent,
                default
            );

        Assert.Equal("ticket.refund-by-hand", Assert.IsType<Outcome.Refused>(outcome).Why.Code);
        await using var db = plum.Peek();
        Assert.Equal((0, 0), (await db.TicketMessages.CountAsync(), await db.Outbox.CountAsync()));
    }

    [Fact]
    public async Task A_reply_goes_to_the_recipient_or_a_contact_of_the_client_and_nowhere_else()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketOfRecipientAsync();
        var nobody = await plum.HasTicketAsync();

        var elsewhere = await plum.Get<TicketConversation>()
            .ReplyAsync(
                new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), "Hello", To: "thief@evil.example"),
                PlumDatabase.Agent,
                default
            );
        var unaddressed = await ReplyAsync(plum, nobody, "Hello");

        Assert.Equal("ticket.address", Assert.IsType<Outcome.Refused>(elsewhere).Why.Code);
        Assert.Equal("ticket.no-address", Assert.IsType<Outcome.Refused>(unaddressed).Why.Code);
    }

    [Theory]
    [InlineData("Hello {{recipient.name}}", "ticket.unfilled")]
    [InlineData(" ", "shared.missing")]
    [InlineData(null, "shared.missing")]
    public async Task What_cannot_be_sent_is_refused(string? body, string code)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketOfRecipientAsync();

        Assert.Equal(code, Assert.IsType<Outcome.Refused>(await ReplyAsync(plum, ticket, body!)).Why.Code);
    }

    [Fact]
    public async Task A_note_answers_no_clock_and_is_never_stale()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketOfRecipientAsync();
        var conversation = plum.Get<TicketConversation>();

        var first = await conversation.NoteAsync(new NoteOnTicket(ticket.Id, "Called the brand."), PlumDatabase.Agent, default);
        var second = await conversation.NoteAsync(new NoteOnTicket(ticket.Id, "They call back."), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Done>(first);
        Assert.IsType<Outcome.Done>(second);
        Assert.Null((await plum.ReloadAsync(ticket)).FirstRespondedAtUtc);
    }

    [Theory]
    [EachDatabase]
    public async Task Hearing_from_the_recipient_ends_the_wait_for_them(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();
        await plum.Get<TicketService>()
            .ChangeAsync(
                new ChangeTicket(ticket.Id, ticket.Version, new TicketChange.Wait(WaitingOn.Recipient)),
                PlumDatabase.Agent,
                default
            );

        var outcome = await plum.Get<TicketConversation>()
            .HearAsync(new RecordIncoming(ticket.Id, "It is an Android.", IntakeChannel.Phone), PlumDatabase.Agent, default);

        Assert.IsType<Outcome.Done>(outcome);
        Assert.Equal(WaitingOn.Nobody, (await plum.ReloadAsync(ticket)).WaitingOn);
        await using var db = plum.Peek();
        var message = await db.TicketMessages.SingleAsync();
        Assert.Equal((MessageKind.Incoming, IntakeChannel.Phone), (message.Kind, message.Via));
    }

    [Theory]
    [EachDatabase]
    public async Task Files_become_part_of_the_reply_that_they_were_added_to_and_go_out_with_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();
        var agent = PlumDatabase.Agent;
        var file = await UploadAsync(plum, ticket.Id, "proof.txt", "paid", agent);

        var outcome = await plum.Get<TicketConversation>()
            .ReplyAsync(new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), "See the file.", Files: [file]), agent, default);

        Assert.IsType<Outcome.Done>(outcome);
        await using var db = plum.Peek();
        var message = await db.TicketMessages.SingleAsync();
        var saved = await db.TicketAttachments.SingleAsync();
        Assert.Equal((message.Id, ticket.Id, "proof.txt"), (saved.MessageId, saved.TicketId, saved.Name));
        Assert.Equal([new OutboxFile("proof.txt", "text/plain", saved.StoredName)], (await db.Outbox.SingleAsync()).Files);
    }

    [Fact]
    public async Task Nobody_sends_a_file_that_somebody_else_uploaded()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketOfRecipientAsync();
        var file = await UploadAsync(plum, ticket.Id, "secret.txt", "mine", PlumDatabase.Lead);

        var outcome = await plum.Get<TicketConversation>()
            .NoteAsync(new NoteOnTicket(ticket.Id, "Look", [file]), PlumDatabase.Agent, default);

        Assert.Equal("ticket.files-gone", Assert.IsType<Outcome.Refused>(outcome).Why.Code);
    }

    [Theory]
    [EachDatabase]
    public async Task Another_clients_ticket_is_not_talked_on_and_nor_is_any_without_the_right(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var theirs = await plum.HasTicketAsync(await plum.HasClientAsync("NORD"));
        var bound = PlumDatabase.Bound(acme, Role.Agent);
        var conversation = plum.Get<TicketConversation>();
        var reply = new ReplyToTicket(theirs.Id, theirs.Version, Guid.NewGuid(), "Hello");

        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await conversation.ReplyAsync(reply, bound, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await conversation.NoteAsync(new NoteOnTicket(theirs.Id, "Hello"), bound, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await conversation.HearAsync(new RecordIncoming(theirs.Id, "Hello", IntakeChannel.Phone), bound, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.WorkTickets)),
            await conversation.ReplyAsync(reply, PlumDatabase.Reader, default)
        );
    }

    private static Task<Outcome> ReplyAsync(PlumDatabase plum, Ticket ticket, string body) =>
        plum.Get<TicketConversation>()
            .ReplyAsync(new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), body), PlumDatabase.Agent, default);

    private static async Task<Guid> UploadAsync(PlumDatabase plum, long ticketId, string name, string text, Actor by)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var outcome = await plum.Get<AttachmentService>().UploadAsync(ticketId, name, content, by, default);
        return Guid.Parse(Assert.IsType<Outcome.Done>(outcome).Key!);
    }
}
