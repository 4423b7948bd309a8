using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Everything that happened on a ticket, and on those merged into it, in one order.</summary>
public sealed class TicketTimeline(IDbContextFactory<PlumDbContext> contexts)
{
    // Said by the message itself, which stands beside them.
    private static readonly TicketEventKind[] Spoken =
    [
        TicketEventKind.Messaged,
        TicketEventKind.Replied,
        TicketEventKind.Noted,
        TicketEventKind.Attached,
    ];

    // What a client's contact is shown: where the complaint stands, nothing of how it is worked.
    private static readonly TicketEventKind[] Public =
    [
        TicketEventKind.Opened,
        TicketEventKind.Moved,
        TicketEventKind.Reopened,
        TicketEventKind.HandedOver,
        TicketEventKind.Accepted,
    ];

    /// <param name="most">The newest so many; 1 to 2,000.</param>
    /// <returns>Oldest first; empty when there is no such ticket for this person.</returns>
    public async Task<TimelinePage> ReadAsync(long ticketId, int most, Actor by, CancellationToken ct)
    {
        most = Math.Clamp(most, 1, 2000);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!by.May(Act.ReadTickets) || !await db.Tickets.VisibleTo(by).AnyAsync(t => t.Id == ticketId, ct))
        {
            return new TimelinePage([], 0, 0);
        }

        var internals = by.SeesInternals();
        var family = await MergedTickets.WithAsync(db, ticketId, ct);
        var allMessages = db
            .TicketMessages.AsNoTracking()
            .Where(m => family.Contains(m.TicketId) && (internals || m.Kind != MessageKind.Note));
        var allEvents = db
            .TicketEvents.AsNoTracking()
            .Where(e => family.Contains(e.TicketId) && !Spoken.Contains(e.Kind) && (internals || Public.Contains(e.Kind)));
        var messages = await allMessages.OrderByDescending(m => m.AtUtc).ThenByDescending(m => m.Id).Take(most).ToListAsync(ct);
        var events = await allEvents.OrderByDescending(e => e.AtUtc).ThenByDescending(e => e.Id).Take(most).ToListAsync(ct);
        var total = messages.Count + events.Count;
        if (messages.Count == most || events.Count == most)
        {
            total = await allMessages.CountAsync(ct) + await allEvents.CountAsync(ct);
        }

        var names = await TimelineNames.OfAsync(db, events, ct);
        var messageIds = messages.Select(m => (long?)m.Id).ToList();
        var files = (
            await db
                .TicketAttachments.AsNoTracking()
                .Where(f => messageIds.Contains(f.MessageId))
                .OrderBy(f => f.Name)
                .ThenBy(f => f.Id)
                .Select(f => new { f.MessageId, Row = new AttachmentRow(f.Id, f.Name, f.ContentType, f.Bytes) })
                .ToListAsync(ct)
        ).ToLookup(f => f.MessageId, f => f.Row);
        var keys = messages.Where(m => m.OutboxKey is not null).Select(m => m.OutboxKey!).ToList();
        var mails = await db
            .Outbox.Where(o => keys.Contains(o.Key))
            .Select(o => new MailState(o.Key, o.To, o.Status, o.Error, o.Fault))
            .ToDictionaryAsync(o => o.Key, ct);

        var entries = messages
            .Select(m => new TimelineEntry(
                $"m{m.Id}",
                From(m.TicketId),
                m.AtUtc,
                TimelineGroup.Conversation,
                m.Kind,
                Event: null,
                internals || m.Kind == MessageKind.Incoming ? m.Who : "Plum",
                m.UserId,
                m.Body,
                m.Via is { } via ? TicketWords.Of(via) : null,
                [.. files[m.Id]],
                internals && m.OutboxKey is { } key ? mails.GetValueOrDefault(key) : null,
                m.Id
            ))
            .Concat(
                events.Select(e => new TimelineEntry(
                    $"e{e.Id}",
                    From(e.TicketId),
                    e.AtUtc,
                    Group(e.Kind),
                    Message: null,
                    e.Kind,
                    internals ? e.Who : "Plum",
                    e.UserId,
                    TimelineWords.Of(e, names),
                    internals ? e.Note : null,
                    [],
                    Mail: null,
                    MessageId: null
                ))
            )
            .OrderBy(e => e.AtUtc)
            .ThenBy(e => e.Message is null ? 0 : 1) // the move that comes with a reply stands after it only when it came after it
            .ThenBy(e => e.Key.Length)
            .ThenBy(e => e.Key, StringComparer.Ordinal)
            .TakeLast(most)
            .ToList();
        var last = await db.TicketEvents.Where(e => family.Contains(e.TicketId)).MaxAsync(e => (long?)e.Id, ct);
        return new TimelinePage(entries, total - entries.Count, last ?? 0);

        string? From(long id) => id == ticketId ? null : TicketReference.Of(id);
    }

    private static TimelineGroup Group(TicketEventKind kind) =>
        kind switch
        {
            TicketEventKind.Opened or TicketEventKind.Imported or TicketEventKind.Moved or TicketEventKind.Reopened => TimelineGroup.Moves,
            TicketEventKind.SlaWarned
            or TicketEventKind.SlaBreached
            or TicketEventKind.SlaPolicyChanged
            or TicketEventKind.WaitingChanged => TimelineGroup.Clocks,
            _ => TimelineGroup.Changes,
        };
}

/// <param name="Earlier">How many there are before the first of these.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, int Earlier, long LastEventId);

public enum TimelineGroup
{
    Conversation = 1,
    Moves = 2,
    Clocks = 3,
    Changes = 4,
}

/// <summary>A message, or one event in words.</summary>
/// <param name="Key">Stable and unique: <c>m12</c>, <c>e34</c>.</param>
/// <param name="From">The reference of the merged ticket on which it happened; null on this one.</param>
/// <param name="Text">The message's body, plain text; or what happened, as it follows the person's name.</param>
/// <param name="Note">Of an event: the reason. Of a message: the channel that it came by.</param>
public sealed record TimelineEntry(
    string Key,
    string? From,
    DateTime AtUtc,
    TimelineGroup Group,
    MessageKind? Message,
    TicketEventKind? Event,
    string Who,
    Guid? UserId,
    string Text,
    string? Note,
    IReadOnlyList<AttachmentRow> Files,
    MailState? Mail,
    long? MessageId
);

/// <summary>What became of the e-mail that carries a reply.</summary>
public sealed record MailState(string Key, string To, OutboxStatus Status, string? Error, MailFault? Fault);
