using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Audit;
using Plum.Domain.Demonstration;
using Plum.Domain.Orders;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Demonstration;

/// <summary>The tables that a demonstration fills by the hundred thousand.</summary>
internal sealed class DemonstrationTables(BulkTables tables)
{
    private readonly BulkTable<PlannedRecipient> _recipients = tables.Into<PlannedRecipient, Recipient>(map =>
        map.Long(nameof(Recipient.Id), r => r.Id)
            .Guid(nameof(Recipient.ClientId), r => r.Client.Id)
            .Text(nameof(Recipient.Name), r => r.Name)
            .Text(nameof(Recipient.Email), r => r.Email)
            .Text(nameof(Recipient.Phone), r => r.Phone)
            .Text(nameof(Recipient.EmployeeNumber), r => r.EmployeeNumber)
            .Text(nameof(Recipient.Country), r => r.Country)
    );

    private readonly BulkTable<WrittenOrder> _orders = tables.Into<WrittenOrder, Order>(map =>
        map.Long(nameof(Order.Id), o => o.Plan.Id)
            .Guid(nameof(Order.ClientId), o => o.Plan.Recipient.Client.Id)
            .Guid(nameof(Order.ProgrammeId), o => o.Plan.Programme.Id)
            .Long(nameof(Order.RecipientId), o => o.Plan.Recipient.Id)
            .Guid(nameof(Order.RewardId), o => o.Plan.Reward.Id)
            .Guid(nameof(Order.BrandId), o => o.Plan.Reward.Brand.Id)
            .Guid(nameof(Order.SupplierId), o => o.Plan.Reward.Supplier.Id)
            .Long("ValueMinorUnits", o => o.Plan.Value)
            .Text("ValueCurrency", o => o.Plan.Reward.Currency)
            .Name<Tender>(nameof(Order.PaidWith), o => o.Plan.PaidWith)
            .Name<OrderStatus>(nameof(Order.Status), o => o.Plan.Status)
            .Text(nameof(Order.SupplierReference), o => o.Plan.SupplierReference)
            .Text(nameof(Order.VoucherSealed), o => o.Voucher?.Text)
            .Text(nameof(Order.VoucherLast4), o => o.Voucher?.Last4)
            .Time(nameof(Order.PlacedAtUtc), o => o.Plan.PlacedAtUtc)
            .Time(nameof(Order.IssuedAtUtc), o => o.Plan.IssuedAtUtc)
            .Time(nameof(Order.ExpiresAtUtc), o => o.Plan.ExpiresAtUtc)
    );

    private readonly BulkTable<PlannedOrderEvent> _orderEvents = tables.Into<PlannedOrderEvent, OrderEvent>(map =>
        map.Long(nameof(OrderEvent.OrderId), e => e.OrderId)
            .Time(nameof(OrderEvent.AtUtc), e => e.AtUtc)
            .Name<OrderStatus>(nameof(OrderEvent.Status), e => e.Status)
            .Text(nameof(OrderEvent.What), e => e.What)
            .Text(nameof(OrderEvent.Who), e => e.Who)
            .Text(nameof(OrderEvent.Note), e => e.Note)
    );

