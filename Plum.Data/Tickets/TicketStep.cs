using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>
/// Applies one change to one loaded ticket with its event and its audit line: the right to it, the rule, the change. The caller loads the ticket
/// by <see cref="TicketVisibility.VisibleTo"/>, sets the expected version, and afterwards reckons the clocks and saves once, or drops the context
/// when the answer is a refusal. A single command and a bulk edit take the same step, and so obey the same rule.
/// </summary>
internal static class TicketStep
{
    /// <param name="note">Kept on the event, and as the audit's reason; null for none.</param>
    /// <returns>Why nothing was changed; null when it was.</returns>
    public static async Task<Refusal?> ApplyAsync(TicketScope on, TicketChange change, string? note, CancellationToken ct)
    {
        if ((on.By.Lacks(Act.WorkTickets) ?? Refusals.ForText("Note", note, TicketEvent.NoteMaxLength, required: false)) is { } refused)
        {
            return refused;
        }

        return change switch
        {
            TicketChange.Move move => await MoveAsync(on, move.Disposition, note, ct),
            TicketChange.Wait wait => WaitOn(on, wait.On, note),
            TicketChange.Assign assign => await AssignAsync(on, assign.OwnerId, note, ct),
            TicketChange.Grade grade => Grade(on, grade.Severity, note),
            TicketChange.Categorise categorise => await CategoriseAsync(on, categorise.CategoryId, note, ct),
            TicketChange.Rechannel rechannel => Rechannel(on, rechannel.Channel, note),
            TicketChange.Rename rename => Rename(on, rename.Subject, note),
            TicketChange.PlaceIn place => await PlaceInAsync(on, place.ProgrammeId, note, ct),
            TicketChange.ConcernRecipient recipient => await ConcernRecipientAsync(on, recipient.RecipientId, note, ct),
            TicketChange.ConcernOrder order => await ConcernOrderAsync(on, order.OrderId, note, ct),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
        };
    }

    public static async Task<Refusal?> MoveAsync(TicketScope on, string code, string? note, CancellationToken ct)
    {
        var ticket = on.Ticket;
        var to = await on.Db.Dispositions.AsNoTracking().SingleOrDefaultAsync(d => d.Code == code, ct);
        if (to is null)
        {
            return Refusals.NotFound with { Field = "Disposition" };
        }

        var from = await on.Db.Dispositions.AsNoTracking().SingleAsync(d => d.Code == ticket.Disposition, ct);
        if (ticket.CannotMove(from, to) is { } cannot)
        {
            return cannot;
        }

        ticket.Move(from, to, on.NowUtc);
        on.Changed(TicketEventKind.Moved, "Moved", "disposition", from.Code, to.Code, note);
        return null;
    }

    public static Refusal? WaitOn(TicketScope on, WaitingOn whom, string? note)
    {
        if (on.Ticket.CannotWaitOn(whom) is { } cannot)
        {
            return cannot;
        }

        var from = on.Ticket.WaitingOn;
        on.Ticket.WaitOn(whom, on.NowUtc);
        on.Changed(TicketEventKind.WaitingChanged, "Waiting changed", "waitingOn", from.ToString(), whom.ToString(), note);
        return null;
    }

    public static async Task<Refusal?> AssignAsync(TicketScope on, Guid? ownerId, string? note, CancellationToken ct)
    {
        var ticket = on.Ticket;
        var concernsSelfOnly = ownerId == on.By.UserId || (ownerId is null && ticket.OwnerId == on.By.UserId);
        if ((concernsSelfOnly ? null : on.By.Lacks(Act.AssignTickets)) is { } refused)
        {
            return refused;
        }

        if (ticket.CannotAssign(ownerId) is { } cannot)
        {
            return cannot;
        }

        if (ownerId is { } wanted && !await on.Db.AgentsFor(ticket.ClientId).AnyAsync(u => u.Id == wanted, ct))
        {
            return new Refusal(
                "ticket.owner",
                "That person cannot own this ticket. Choose somebody who works tickets of this client.",
                "Owner"
            );
        }

        var from = ticket.OwnerId;
        ticket.Assign(ownerId, on.NowUtc);
        if (ownerId is not null)
        {
            var raised = await on.Db.Escalations.Where(e => e.TicketId == ticket.Id && e.TakenUpAtUtc == null).ToListAsync(ct);
            raised.ForEach(e => e.TakeUp(on.NowUtc));
        }

        on.Changed(
            TicketEventKind.OwnerChanged,
            ownerId is null ? "Released" : "Assigned",
            "owner",
            from?.ToString(),
            ownerId?.ToString(),
            note
        );
        return null;
    }

