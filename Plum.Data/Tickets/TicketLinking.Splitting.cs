using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public sealed partial class TicketLinking
{
    /// <summary>
    /// Opens a linked ticket with copies of the selected messages, as old as the first of them that the recipient sent. The originals stay: what was
    /// said on a ticket is never taken off it.
    /// </summary>
    /// <returns>Done with the new ticket's reference.</returns>
    public async Task<Outcome> SplitAsync(SplitTicket command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.WorkTickets) ?? TicketRefusals.ForSubject(command.Subject)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var source = await db.Tickets.VisibleTo(by).SingleOrDefaultAsync(t => t.Id == command.TicketId, ct);
        if (source is null)
        {
            return Refusals.NotFound;
        }

        if (source.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (source.CannotChange() is { } cannot)
        {
            return cannot;
        }

        var family = await MergedTickets.WithAsync(db, source.Id, ct);
        var messages = await db
            .TicketMessages.AsNoTracking()
            .Where(m => family.Contains(m.TicketId) && command.MessageIds.Contains(m.Id))
            .OrderBy(m => m.AtUtc)
            .ThenBy(m => m.Id)
            .ToListAsync(ct);
        if (messages.Count == 0 || messages.Count != command.MessageIds.Distinct().Count())
        {
            return new Refusal("ticket.split-messages", "Select at least one message of this ticket to split off.", "Messages");
        }

        var files = await db
            .TicketAttachments.AsNoTracking()
            .Where(f => f.MessageId != null && command.MessageIds.Contains(f.MessageId!.Value))
            .ToListAsync(ct);
        var (refusal, ticket) = await OpeningStep.OpenAsync(
            db,
            new OpenTicket(
                source.ClientId,
                command.CategoryId ?? source.CategoryId,
                command.Subject,
                source.Channel == IntakeChannel.ClientForm ? IntakeChannel.Web : source.Channel, // it was handed over once, not twice
                Severity: source.Severity,
                ProgrammeId: source.ProgrammeId,
                RecipientId: source.RecipientId,
                OrderId: source.OrderId
            )
            {
                CreatedAtUtc = messages.Find(m => m.Kind == MessageKind.Incoming)?.AtUtc,
                IsSplit = true,
            },
            by,
            now,
            ct
        );
        if (refusal is not null)
        {
            return refusal;
        }

        db.Expect(source, command.SeenVersion);
        source.Touch(now);
        var (on, there) = (new TicketScope(db, source, by, now), new TicketScope(db, ticket!, by, now));
        foreach (var message in messages)
        {
            Copy(there, message, files);
        }

        db.Add(TicketLink.Between(ticket!, source, LinkKind.SplitFrom, by, now));
        there.Event(TicketEventKind.Split, from: on.Reference);
        on.Event(TicketEventKind.Split, to: there.Reference);
        on.Audit("Split", after: Audit.Diff.Of("into", there.Reference));
        await SlaStep.ReckonAsync(db, ticket!, now, ct);
        var outcome = await db.SaveAsync(new Outcome.Done(there.Reference), ct);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    private static void Copy(TicketScope there, TicketMessage message, List<TicketAttachment> files)
    {
        var copy = message.CopyTo(there.Ticket.Id);
        there.Db.Add(copy);
        var key = there.Db.Entry(copy).Property(m => m.Id);
        foreach (var file in files.Where(f => f.MessageId == message.Id))
        {
            var fileCopy = file.CopyTo(there.Ticket.Id, key.CurrentValue);
            there.Db.Add(fileCopy);
            there.Db.Entry(fileCopy).Property(f => f.MessageId).IsTemporary = key.IsTemporary;
        }

        var said = message.UserId is { } id ? there.By with { UserId = id, Name = message.Who } : Actor.Job(message.Who);
        TicketEventKind? kind = message.Kind switch
        {
            MessageKind.Incoming => TicketEventKind.Messaged,
            MessageKind.Reply => TicketEventKind.Replied,
            MessageKind.Note => TicketEventKind.Noted,
            _ => null,
        };
        if (kind is { } known)
        {
            there.Db.Add(TicketEvent.Of(there.Ticket.Id, known, said, message.AtUtc, to: message.Via?.ToString()));
        }

        if (message.Kind == MessageKind.Reply)
        {
            there.Ticket.Answer(message.AtUtc);
            there.Ticket.Touch(there.NowUtc);
        }
    }
}

/// <param name="MessageIds">Of this ticket, or of one merged into it.</param>
/// <param name="CategoryId">Null keeps the category.</param>
public sealed record SplitTicket(long TicketId, int SeenVersion, string Subject, IReadOnlyList<long> MessageIds, Guid? CategoryId = null);
