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

    /// <summary>How an incoming message reached us; null for what we wrote.</summary>
    public IntakeChannel? Via { get; private init; }

    /// <summary>Of the outbox message that carries a reply: its state is shown beside it.</summary>
    public string? OutboxKey { get; private init; }

    /// <summary>The message of another ticket that this one is a copy of, since a split.</summary>
    public long? CopyOfId { get; private init; }

    public static TicketMessage Say(
        long ticketId,
        MessageKind kind,
        string body,
        Actor by,
        DateTime atUtc,
        IntakeChannel? via = null,
        string? outboxKey = null
    )
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
            Via = via,
            OutboxKey = outboxKey,
        };
    }

    /// <summary>The same words, by the same person at the same time, on a ticket that was split off.</summary>
    public TicketMessage CopyTo(long ticketId) =>
        new()
        {
            TicketId = ticketId,
            Kind = Kind,
            Body = Body,
            UserId = UserId,
            Who = Who,
            AtUtc = AtUtc,
            Via = Via,
            OutboxKey = OutboxKey,
            CopyOfId = Id,
        };
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
