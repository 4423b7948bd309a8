using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public sealed partial class TicketService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Tickets";

    public async Task<Outcome> OpenAsync(OpenTicket command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.OpenTickets) ?? (by.Sees(command.ClientId) ? null : Refusals.NotFound)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        var category = await db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.Id == command.CategoryId, ct);
        if (category is null || !await db.Clients.AnyAsync(c => c.Id == command.ClientId, ct))
        {
            return Refusals.NotFound;
        }

        var order = command.OrderId is { } orderId
            ? await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId && o.ClientId == command.ClientId, ct)
            : null;
        var recipientId = order?.RecipientId ?? command.RecipientId;
        var programmeId = order?.ProgrammeId ?? command.ProgrammeId;
        if (
            (command.OrderId is not null && order is null)
            || (recipientId is not null && !await db.Recipients.AnyAsync(r => r.Id == recipientId && r.ClientId == command.ClientId, ct))
            || (programmeId is not null && !await db.Programmes.AnyAsync(p => p.Id == programmeId && p.ClientId == command.ClientId, ct))
        )
        {
            return Refusals.NotFound;
        }

        var first = await db
            .Dispositions.AsNoTracking()
            .SingleOrDefaultAsync(d => d.Code == (command.Disposition ?? category.FirstDisposition), ct);
        if (first is null)
        {
            return Refusals.NotFound;
        }

        var terms = new OpenTicketTerms(
            command.ClientId,
            category.Id,
            command.Subject,
            command.Channel,
            command.Severity ?? category.DefaultSeverity,
            programmeId,
            recipientId,
            order?.Id,
            order?.BrandId,
            order?.SupplierId
        );
        if (
            (
                TicketRefusals.ForTerms(terms)
                ?? TicketRefusals.ForFirst(first)
                ?? Refusals.ForText("Message", command.Message, TicketMessage.BodyMaxLength, required: false)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var ticket = Ticket.Open(await db.TakeAsync(Numbers.Tickets, 1, ct), terms, first, now);
        var reference = TicketReference.Of(ticket.Id);
        db.Add(ticket);
        db.Add(TicketEvent.Of(ticket.Id, TicketEventKind.Opened, by, now, to: first.Code));
        if (!string.IsNullOrWhiteSpace(command.Message))
        {
            db.Add(TicketMessage.Say(ticket.Id, MessageKind.Incoming, command.Message, by, now));
            db.Add(TicketEvent.Of(ticket.Id, TicketEventKind.Messaged, by, now));
        }

        await SlaStep.ReckonAsync(db, ticket, now, ct);
        db.Add(AuditEntry.For(Room, reference, "Opened", by, now, ticket.ClientId));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Outcome.Done(reference);
    }
}
