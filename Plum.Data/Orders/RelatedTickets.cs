using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Orders;

internal static class RelatedTickets
{
    public const int Most = 50;

    /// <summary>The newest tickets that <paramref name="which"/> picks, of those that the actor may see.</summary>
    public static async Task<IReadOnlyList<RelatedTicket>> OfAsync(
        PlumDbContext db,
        Expression<Func<Ticket, bool>> which,
        Actor by,
        CancellationToken ct
    )
    {
        if (!by.May(Act.ReadTickets))
        {
            return [];
        }

        var tickets = db.Tickets.AsNoTracking().VisibleTo(by).Where(which).OrderByDescending(t => t.Id).Take(Most);
        return await (
            from t in tickets
            join c in db.Categories on t.CategoryId equals c.Id
            join d in db.Dispositions on t.Disposition equals d.Code
            orderby t.Id descending
            select new RelatedTicket(t.Id, t.Subject, c.Name, d.Label, t.Stage, t.Severity, t.CreatedAtUtc, t.OrderId)
        ).ToListAsync(ct);
    }
}
