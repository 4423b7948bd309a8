using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>One line of a ticket's history: the timeline, the SLA clocks and the figures of a past date are all rebuilt from these. Never changed.</summary>
public sealed class TicketEvent
{
    public const int ValueMaxLength = 200;
    public const int NoteMaxLength = 2000;

    private TicketEvent() { } // EF Core

    public long Id { get; private init; }
    public long TicketId { get; private init; }
    public DateTime AtUtc { get; private init; }
    public TicketEventKind Kind { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";

    /// <summary>The value before and after: a disposition code, an owner's id, a severity ...</summary>
    public string? From { get; private init; }
    public string? To { get; private init; }
    public string? Note { get; private init; }

    public static TicketEvent Of(
        long ticketId,
        TicketEventKind kind,
        Actor by,
        DateTime atUtc,
        string? from = null,
        string? to = null,
        string? note = null
    ) =>
        new()
        {
            TicketId = ticketId,
            Kind = kind,
            UserId = by.UserId,
            Who = by.Name,
            AtUtc = atUtc,
            From = from,
            To = to,
            Note = note,
        };
}

public enum TicketEventKind
{
    Opened = 1,
    Moved = 2,
    Reopened = 3,
    WaitingChanged = 4,
    OwnerChanged = 5,
    SeverityChanged = 6,
    CategoryChanged = 7,
    ChannelChanged = 8,
    SubjectChanged = 9,
    ProgrammeChanged = 10,
    RecipientChanged = 11,
    OrderChanged = 12,
    HandedOver = 13,
    Accepted = 14,
    Escalated = 15,
    Messaged = 16,
    Replied = 17,
    Noted = 18,
    Attached = 19,
    Linked = 20,
    Merged = 21,
    MergedFrom = 22,
    Split = 23,
    SlaPolicyChanged = 24,
    SlaWarned = 25,
    SlaBreached = 26,
    CsatAsked = 27,
    CsatGiven = 28,
    Imported = 29,
    Unlinked = 30,
    MailFailed = 31,

    /// <summary>A request for a correction was made, decided, executed ...: from its reference, to what happened.</summary>
    CorrectionChanged = 32,
}
