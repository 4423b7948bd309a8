using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal static class RecurrenceStep
{
    // Of one recipient or order: more than this many is a test account.
    private const int Most = 200;

    public static async Task<(long? DuplicateOfId, long? RepeatOfId)> JudgeAsync(PlumDbContext db, Ticket ticket, CancellationToken ct)
    {
        if (ticket.RecipientId is null && ticket.OrderId is null)
        {
            return (null, null);
        }

        var earlier = await db
            .Tickets.AsNoTracking()
            .Where(t => t.ClientId == ticket.ClientId && t.MergedIntoId == null && t.Id != ticket.Id)
            .Where(t =>
                (ticket.OrderId != null && t.OrderId == ticket.OrderId)
                || (ticket.RecipientId != null && t.RecipientId == ticket.RecipientId && t.CategoryId == ticket.CategoryId)
            )
            .OrderByDescending(t => t.Id)
            .Take(Most)
            .Select(t => new EarlierTicket(t.Id, t.RecipientId, t.OrderId, t.CategoryId, t.CreatedAtUtc, t.ResolvedAtUtc))
            .ToListAsync(ct);
        if (earlier.Count == 0)
        {
            return (null, null);
        }

        var window = await db.Clients.Where(c => c.Id == ticket.ClientId).Select(c => c.RepeatWindowDays).SingleAsync(ct);
        return Recurrence.Judge(new Complaint(ticket.RecipientId, ticket.OrderId, ticket.CategoryId, ticket.CreatedAtUtc), earlier, window);
    }
}
