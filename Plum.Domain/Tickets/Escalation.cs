using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>One raising of a ticket to the next level: counted by the reports, never changed but once, when somebody there takes it up.</summary>
public sealed class Escalation
{
    public const int ReasonMaxLength = 1000;

    private Escalation() { } // EF Core

    public long Id { get; private init; }
    public long TicketId { get; private init; }
    public Guid ClientId { get; private init; }
    public SupportLevel From { get; private init; }
    public SupportLevel To { get; private init; }
    public string Reason { get; private init; } = "";
    public DateTime AtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";

    /// <summary>When somebody of the higher level became its owner; null until then.</summary>
    public DateTime? TakenUpAtUtc { get; private set; }

    public static Escalation Of(Ticket ticket, string reason, Actor by, DateTime nowUtc)
    {
        RefusedException.ThrowIf(ticket.CannotEscalate() ?? ForReason(reason));

        return new Escalation
        {
            TicketId = ticket.Id,
            ClientId = ticket.ClientId,
            From = ticket.Level,
            To = ticket.Level + 1,
            Reason = reason.Trim(),
            AtUtc = nowUtc,
            UserId = by.UserId,
            Who = by.Name,
        };
    }

    public void TakeUp(DateTime nowUtc) => TakenUpAtUtc ??= nowUtc;

    public static Refusal? ForReason(string? reason) => Refusals.ForText("Reason", reason, ReasonMaxLength);
}

/// <summary>One complaint given to Plum by its client; from acceptance on Plum owns it.</summary>
public sealed class Handover
{
    private Handover() { } // EF Core

    public long Id { get; private init; }
    public long TicketId { get; private init; }
    public Guid ClientId { get; private init; }
    public DateTime AtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public DateTime? AcceptedAtUtc { get; private set; }
    public Guid? AcceptedById { get; private set; }
    public string? AcceptedBy { get; private set; }

    public static Handover Of(Ticket ticket, Actor by, DateTime nowUtc) =>
        new()
        {
            TicketId = ticket.Id,
            ClientId = ticket.ClientId,
            AtUtc = nowUtc,
            UserId = by.UserId,
            Who = by.Name,
        };

    public void Accept(Actor by, DateTime nowUtc) => (AcceptedAtUtc, AcceptedById, AcceptedBy) = (nowUtc, by.UserId, by.Name);
}
