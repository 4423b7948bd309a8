using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Tickets by what was typed in the search box, as SQL.</summary>
internal static class TicketTextSql
{
    /// <summary>The full-text columns that a person bound to a client may look in: notes are seen by Plum's own people only.</summary>
    public const string OutwardColumns = "Subject Messages";

    public static string? Columns(Actor by) => by.ClientId is null ? null : OutwardColumns;

    public static IQueryable<Ticket> Saying(
        this PlumDbContext db,
        IQueryable<Ticket> tickets,
        TicketTextQuery text,
        Actor by,
        bool hasFullText
    )
    {
        if (text.IsBlank)
        {
            return tickets.Where(t => false);
        }

        if (text.Tickets.Count > 0)
        {
            tickets = tickets.Where(t => text.Tickets.Contains(t.Id));
        }

        if (text.Orders.Count > 0)
        {
            tickets = tickets.Where(t => text.Orders.Contains(t.OrderId!.Value));
        }

        if (text.Emails.Count > 0)
        {
            tickets = tickets.Where(t => db.Recipients.Any(r => r.Id == t.RecipientId && text.Emails.Contains(r.Email!)));
        }

        if (text.Phones.Count > 0)
        {
            tickets = tickets.Where(t => db.Recipients.Any(r => r.Id == t.RecipientId && text.Phones.Contains(r.Phone!)));
        }

        return text.Words.Count == 0 ? tickets : db.Worded(tickets, text, by, hasFullText);
    }

    private static IQueryable<Ticket> Worded(
        this PlumDbContext db,
        IQueryable<Ticket> tickets,
        TicketTextQuery text,
        Actor by,
        bool hasFullText
    )
    {
        var inward = by.ClientId is null;
        if (db.Database.IsSqlite())
        {
            var expression = text.ToFts5(Columns(by));
            var found = db.Database.SqlQuery<long>($"SELECT rowid AS Value FROM TicketText WHERE TicketText MATCH {expression}");
            return tickets.Where(t => found.Contains(t.Id));
        }

        if (hasFullText)
        {
            // Each word in the subject or in a message: CONTAINS holds for one row of one table at a time.
            return text.Words.Aggregate(
                tickets,
                (narrowed, word) =>
                {
                    var one = (text with { Words = [word], LastIsPrefix = text.LastIsPrefix && word == text.Words[^1] }).ToContains();
                    return narrowed.Where(t =>
                        EF.Functions.Contains(t.Subject, one)
                        || db.TicketMessages.Any(m =>
                            m.TicketId == t.Id && (inward || m.Kind != MessageKind.Note) && EF.Functions.Contains(m.Body, one)
                        )
                    );
                }
            );
        }

        return text.Words.Aggregate(
            tickets,
            (narrowed, word) =>
                narrowed.Where(t =>
                    t.Subject.Contains(word)
                    || db.TicketMessages.Any(m => m.TicketId == t.Id && (inward || m.Kind != MessageKind.Note) && m.Body.Contains(word))
                )
        );
    }
}