    public static Refusal? Grade(TicketScope on, Severity severity, string? note)
    {
        if (on.Ticket.CannotGrade(severity) is { } cannot)
        {
            return cannot;
        }

        var from = on.Ticket.Severity;
        on.Ticket.Grade(severity, on.NowUtc);
        on.Changed(TicketEventKind.SeverityChanged, "Severity changed", "severity", from.ToString(), severity.ToString(), note);
        return null;
    }

    public static async Task<Refusal?> CategoriseAsync(TicketScope on, Guid categoryId, string? note, CancellationToken ct)
    {
        var category = await on.Db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.Id == categoryId, ct);
        if ((category is null ? Refusals.NotFound with { Field = "Category" } : on.Ticket.CannotCategorise(category)) is { } cannot)
        {
            return cannot;
        }

        var from = on.Ticket.CategoryId;
        on.Ticket.Categorise(category!, on.NowUtc);
        on.Changed(TicketEventKind.CategoryChanged, "Category changed", "category", from.ToString(), categoryId.ToString(), note);
        return null;
    }

    public static Refusal? Rechannel(TicketScope on, IntakeChannel channel, string? note)
    {
        if (on.Ticket.CannotRechannel(channel) is { } cannot)
        {
            return cannot;
        }

        var from = on.Ticket.Channel;
        on.Ticket.Rechannel(channel, on.NowUtc);
        on.Changed(TicketEventKind.ChannelChanged, "Channel changed", "channel", from.ToString(), channel.ToString(), note);
        return null;
    }

    public static Refusal? Rename(TicketScope on, string? subject, string? note)
    {
        if (on.Ticket.CannotRename(subject) is { } cannot)
        {
            return cannot;
        }

        var from = on.Ticket.Subject;
        on.Ticket.Rename(subject!, on.NowUtc);
        on.Event(TicketEventKind.SubjectChanged, from, on.Ticket.Subject, note);

        // The audit outlives an erasure request: it proves the change by fingerprint, and the words stay with the ticket.
        on.Audit("Subject changed", note, Diff.Of("subject", Fingerprint.Of(from)), Diff.Of("subject", Fingerprint.Of(on.Ticket.Subject)));
        return null;
    }

    public static async Task<Refusal?> PlaceInAsync(TicketScope on, Guid? programmeId, string? note, CancellationToken ct)
    {
        var ticket = on.Ticket;
        if (programmeId is { } id && !await on.Db.Programmes.AnyAsync(p => p.Id == id && p.ClientId == ticket.ClientId, ct))
        {
            return Refusals.NotFound with { Field = "Programme" };
        }

        if (ticket.CannotPlaceIn(programmeId) is { } cannot)
        {
            return cannot;
        }

        var from = ticket.ProgrammeId;
        ticket.PlaceIn(programmeId, on.NowUtc);
        on.Changed(TicketEventKind.ProgrammeChanged, "Programme changed", "programme", from?.ToString(), programmeId?.ToString(), note);
        return null;
    }

    public static async Task<Refusal?> ConcernRecipientAsync(TicketScope on, long? recipientId, string? note, CancellationToken ct)
    {
        var ticket = on.Ticket;
        if (recipientId is { } id && !await on.Db.Recipients.AnyAsync(r => r.Id == id && r.ClientId == ticket.ClientId, ct))
        {
            return Refusals.NotFound with { Field = "Recipient" };
        }

        if (ticket.CannotConcern(recipientId) is { } cannot)
        {
            return cannot;
        }

        var (from, order) = (ticket.RecipientId, ticket.OrderId);
        ticket.Concern(recipientId, on.NowUtc);
        on.Changed(TicketEventKind.RecipientChanged, "Recipient changed", "recipient", Text(from), Text(recipientId), note);
        if (order is { } left)
        {
            on.Changed(TicketEventKind.OrderChanged, "Order changed", "order", OrderReference.Of(left), null, null);
        }

        return null;
    }

    public static async Task<Refusal?> ConcernOrderAsync(TicketScope on, long? orderId, string? note, CancellationToken ct)
    {
        var ticket = on.Ticket;
        var order = orderId is { } id
            ? await on.Db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.ClientId == ticket.ClientId, ct)
            : null;
        if ((orderId is not null && order is null ? Refusals.NotFound with { Field = "Order" } : ticket.CannotConcern(order)) is { } cannot)
        {
            return cannot;
        }

        var (from, recipient) = (ticket.OrderId, ticket.RecipientId);
        ticket.Concern(order, on.NowUtc);
        on.Changed(
            TicketEventKind.OrderChanged,
            "Order changed",
            "order",
            from is { } f ? OrderReference.Of(f) : null,
            order is null ? null : OrderReference.Of(order.Id),
            note
        );
        if (ticket.RecipientId != recipient)
        {
            on.Changed(TicketEventKind.RecipientChanged, "Recipient changed", "recipient", Text(recipient), Text(ticket.RecipientId), null);
        }

        return null;
    }

    private static string? Text(long? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
