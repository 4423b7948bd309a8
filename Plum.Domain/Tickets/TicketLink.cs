using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>One ticket points at another of the same client. What it is a duplicate or a repeat of stands on the ticket itself.</summary>
public sealed class TicketLink
{
    private TicketLink() { } // EF Core

    public long Id { get; private init; }
    public long TicketId { get; private init; }
    public long OtherId { get; private init; }
    public LinkKind Kind { get; private init; }
    public DateTime AtUtc { get; private init; }
    public string Who { get; private init; } = "";

    public static TicketLink Between(Ticket ticket, Ticket other, LinkKind kind, Actor by, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotLink(ticket, other, kind));

        return new TicketLink
        {
            TicketId = ticket.Id,
            OtherId = other.Id,
            Kind = kind,
            AtUtc = nowUtc,
            Who = by.Name,
        };
    }

    public static Refusal? CannotLink(Ticket ticket, Ticket other, LinkKind kind) =>
        ticket.CannotChange()
        ?? (Enum.IsDefined(kind) ? null : new Refusal("ticket.link-kind", "Choose what the other ticket is to this one.", "Kind"))
        ?? (ticket.Id == other.Id ? new Refusal("ticket.link-self", "A ticket is not linked to itself.", "Other") : null)
        ?? (ticket.ClientId == other.ClientId ? null : Refusals.NotFound with { Field = "Other" });
}

/// <summary>What the other ticket is to this one.</summary>
public enum LinkKind
{
    Related = 1,

    /// <summary>This one tells of the same failure; kept as <see cref="Ticket.DuplicateOfId"/>.</summary>
    DuplicateOf = 2,
    ChildOf = 3,

    /// <summary>Opened because the other was closed too long ago to be reopened.</summary>
    Follows = 4,
    SplitFrom = 5,
}
