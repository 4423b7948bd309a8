using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>The queue's filter and order as SQL. The index (<see cref="TicketQueueIndex"/>) answers the same where there is one.</summary>
internal static class TicketQueueSql
{
    public static IQueryable<Ticket> Matching(this PlumDbContext db, TicketFilter filter, TicketQueueMoment moment, bool hasFullText)
    {
        var tickets = db.Tickets.AsNoTracking().VisibleTo(moment.By);
        if (filter.Open is { } open)
        {
            tickets = open ? tickets.Where(t => t.Stage != Stage.Final) : tickets.Where(t => t.Stage == Stage.Final);
        }

        tickets = Any(tickets, filter.Clients, t => filter.Clients.Contains(t.ClientId));
        tickets = Any(tickets, filter.Programmes, t => filter.Programmes.Contains(t.ProgrammeId!.Value));
        tickets = Any(tickets, filter.Dispositions, t => filter.Dispositions.Contains(t.Disposition));
        tickets = Any(tickets, filter.Categories, t => filter.Categories.Contains(t.CategoryId));
        tickets = Any(tickets, filter.Channels, t => filter.Channels.Contains(t.Channel));
        tickets = Any(tickets, filter.Severities, t => filter.Severities.Contains(t.Severity));
        tickets = Any(tickets, filter.WaitingOn, t => filter.WaitingOn.Contains(t.WaitingOn));
        tickets = Any(tickets, filter.Levels, t => filter.Levels.Contains(t.Level));
        tickets = Any(tickets, filter.Brands, t => filter.Brands.Contains(t.BrandId!.Value));
        tickets = Any(tickets, filter.Suppliers, t => filter.Suppliers.Contains(t.SupplierId!.Value));
        tickets = Any(tickets, filter.Recipients, t => filter.Recipients.Contains(t.RecipientId!.Value));
        tickets = Any(tickets, filter.Orders, t => filter.Orders.Contains(t.OrderId!.Value));
        tickets = Any(tickets, filter.Imports, t => filter.Imports.Contains(t.ImportId!.Value));
        if (filter.Owners.Count > 0)
        {
            var (users, nobody) = moment.Owners(filter);
            tickets = tickets.Where(t => (nobody && t.OwnerId == null) || users.Contains(t.OwnerId!.Value));
        }

        if (filter.Sla.Count > 0)
        {
            tickets = tickets.Where(Either(filter.Sla.Select(s => InState(s, moment.NowUtc))));
        }

        if (filter.Ages.Count > 0)
        {
            tickets = tickets.Where(t => t.Stage != Stage.Final).Where(Either(filter.Ages.Select(a => OfAge(a, moment.NowUtc))));
        }

        var (from, before) = moment.Created(filter);
        tickets = from is { } first ? tickets.Where(t => t.CreatedAtUtc >= first) : tickets;
        tickets = before is { } end ? tickets.Where(t => t.CreatedAtUtc < end) : tickets;
        return filter.Text is null ? tickets : db.Saying(tickets, TicketTextQuery.Parse(filter.Text), moment.By, hasFullText);
    }

    /// <summary>Rows in order. What has no value for the order's key comes last in either direction; ties end in the number.</summary>
    public static IQueryable<Ticket> InOrder(this IQueryable<Ticket> tickets, PlumDbContext db, TicketOrder order)
    {
        var down = order.Descending;
        var ordered = order.By switch
        {
            TicketSort.Sla => tickets.OrderBy(t => t.NextDueAtUtc == null).ThenBy(t => t.NextDueAtUtc, down),
            TicketSort.Created => tickets.OrderBy(t => t.CreatedAtUtc, down),
            TicketSort.Updated => tickets.OrderBy(t => t.UpdatedAtUtc, down),
            TicketSort.Severity => tickets.OrderBy(t => t.Severity, down),
            TicketSort.Channel => tickets.OrderBy(t => t.Channel, down),
            TicketSort.WaitingOn => tickets.OrderBy(t => t.WaitingOn, down),
            TicketSort.Level => tickets.OrderBy(t => t.Level, down),
            TicketSort.Client => tickets.OrderBy(t => db.Clients.First(c => c.Id == t.ClientId).Name, down),
            TicketSort.Category => tickets.OrderBy(t => db.Categories.First(c => c.Id == t.CategoryId).Name, down),
            TicketSort.Disposition => tickets.OrderBy(t => db.Dispositions.First(d => d.Code == t.Disposition).SortOrder, down),
            TicketSort.Programme => tickets
                .OrderBy(t => t.ProgrammeId == null)
                .ThenBy(t => db.Programmes.First(p => p.Id == t.ProgrammeId).Name, down),
            TicketSort.Owner => tickets
                .OrderBy(t => t.OwnerId == null)
                .ThenBy(t => db.Users.First(u => u.Id == t.OwnerId).DisplayName, down),
            _ => tickets.OrderBy(t => t.Id, down),
        };
        return ordered.ThenBy(t => t.Id, down);
    }

