using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>
/// Opens one ticket in a transaction that the caller began and commits: whoever opens it, by hand, from an order or by the client's form.
/// What was complained of before is recognised here, while the number sequence is held, so that two of a kind opened at once find each other.
/// </summary>
internal static class OpeningStep
{
    public static async Task<(Refusal? Refusal, Ticket? Ticket)> OpenAsync(
        PlumDbContext db,
        OpenTicket command,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        if ((by.Sees(command.ClientId) ? null : Refusals.NotFound) is { } unseen)
        {
            return (unseen, null);
        }

        var id = await db.TakeAsync(Numbers.Tickets, 1, ct);
        var category = await db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.Id == command.CategoryId, ct);
        if (category is not { IsActive: true })
        {
            return (category is null ? TicketRefusals.NoCategory : TicketRefusals.NotInUse("Category", category.Name), null);
        }

        var client = await db.Clients.Where(c => c.Id == command.ClientId).Select(c => new { c.Name, c.IsActive }).SingleOrDefaultAsync(ct);
        if (client is not { IsActive: true })
        {
            return (client is null ? TicketRefusals.NoClient : TicketRefusals.NotInUse("Client", client.Name), null);
        }

        var order = command.OrderId is { } orderId
            ? await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId && o.ClientId == command.ClientId, ct)
            : null;
        var recipientId = order?.RecipientId ?? command.RecipientId;
        var programmeId = order?.ProgrammeId ?? command.ProgrammeId;
        if (command.OrderId is not null && order is null)
        {
            return (Refusals.NotFound with { Field = "Order" }, null);
        }

        if (recipientId is not null && !await db.Recipients.AnyAsync(r => r.Id == recipientId && r.ClientId == command.ClientId, ct))
        {
            return (Refusals.NotFound with { Field = "Recipient" }, null);
        }

        if (programmeId is not null)
        {
            var programme = await db
                .Programmes.Where(p => p.Id == programmeId && p.ClientId == command.ClientId)
                .Select(p => new { p.Name, p.IsActive })
                .SingleOrDefaultAsync(ct);
            if (programme is null)
            {
                return (Refusals.NotFound with { Field = "Programme" }, null);
            }

            // Of an order, or of the ticket split off, it is a fact and not a choice: people complain after a programme has ended.
            if (!programme.IsActive && order is null && !command.IsSplit)
            {
                return (TicketRefusals.NotInUse("Programme", programme.Name), null);
            }
        }

        var firstCode = command.Disposition ?? category.FirstDisposition;
        var first = await db.Dispositions.AsNoTracking().SingleOrDefaultAsync(d => d.Code == firstCode, ct);
        if (first is null)
        {
            return (Refusals.NotFound with { Field = "Disposition" }, null);
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
            order?.SupplierId,
            command.SourceReference
        );
        if (
            (
                TicketRefusals.ForTerms(terms)
                ?? TicketRefusals.ForFirst(first)
                ?? Refusals.ForText("Message", command.Message, TicketMessage.BodyMaxLength, required: command.Files is { Count: > 0 })
            ) is
            { } wrong
        )
        {
            return (wrong, null);
        }

        var reference = command.SourceReference?.Trim();
        if (
            !string.IsNullOrEmpty(reference)
            && await db
                .Tickets.Where(t => t.ClientId == command.ClientId && t.SourceReference == reference)
                .Select(t => (long?)t.Id)
                .FirstOrDefaultAsync(ct)
                is { } known
        )
        {
            return (
                new Refusal("ticket.reference-known", $"{TicketReference.Of(known)} has that reference already. Go on there.", "Reference"),
                null
            );
        }

        var ticket = Ticket.Open(id, terms, first, nowUtc, command.CreatedAtUtc);
        var on = new TicketScope(db, ticket, by, nowUtc);
        var (duplicateOf, repeatOf) = command.IsSplit ? (null, null) : await RecurrenceStep.JudgeAsync(db, ticket, ct);
        ticket.Recognise(duplicateOf, repeatOf);
        db.Add(ticket);
        on.Event(TicketEventKind.Opened, to: first.Code);
        if (command.Channel == IntakeChannel.ClientForm)
        {
            db.Add(Handover.Of(ticket, by, nowUtc));
            on.Event(TicketEventKind.HandedOver);
        }

        if (!string.IsNullOrWhiteSpace(command.Message))
        {
            var message = TicketMessage.Say(id, MessageKind.Incoming, command.Message, by, nowUtc, command.Channel);
            if (await AttachmentStep.AddAsync(on, message, command.Files ?? [], ct) is { } files)
            {
                return (files, null);
            }

            db.Add(message);
            on.Event(TicketEventKind.Messaged, to: command.Channel.ToString());
        }

        if ((ticket.DuplicateOfId ?? ticket.RepeatOfId) is { } before)
        {
            var kind = ticket.DuplicateOfId is null ? "RepeatOf" : nameof(LinkKind.DuplicateOf);
            on.Event(TicketEventKind.Linked, to: $"{kind} {TicketReference.Of(before)}");
        }

        if (command.FollowsId is { } followed)
        {
            if (await TicketLinking.LinkAsync(on, TicketReference.Of(followed), LinkKind.Follows, ct) is { } noLink)
            {
                return (noLink, null);
            }
        }

        db.Add(
            AuditEntry.For(
                "Tickets",
                on.Reference,
                "Opened",
                by,
                nowUtc,
                ticket.ClientId,
                after: Diff.Of(
                    new Dictionary<string, object?>
                    {
                        ["disposition"] = first.Code,
                        ["severity"] = ticket.Severity.ToString(),
                        ["channel"] = ticket.Channel.ToString(),
                        ["duplicateOf"] = ticket.DuplicateOfId is { } duplicate ? TicketReference.Of(duplicate) : null,
                        ["repeatOf"] = ticket.RepeatOfId is { } repeat ? TicketReference.Of(repeat) : null,
                    }
                )
            )
        );
        await SlaStep.ReckonAsync(db, ticket, nowUtc, ct);
        return (null, ticket);
    }
}
