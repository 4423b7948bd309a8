using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>What is done with a ticket between its opening and its end.</summary>
public sealed partial class Ticket
{
    /// <summary>Why nothing about the ticket can be changed any more; null when it can. A final one may still be described better.</summary>
    public Refusal? CannotChange() => MergedIntoId is { } into ? TicketRefusals.Merged(Id, into) : null;

    /// <summary>Why the ticket cannot be worked on; null when it can.</summary>
    public Refusal? CannotWork() => CannotChange() ?? (IsOpen ? null : TicketRefusals.Final);

    public Refusal? CannotAssign(Guid? ownerId) =>
        CannotWork() ?? (ownerId == OwnerId ? TicketRefusals.Unchanged(ownerId is null ? "has no owner" : "has that owner") : null);

    /// <param name="ownerId">Null leaves the ticket to whoever takes it next.</param>
    public void Assign(Guid? ownerId, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotAssign(ownerId));
        (OwnerId, UpdatedAtUtc) = (ownerId, nowUtc);
    }

    /// <summary>Why <paramref name="userId"/> cannot take the ticket as the next to work on; null when they can.</summary>
    public Refusal? CannotTake(Guid userId) =>
        CannotAssign(userId) ?? (OwnerId is null ? null : new Refusal("ticket.taken", "Somebody else has taken this ticket."));

    public Refusal? CannotWaitOn(WaitingOn whom) =>
        CannotWork()
        ?? (Enum.IsDefined(whom) ? null : new Refusal("ticket.waiting-on", "Choose whom the ticket waits on.", "WaitingOn"))
        ?? (whom == WaitingOn ? TicketRefusals.Unchanged(whom == WaitingOn.Nobody ? "waits on nobody" : "waits so") : null);

    public void WaitOn(WaitingOn whom, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotWaitOn(whom));
        (WaitingOn, UpdatedAtUtc) = (whom, nowUtc);
    }

    public Refusal? CannotGrade(Severity severity) =>
        CannotWork() ?? TicketRefusals.ForSeverity(severity) ?? (severity == Severity ? TicketRefusals.Unchanged($"is {severity}") : null);

    public void Grade(Severity severity, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotGrade(severity));
        (Severity, UpdatedAtUtc) = (severity, nowUtc);
    }

    public Refusal? CannotCategorise(Category category) =>
        CannotChange()
        ?? (category.Id == CategoryId ? TicketRefusals.Unchanged($"is of category {category.Name}") : null)
        ?? (
            category.IsActive
                ? null
                : new Refusal("ticket.category-inactive", $"{category.Name} is no longer in use. Choose another.", "Category")
        );

    public void Categorise(Category category, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotCategorise(category));
        (CategoryId, UpdatedAtUtc) = (category.Id, nowUtc);
    }

    public Refusal? CannotRechannel(IntakeChannel channel) =>
        CannotChange() ?? TicketRefusals.ForChannel(channel) ?? (channel == Channel ? TicketRefusals.Unchanged("has that channel") : null);

    public void Rechannel(IntakeChannel channel, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRechannel(channel));
        (Channel, UpdatedAtUtc) = (channel, nowUtc);
    }

    public Refusal? CannotRename(string? subject) =>
        CannotChange()
        ?? TicketRefusals.ForSubject(subject)
        ?? (subject!.Trim() == Subject ? TicketRefusals.Unchanged("has that subject") : null);

    public void Rename(string subject, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRename(subject));
        (Subject, UpdatedAtUtc) = (subject.Trim(), nowUtc);
    }

    public Refusal? CannotPlaceIn(Guid? programmeId) =>
        CannotChange() ?? (programmeId == ProgrammeId ? TicketRefusals.Unchanged("is in that programme") : null);

    /// <param name="programmeId">One of the client's own; null when it concerns none.</param>
    public void PlaceIn(Guid? programmeId, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotPlaceIn(programmeId));
        (ProgrammeId, UpdatedAtUtc) = (programmeId, nowUtc);
    }

    public Refusal? CannotConcern(long? recipientId) =>
        CannotChange() ?? (recipientId == RecipientId ? TicketRefusals.Unchanged("concerns that recipient") : null);

    /// <summary>Names the recipient. An order of somebody else's is let go with it.</summary>
    public void Concern(long? recipientId, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotConcern(recipientId));
        (RecipientId, UpdatedAtUtc) = (recipientId, nowUtc);
        (OrderId, BrandId, SupplierId) = (null, null, null);
    }

    public Refusal? CannotConcern(Order? order) =>
        CannotChange()
        ?? (order?.Id == OrderId ? TicketRefusals.Unchanged(order is null ? "has no order" : "has that order") : null)
        ?? (
            order is null || order.ClientId == ClientId
                ? null
                : new Refusal("ticket.order-of-another", "That order belongs to another client. Check its reference.", "Order")
        );

    /// <summary>Names the order, and with it its recipient and programme.</summary>
    public void Concern(Order? order, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotConcern(order));
        (OrderId, BrandId, SupplierId, UpdatedAtUtc) = (order?.Id, order?.BrandId, order?.SupplierId, nowUtc);
        if (order is not null)
        {
            (RecipientId, ProgrammeId) = (order.RecipientId, order.ProgrammeId);
        }
    }

    public Refusal? CannotEscalate() =>
        CannotWork()
        ?? (Level == SupportLevel.L3 ? new Refusal("ticket.top-level", "The ticket is at L3 already, the highest level.") : null);

    /// <summary>Raises the ticket one level and leaves it to whoever works there.</summary>
    public void Escalate(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotEscalate());
        (Level, OwnerId, UpdatedAtUtc) = (Level + 1, null, nowUtc);
    }

    public Refusal? CannotAccept() =>
        CannotWork()
        ?? (HandedOverAtUtc is null ? new Refusal("ticket.not-handed-over", "No client has handed this ticket over.") : null)
        ?? (AcceptedAtUtc is not null ? new Refusal("ticket.accepted", "The handover has been accepted already.") : null);

    public void Accept(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotAccept());
        (AcceptedAtUtc, UpdatedAtUtc) = (nowUtc, nowUtc);
    }

    public Refusal? CannotTalk() => CannotChange();

    /// <summary>A public reply by a person: the first one is the first response.</summary>
    public void Answer(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotTalk());
        FirstRespondedAtUtc ??= nowUtc;
        UpdatedAtUtc = nowUtc;
    }

    /// <summary>The recipient wrote or called: the ticket no longer waits on them.</summary>
    /// <returns>Whether it did wait on them.</returns>
    public bool Hear(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotTalk());
        var waited = WaitingOn == WaitingOn.Recipient;
        WaitingOn = waited ? WaitingOn.Nobody : WaitingOn;
        UpdatedAtUtc = nowUtc;
        return waited;
    }

    /// <summary>Something was added to the ticket (a note, a file, a link): whoever holds an older copy is told.</summary>
    public void Touch(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotChange());
        UpdatedAtUtc = nowUtc;
    }
}