    public static IQueryable<TicketRow> Rows(this IQueryable<Ticket> tickets, PlumDbContext db) =>
        from t in tickets
        join client in db.Clients on t.ClientId equals client.Id
        join disposition in db.Dispositions on t.Disposition equals disposition.Code
        join category in db.Categories on t.CategoryId equals category.Id
        join p in db.Programmes on t.ProgrammeId equals p.Id into programmes
        from programme in programmes.DefaultIfEmpty()
        join r in db.Recipients on t.RecipientId equals r.Id into recipients
        from recipient in recipients.DefaultIfEmpty()
        join u in db.Users on t.OwnerId equals u.Id into owners
        from owner in owners.DefaultIfEmpty()
        join b in db.Brands on t.BrandId equals b.Id into brands
        from brand in brands.DefaultIfEmpty()
        select new TicketRow(
            t.Id,
            t.Subject,
            t.Disposition,
            disposition.Label,
            t.Stage,
            t.Severity,
            t.Channel,
            t.WaitingOn,
            t.Level,
            t.ClientId,
            client.Code,
            client.Name,
            programme.Name,
            recipient.Name,
            t.OwnerId,
            owner.DisplayName,
            category.Name,
            brand.Name,
            t.OrderId,
            t.CreatedAtUtc,
            t.UpdatedAtUtc,
            t.ResolvedAtUtc,
            t.NextTarget,
            t.NextDueAtUtc,
            t.NextWarnAtUtc,
            t.IsSlaPaused,
            t.BreachedTargets,
            t.RepeatOfId != null,
            t.DuplicateOfId != null,
            t.Version
        );

    private static IOrderedQueryable<T> ThenBy<T, TKey>(this IOrderedQueryable<T> rows, Expression<Func<T, TKey>> key, bool descending) =>
        descending ? rows.ThenByDescending(key) : rows.ThenBy(key);

    private static IQueryable<Ticket> Any<T>(
        IQueryable<Ticket> tickets,
        IReadOnlyList<T> wanted,
        Expression<Func<Ticket, bool>> condition
    ) => wanted.Count == 0 ? tickets : tickets.Where(condition);

    private static Expression<Func<Ticket, bool>> InState(SlaState state, DateTime now) =>
        state switch
        {
            SlaState.Breached => t => t.Stage != Stage.Final && t.NextDueAtUtc <= now,
            SlaState.AtRisk => t => t.Stage != Stage.Final && t.NextDueAtUtc > now && t.NextWarnAtUtc <= now,
            SlaState.Running => t => t.Stage != Stage.Final && t.NextDueAtUtc > now && (t.NextWarnAtUtc == null || t.NextWarnAtUtc > now),
            SlaState.Paused => t => t.Stage != Stage.Final && t.NextDueAtUtc == null && t.IsSlaPaused,
            SlaState.None => t => t.Stage != Stage.Final && t.NextDueAtUtc == null && !t.IsSlaPaused,
            _ => t => t.BreachedTargets != SlaTargets.None,
        };

    private static Expression<Func<Ticket, bool>> OfAge(AgeBucket bucket, DateTime now)
    {
        var (after, until) = AgeBuckets.Created(bucket, now);
        return (after, until) switch
        {
            ({ } a, { } u) => t => t.CreatedAtUtc > a && t.CreatedAtUtc <= u,
            ({ } a, null) => t => t.CreatedAtUtc > a,
            (null, { } u) => t => t.CreatedAtUtc <= u,
            _ => t => true,
        };
    }

    private static Expression<Func<Ticket, bool>> Either(IEnumerable<Expression<Func<Ticket, bool>>> conditions)
    {
        var ticket = Expression.Parameter(typeof(Ticket), "t");
        var any = conditions
            .Select(c => new Renamed(c.Parameters[0], ticket).Visit(c.Body))
            .Aggregate((Expression)Expression.Constant(false), Expression.OrElse);
        return Expression.Lambda<Func<Ticket, bool>>(any, ticket);
    }

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
