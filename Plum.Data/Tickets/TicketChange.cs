using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>One editable thing about a ticket and its new value: what a person changes on one ticket, and a bulk edit on many.</summary>
public abstract record TicketChange
{
    private TicketChange() { }

    public sealed record Move(string Disposition) : TicketChange;

    public sealed record Wait(WaitingOn On) : TicketChange;

    /// <param name="OwnerId">Null leaves it to whoever takes it next.</param>
    public sealed record Assign(Guid? OwnerId) : TicketChange;

    public sealed record Grade(Severity Severity) : TicketChange;

    public sealed record Categorise(Guid CategoryId) : TicketChange;

    public sealed record Rechannel(IntakeChannel Channel) : TicketChange;

    public sealed record Rename(string Subject) : TicketChange;

    public sealed record PlaceIn(Guid? ProgrammeId) : TicketChange;

    public sealed record ConcernRecipient(long? RecipientId) : TicketChange;

    public sealed record ConcernOrder(long? OrderId) : TicketChange;
}