    private readonly BulkTable<ReckonedTicket> _tickets = tables.Into<ReckonedTicket, Ticket>(map =>
        map.Long(nameof(Ticket.Id), t => t.Plan.Id)
            .Guid(nameof(Ticket.ClientId), t => t.Plan.Client.Id)
            .Guid(nameof(Ticket.ProgrammeId), t => t.Plan.Programme?.Id)
            .Long(nameof(Ticket.RecipientId), t => t.Plan.Recipient?.Id)
            .Long(nameof(Ticket.OrderId), t => t.Plan.Order?.Id)
            .Guid(nameof(Ticket.BrandId), t => t.Plan.Order?.Reward.Brand.Id)
            .Guid(nameof(Ticket.SupplierId), t => t.Plan.Order?.Reward.Supplier.Id)
            .Guid(nameof(Ticket.CategoryId), t => t.Plan.Category.Id)
            .Name<IntakeChannel>(nameof(Ticket.Channel), t => t.Plan.Channel)
            .Name<Severity>(nameof(Ticket.Severity), t => t.Plan.Severity)
            .Text(nameof(Ticket.Disposition), t => t.Plan.Disposition)
            .Name<Stage>(nameof(Ticket.Stage), t => t.Plan.Stage)
            .Name<WaitingOn>(nameof(Ticket.WaitingOn), t => t.Plan.WaitingOn)
            .Guid(nameof(Ticket.OwnerId), t => t.Plan.Owner?.Id)
            .Name<SupportLevel>(nameof(Ticket.Level), t => t.Plan.Level)
            .Text(nameof(Ticket.Subject), t => t.Plan.Subject)
            .Time(nameof(Ticket.CreatedAtUtc), t => t.Plan.CreatedAtUtc)
            .Time(nameof(Ticket.ReceivedAtUtc), t => t.Plan.CreatedAtUtc)
            .Time(nameof(Ticket.UpdatedAtUtc), t => t.Plan.UpdatedAtUtc)
            .Time(nameof(Ticket.HandedOverAtUtc), t => t.Plan.HandedOverAtUtc)
            .Time(nameof(Ticket.AcceptedAtUtc), t => t.Plan.AcceptedAtUtc)
            .Time(nameof(Ticket.FirstRespondedAtUtc), t => t.Plan.FirstRespondedAtUtc)
            .Time(nameof(Ticket.FirstResolvedAtUtc), t => t.Plan.FirstResolvedAtUtc)
            .Time(nameof(Ticket.ResolvedAtUtc), t => t.Plan.ResolvedAtUtc)
            .Time(nameof(Ticket.ReopenedAtUtc), t => t.Plan.ReopenedAtUtc)
            .Long(nameof(Ticket.ReopenCount), t => t.Plan.ReopenCount)
            .Long(nameof(Ticket.MergedIntoId), t => t.Plan.MergedIntoId)
            .Long(nameof(Ticket.RepeatOfId), t => t.Plan.RepeatOfId)
            .Long(nameof(Ticket.DuplicateOfId), t => t.Plan.DuplicateOfId)
            .Long(nameof(Ticket.CsatScore), t => t.Plan.CsatScore)
            .Time(nameof(Ticket.CsatAskedAtUtc), t => t.Plan.CsatAskedAtUtc)
            .Time(nameof(Ticket.CsatAtUtc), t => t.Plan.CsatAtUtc)
            .Long(nameof(Ticket.Version), t => t.Plan.Version)
            .Standing(t => t.Sla)
    );

    private readonly BulkTable<PlannedEvent> _events = tables.Into<PlannedEvent, TicketEvent>(map =>
        map.Long(nameof(TicketEvent.TicketId), e => e.TicketId)
            .Time(nameof(TicketEvent.AtUtc), e => e.AtUtc)
            .Name<TicketEventKind>(nameof(TicketEvent.Kind), e => e.Kind)
            .Guid(nameof(TicketEvent.UserId), e => e.UserId)
            .Text(nameof(TicketEvent.Who), e => e.Who)
            .Text(nameof(TicketEvent.From), e => e.From)
            .Text(nameof(TicketEvent.To), e => e.To)
            .Text(nameof(TicketEvent.Note), e => e.Note)
    );

    private readonly BulkTable<PlannedMessage> _messages = tables.Into<PlannedMessage, TicketMessage>(map =>
        map.Long(nameof(TicketMessage.TicketId), m => m.TicketId)
            .Time(nameof(TicketMessage.AtUtc), m => m.AtUtc)
            .Name<MessageKind>(nameof(TicketMessage.Kind), m => m.Kind)
            .Guid(nameof(TicketMessage.UserId), m => m.UserId)
            .Text(nameof(TicketMessage.Who), m => m.Who)
            .Text(nameof(TicketMessage.Body), m => m.Body)
            .Name<IntakeChannel>(nameof(TicketMessage.Via), m => m.Via)
    );

    private readonly BulkTable<WrittenClock> _clocks = tables.Into<WrittenClock, SlaClock>(map =>
        map.Clock(c => c.Clock)
            .Time(nameof(SlaClock.DueAtUtc), c => c.Clock.DueAtUtc)
            .Time(nameof(SlaClock.WarnedAtUtc), c => c.WarnedAtUtc)
            .Time(nameof(SlaClock.BreachedAtUtc), c => c.Clock.BreachedAtUtc)
    );

