using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What is said on a ticket: outward, among ourselves, and what the recipient told us.</summary>
public sealed class TicketConversation(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Message, outbox row, event and audit line in one save. The same <see cref="ReplyToTicket.Key"/> again answers as the first time.</summary>
    public async Task<Outcome> ReplyAsync(ReplyToTicket command, Actor by, CancellationToken ct)
    {
        var key = $"ticket.reply.{command.Key:N}";
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            if (await db.TicketMessages.AnyAsync(m => m.OutboxKey == key && m.TicketId == command.TicketId && m.UserId == by.UserId, ct))
            {
                return new Outcome.Done(TicketReference.Of(command.TicketId));
            }
        }

        return await contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            on => ReplyAsync(on, command, key, ct),
            ct
        );
    }

    /// <summary>Seen by Plum's own people only.</summary>
    public Task<Outcome> NoteAsync(NoteOnTicket command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            seenVersion: null,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            async on =>
            {
                if ((on.Ticket.CannotTalk() ?? ForBody(command.Body)) is { } cannot)
                {
                    return cannot;
                }

                var note = TicketMessage.Say(on.Ticket.Id, MessageKind.Note, command.Body, by, on.NowUtc);
                if (await AttachmentStep.AddAsync(on, note, command.Files ?? [], ct) is { } files)
                {
                    return files;
                }

                on.Ticket.Touch(on.NowUtc);
                on.Db.Add(note);
                on.Event(TicketEventKind.Noted);
                on.Audit("Noted");
                return null;
            },
            ct
        );

    /// <summary>What the recipient said by telephone, post, chat: anything that did not come in by itself.</summary>
    public Task<Outcome> HearAsync(RecordIncoming command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            seenVersion: null,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            on => HearAsync(on, command.Body, command.Via, command.Files ?? [], ct),
            ct
        );

    internal static async Task<Refusal?> HearAsync(
        TicketScope on,
        string body,
        IntakeChannel via,
        IReadOnlyList<Guid> files,
        CancellationToken ct
    )
    {
        if ((on.Ticket.CannotTalk() ?? ForBody(body) ?? TicketRefusals.ForChannel(via)) is { } cannot)
        {
            return cannot;
        }

        var message = TicketMessage.Say(on.Ticket.Id, MessageKind.Incoming, body, on.By, on.NowUtc, via);
        if (await AttachmentStep.AddAsync(on, message, files, ct) is { } wrong)
        {
            return wrong;
        }

        var waited = on.Ticket.Hear(on.NowUtc);
        on.Db.Add(message);
        on.Event(TicketEventKind.Messaged, to: via.ToString());
        if (waited)
        {
            on.Event(TicketEventKind.WaitingChanged, nameof(WaitingOn.Recipient), nameof(WaitingOn.Nobody));
        }

        on.Audit("Heard", after: Diff.Of("via", via.ToString()));
        return null;
    }

    private static async Task<Refusal?> ReplyAsync(TicketScope on, ReplyToTicket command, string key, CancellationToken ct)
    {
        var ticket = on.Ticket;
        if (
            (
                ticket.CannotTalk()
                ?? ForBody(command.Body)
                ?? (
                    MacroText.IsUnfilled(command.Body)
                        ? new Refusal(
                            "ticket.unfilled",
                            "The text still holds a placeholder in {{ }}. Fill it in or take it out.",
                            "Message"
                        )
                        : null
                )
            ) is
            { } cannot
        )
        {
            return cannot;
        }

        var addresses = await ReplyAddresses.OfAsync(on.Db, ticket, ct);
        var to =
            command.To is { } given ? addresses.FirstOrDefault(a => string.Equals(a.Address, given, StringComparison.OrdinalIgnoreCase))
            : addresses.Count > 0 ? addresses[0]
            : null;
        if (to is null)
        {
            return command.To is null
                ? new Refusal(
                    "ticket.no-address",
                    "There is nobody to write to: the recipient has no e-mail address. Record the answer as a note.",
                    "To"
                )
                : new Refusal(
                    "ticket.address",
                    "That address is neither the recipient's nor a contact's of the client. Choose one of the list.",
                    "To"
                );
        }

        var message = TicketMessage.Say(ticket.Id, MessageKind.Reply, command.Body, on.By, on.NowUtc, outboxKey: key);
        var files = command.Files ?? [];
        if (await AttachmentStep.AddAsync(on, message, files, ct) is { } wrong)
        {
            return wrong;
        }

        var sent = on.Db.ChangeTracker.Entries<TicketAttachment>().Select(e => e.Entity).ToList();
        ticket.Answer(on.NowUtc);
        on.Db.Add(message);
        on.Db.Add(
            OutboxMessage.Queue(
                OutboxKind.Email,
                key,
                to.Address,
                SubjectOf(ticket),
                message.Body,
                on.NowUtc,
                ticket.ClientId,
                ticket.Id,
                [.. sent.Select(f => new OutboxFile(f.Name, f.ContentType, f.StoredName))]
            )
        );
        on.Event(TicketEventKind.Replied);
        on.Audit("Replied", after: Diff.Of(new Dictionary<string, object?> { ["outbox"] = key, ["files"] = files.Count }));

        if (command.ThenMoveTo is { } disposition && disposition != ticket.Disposition)
        {
            if (await TicketStep.MoveAsync(on, disposition, note: null, ct) is { } noMove)
            {
                return noMove;
            }
        }

        return command.ThenWaitOn is { } whom && whom != ticket.WaitingOn && ticket.IsOpen ? TicketStep.WaitOn(on, whom, note: null) : null;
    }

    /// <summary>With the reference in front, so that an answer finds its ticket; one line, and no longer than the outbox takes.</summary>
    private static string SubjectOf(Ticket ticket)
    {
        var line = new string([.. ticket.Subject.Select(c => char.IsControl(c) ? ' ' : c)]);
        return $"[{TicketReference.Of(ticket.Id)}] {line}";
    }

    private static Refusal? ForBody(string? body) => Refusals.ForText("Message", body, TicketMessage.BodyMaxLength);
}

/// <param name="Key">Made when the reply was begun: sent twice, it is one reply.</param>
/// <param name="To">The recipient's address or that of a contact of the client; null takes the recipient's.</param>
/// <param name="Files">Pending attachments of the same person.</param>
/// <param name="ThenWaitOn">Whom the ticket then waits on; null leaves it.</param>
/// <param name="ThenMoveTo">A disposition to move to with the reply; null leaves it.</param>
public sealed record ReplyToTicket(
    long TicketId,
    int SeenVersion,
    Guid Key,
    string Body,
    string? To = null,
    IReadOnlyList<Guid>? Files = null,
    WaitingOn? ThenWaitOn = null,
    string? ThenMoveTo = null
);

public sealed record NoteOnTicket(long TicketId, string Body, IReadOnlyList<Guid>? Files = null);

public sealed record RecordIncoming(long TicketId, string Body, IntakeChannel Via, IReadOnlyList<Guid>? Files = null);
