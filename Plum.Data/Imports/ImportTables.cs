using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Imports;
using Plum.Domain.Orders;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Imports;

internal sealed record ImportedTicket(
    long Id,
    ImportRow Row,
    ImportOrder? Order,
    long? RecipientId,
    SlaStanding? Sla,
    IReadOnlyList<ImportedEvent> Events,
    IReadOnlyList<ImportedClock> Clocks
)
{
    public DateTime LastAtUtc => Row.ResolvedAtUtc ?? Row.FirstResponseAtUtc ?? Row.CreatedAtUtc;

    /// <summary>Scores have no date of their own: they count on the day of the solution.</summary>
    public DateTime? CsatAtUtc => Row.Csat is null ? null : LastAtUtc;
}

internal sealed record ImportedEvent(long TicketId, DateTime AtUtc, TicketEventKind Kind, string? From, string? To, string? Note);

/// <param name="DueAtUtc">As recorded, where the old system recorded a result, else as reckoned.</param>
internal sealed record ImportedClock(SlaClock Clock, DateTime? DueAtUtc, DateTime? BreachedAtUtc);

internal sealed record ImportedRecipient(long Id, string Name, string? Email, string? Phone);

internal sealed class ImportTables(BulkTables tables, Guid clientId, Guid importId, string who, DateTime nowUtc)
{
    private readonly BulkTable<ImportedRecipient> _recipients = tables.Into<ImportedRecipient, Recipient>(map =>
        map.Long(nameof(Recipient.Id), r => r.Id)
            .Guid(nameof(Recipient.ClientId), _ => clientId)
            .Text(nameof(Recipient.Name), r => r.Name)
            .Text(nameof(Recipient.Email), r => r.Email)
            .Text(nameof(Recipient.Phone), r => r.Phone)
            .Guid(nameof(Recipient.ImportId), _ => importId)
    );

    private readonly BulkTable<ImportedTicket> _tickets = tables.Into<ImportedTicket, Ticket>(map =>
        map.Long(nameof(Ticket.Id), t => t.Id)
            .Guid(nameof(Ticket.ClientId), _ => clientId)
            .Guid(nameof(Ticket.ProgrammeId), t => t.Row.ProgrammeId ?? t.Order?.ProgrammeId)
            .Long(nameof(Ticket.RecipientId), t => t.RecipientId)
            .Long(nameof(Ticket.OrderId), t => t.Order?.Id)
            .Guid(nameof(Ticket.BrandId), t => t.Order?.BrandId)
            .Guid(nameof(Ticket.SupplierId), t => t.Order?.SupplierId)
            .Guid(nameof(Ticket.CategoryId), t => t.Row.Category.Id)
            .Name<IntakeChannel>(nameof(Ticket.Channel), t => t.Row.Channel)
            .Name<Severity>(nameof(Ticket.Severity), t => t.Row.Severity)
            .Text(nameof(Ticket.Disposition), t => t.Row.Disposition)
            .Name<Stage>(nameof(Ticket.Stage), t => t.Row.Stage)
            .Text(nameof(Ticket.Subject), t => t.Row.Subject)
            .Time(nameof(Ticket.CreatedAtUtc), t => t.Row.CreatedAtUtc)
            .Time(nameof(Ticket.ReceivedAtUtc), _ => nowUtc)
            .Time(nameof(Ticket.UpdatedAtUtc), t => t.LastAtUtc)
            .Time(nameof(Ticket.FirstRespondedAtUtc), t => t.Row.FirstResponseAtUtc)
            .Time(nameof(Ticket.FirstResolvedAtUtc), t => t.Row.ResolvedAtUtc)
            .Time(nameof(Ticket.ResolvedAtUtc), t => t.Row.ResolvedAtUtc)
            .Long(nameof(Ticket.CsatScore), t => t.Row.Csat)
            .Time(nameof(Ticket.CsatAskedAtUtc), t => t.CsatAtUtc)
            .Time(nameof(Ticket.CsatAtUtc), t => t.CsatAtUtc)
            .Long(nameof(Ticket.IsDisputed), t => t.Row.IsDisputed is { } disputed ? (disputed ? 1 : 0) : null)
            .Guid(nameof(Ticket.ImportId), _ => importId)
            .Text(nameof(Ticket.SourceReference), t => t.Row.SourceReference)
            .Standing(t => t.Sla)
    );

    private readonly BulkTable<ImportedEvent> _events = tables.Into<ImportedEvent, TicketEvent>(map =>
        map.Long(nameof(TicketEvent.TicketId), e => e.TicketId)
            .Time(nameof(TicketEvent.AtUtc), e => e.AtUtc)
            .Name<TicketEventKind>(nameof(TicketEvent.Kind), e => e.Kind)
            .Text(nameof(TicketEvent.Who), _ => who)
            .Text(nameof(TicketEvent.From), e => e.From)
            .Text(nameof(TicketEvent.To), e => e.To)
            .Text(nameof(TicketEvent.Note), e => e.Note)
    );

    private readonly BulkTable<ImportedTicket> _messages = tables.Into<ImportedTicket, TicketMessage>(map =>
        map.Long(nameof(TicketMessage.TicketId), t => t.Id)
            .Time(nameof(TicketMessage.AtUtc), t => t.Row.CreatedAtUtc)
            .Name<MessageKind>(nameof(TicketMessage.Kind), _ => MessageKind.Incoming)
            .Text(nameof(TicketMessage.Who), t => t.Row.RecipientName ?? who)
            .Text(nameof(TicketMessage.Body), t => t.Row.Message)
            .Name<IntakeChannel>(nameof(TicketMessage.Via), t => t.Row.Channel)
    );

    private readonly BulkTable<ImportedClock> _clocks = tables.Into<ImportedClock, SlaClock>(map =>
        map.Clock(c => c.Clock)
            .Time(nameof(SlaClock.DueAtUtc), c => c.DueAtUtc)
            .Time(nameof(SlaClock.WarnedAtUtc), c => c.Clock.WarnedAtUtc)
            .Time(nameof(SlaClock.BreachedAtUtc), c => c.BreachedAtUtc)
            .Long(nameof(SlaClock.IsImported), _ => 1)
    );

    public ValueTask AddAsync(ImportedRecipient recipient, CancellationToken ct) => _recipients.AddAsync(recipient, ct);

    public async ValueTask AddAsync(ImportedTicket ticket, CancellationToken ct)
    {
        await _tickets.AddAsync(ticket, ct);
        await _events.AddAsync(ticket.Events, ct);
        if (ticket.Row.Message is not null)
        {
            await _messages.AddAsync(ticket, ct);
        }

        await _clocks.AddAsync(ticket.Clocks, ct);
    }
}