    private readonly BulkTable<PlannedEscalation> _escalations = tables.Into<PlannedEscalation, Escalation>(map =>
        map.Long(nameof(Escalation.TicketId), e => e.TicketId)
            .Guid(nameof(Escalation.ClientId), e => e.ClientId)
            .Name<SupportLevel>(nameof(Escalation.From), e => e.From)
            .Name<SupportLevel>(nameof(Escalation.To), e => e.To)
            .Text(nameof(Escalation.Reason), e => e.Reason)
            .Time(nameof(Escalation.AtUtc), e => e.AtUtc)
            .Guid(nameof(Escalation.UserId), e => e.By.Id)
            .Text(nameof(Escalation.Who), e => e.By.Name)
            .Time(nameof(Escalation.TakenUpAtUtc), e => e.TakenUpAtUtc)
    );

    private readonly BulkTable<PlannedTicket> _handovers = tables.Into<PlannedTicket, Handover>(map =>
        map.Long(nameof(Handover.TicketId), t => t.Id)
            .Guid(nameof(Handover.ClientId), t => t.Client.Id)
            .Time(nameof(Handover.AtUtc), t => t.HandedOverAtUtc)
            .Text(nameof(Handover.Who), t => t.Client.Name)
            .Time(nameof(Handover.AcceptedAtUtc), t => t.AcceptedAtUtc)
            .Guid(nameof(Handover.AcceptedById), t => t.AcceptedBy?.Id)
            .Text(nameof(Handover.AcceptedBy), t => t.AcceptedBy?.Name)
    );

    private readonly BulkTable<WrittenAudit> _audit = tables.Into<WrittenAudit, AuditEntry>(map =>
        map.Time(nameof(AuditEntry.AtUtc), a => a.Event.AtUtc)
            .Guid(nameof(AuditEntry.UserId), a => a.Event.UserId)
            .Text(nameof(AuditEntry.Who), a => a.Event.Who)
            .Text(nameof(AuditEntry.What), a => a.What)
            .Text(nameof(AuditEntry.Room), _ => "Tickets")
            .Text(nameof(AuditEntry.Subject), a => TicketReference.Of(a.Event.TicketId))
            .Guid(nameof(AuditEntry.ClientId), a => a.ClientId)
            .Text(nameof(AuditEntry.Why), a => a.Event.Note)
            .Text(nameof(AuditEntry.Before), a => a.Before)
            .Text(nameof(AuditEntry.After), a => a.After)
    );

    public async ValueTask AddAsync(WrittenOrder order, CancellationToken ct)
    {
        if (order.Plan.IsFirstOfRecipient)
        {
            await _recipients.AddAsync(order.Plan.Recipient, ct);
        }

        await _orders.AddAsync(order, ct);
        await _orderEvents.AddAsync(order.Plan.Events, ct);
    }

    public async ValueTask AddAsync(ReckonedTicket ticket, CancellationToken ct)
    {
        await _tickets.AddAsync(ticket, ct);
        await _events.AddAsync(ticket.Events, ct);
        await _messages.AddAsync(ticket.Plan.Messages, ct);
        await _clocks.AddAsync(ticket.Clocks, ct);
        await _escalations.AddAsync(ticket.Plan.Escalations, ct);
        if (ticket.Plan.HandedOverAtUtc is not null)
        {
            await _handovers.AddAsync(ticket.Plan, ct);
        }

        await _orderEvents.AddAsync(ticket.Plan.Aftermath, ct);
        await _audit.AddAsync(ticket.Audit, ct);
    }
}

internal sealed record WrittenOrder(PlannedOrder Plan, SealedVoucher? Voucher);

/// <param name="WarnedAtUtc">When the watch of that time noticed that it was at risk; also on clocks that were met after that.</param>
internal sealed record WrittenClock(SlaClock Clock, DateTime? WarnedAtUtc);

internal sealed record WrittenAudit(PlannedEvent Event, string What, Guid ClientId, string? Before, string? After);

/// <summary>A planned ticket with what the clocks make of it.</summary>
internal sealed record ReckonedTicket(
    PlannedTicket Plan,
    SlaStanding Sla,
    IReadOnlyList<PlannedEvent> Events,
    IReadOnlyList<WrittenClock> Clocks,
    IReadOnlyList<WrittenAudit> Audit
);
