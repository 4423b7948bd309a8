using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>What was said on a ticket, outward, inward or among ourselves. Never changed.</summary>
public sealed class TicketMessage
{
    public const int BodyMaxLength = 20_000;

    private TicketMessage() { } // EF Core

    public long Id { get; private init; }
    public long TicketId { get; private init; }
    public DateTime AtUtc { get; private init; }
    public MessageKind Kind { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";

    /// <summary>Plain text.</summary>
    public string Body { get; private init; } = "";

    public static TicketMessage Say(long ticketId, MessageKind kind, string body, Actor by, DateTime atUtc)
    {
        RefusedException.ThrowIf(Refusals.ForText("Message", body, BodyMaxLength));

        return new TicketMessage
        {
            TicketId = ticketId,
            Kind = kind,
            Body = body.Trim(),
            UserId = by.UserId,
            Who = by.Name,
            AtUtc = atUtc,
        };
    }
}

public enum MessageKind
{
    /// <summary>From the recipient, or from the client on the recipient's behalf.</summary>
    Incoming = 1,

    /// <summary>To the recipient, by a person.</summary>
    Reply = 2,

    /// <summary>Seen by Plum's own people only.</summary>
    Note = 3,

    /// <summary>To the recipient, by a machine; answers no clock.</summary>
    Acknowledgement = 4,
}
