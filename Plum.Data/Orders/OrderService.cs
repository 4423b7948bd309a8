using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Orders;

public sealed partial class OrderService(IDbContextFactory<PlumDbContext> contexts, VoucherVault vault, TimeProvider clock)
{
    private const string Room = "Orders";

    public async Task<Page<OrderRow>> ListAsync(OrderListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return Page<OrderRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var orders = Narrowed(db, query.Filter, by);
        var total = await orders.CountAsync(ct); // before the joins, which only add columns
        var ids = await Sorted(orders, query)
            .Skip(Math.Max(query.Skip, 0))
            .Take(Math.Clamp(query.Take, 1, Paging.MostRows))
            .Select(o => o.Id)
            .ToListAsync(ct);
        var rows = await Rows(db, db.Orders.AsNoTracking().Where(o => ids.Contains(o.Id))).ToDictionaryAsync(r => r.Id, ct);
        return new Page<OrderRow>([.. ids.Select(id => rows[id])], total);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<OrderView?> ViewAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var order = db.Orders.AsNoTracking().VisibleTo(by).Where(o => o.Id == id);
        var view = await (
            from o in order
            join c in db.Clients on o.ClientId equals c.Id
            join p in db.Programmes on o.ProgrammeId equals p.Id
            join r in db.Recipients on o.RecipientId equals r.Id
            join w in db.Rewards on o.RewardId equals w.Id
            join b in db.Brands on o.BrandId equals b.Id
            join s in db.Suppliers on o.SupplierId equals s.Id
            select new OrderView(
                o.Id,
                o.ClientId,
                c.Code,
                c.Name,
                o.ProgrammeId,
                p.Name,
                o.RecipientId,
                r.Name,
                r.Email,
                r.Phone,
                o.BrandId,
                b.Name,
                o.RewardId,
                w.Name,
                w.Country,
                o.SupplierId,
                s.Name,
                o.Value,
                o.PaidWith,
                o.Status,
                o.SupplierReference,
                o.VoucherSealed != null,
                o.VoucherLast4,
                o.PlacedAtUtc,
                o.IssuedAtUtc,
                o.ExpiresAtUtc
            )
        ).SingleOrDefaultAsync(ct);
        return view is null
            ? null
            : view with
            {
                History = await db
                    .OrderEvents.AsNoTracking()
                    .Where(e => e.OrderId == id)
                    .OrderBy(e => e.AtUtc)
                    .ThenBy(e => e.Id)
                    .Select(e => new OrderLine(e.AtUtc, e.Status, e.What, e.Note, e.Who))
                    .ToListAsync(ct),
                Tickets = await RelatedTickets.OfAsync(db, t => t.OrderId == id, by, ct),
            };
    }

    /// <summary>Orders that <paramref name="text"/> finds, newest first: for a picker.</summary>
    public async Task<IReadOnlyList<OrderChoice>> FindAsync(
        string? text,
        Guid? clientId,
        long? recipientId,
        int take,
        Actor by,
        CancellationToken ct
    )
    {
        if (!by.May(Act.ReadOrders))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var orders = Narrowed(db, new OrderFilter(text, clientId, RecipientId: recipientId), by)
            .OrderByDescending(o => o.PlacedAtUtc)
            .ThenByDescending(o => o.Id)
            .Take(Math.Clamp(take, 1, Paging.MostRows));
        return await Choices(db, orders).ToListAsync(ct);
    }

    /// <summary>One as a picker shows it; null when there is none that the actor may see.</summary>
    public async Task<OrderChoice?> ChoiceAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Choices(db, db.Orders.AsNoTracking().VisibleTo(by).Where(o => o.Id == id)).SingleOrDefaultAsync(ct);
    }

    private static IQueryable<Order> Narrowed(PlumDbContext db, OrderFilter filter, Actor by)
    {
        var orders = db.Orders.AsNoTracking().VisibleTo(by).Matching(db, filter.Text);
        if (filter.ClientId is { } client)
        {
            orders = orders.Where(o => o.ClientId == client);
        }

        if (filter.ProgrammeId is { } programme)
        {
            orders = orders.Where(o => o.ProgrammeId == programme);
        }

        if (filter.RecipientId is { } recipient)
        {
            orders = orders.Where(o => o.RecipientId == recipient);
        }

        if (filter.Status is { } status)
        {
            orders = orders.Where(o => o.Status == status);
        }

        if (filter.BrandId is { } brand)
        {
            orders = orders.Where(o => o.BrandId == brand);
        }

        if (filter.SupplierId is { } supplier)
        {
            orders = orders.Where(o => o.SupplierId == supplier);
        }

        if (filter.PaidWith is { } tender)
        {
            orders = orders.Where(o => o.PaidWith == tender);
        }

        if (filter.PlacedFromUtc is { } from)
        {
            orders = orders.Where(o => o.PlacedAtUtc >= from);
        }

        return filter.PlacedUntilUtc is { } until ? orders.Where(o => o.PlacedAtUtc < until) : orders;
    }

    private static IQueryable<Order> Sorted(IQueryable<Order> orders, OrderListQuery query) =>
        query.Sort switch
        {
            OrderSort.Reference => orders.OrderBy(o => o.Id, query.Descending),
            OrderSort.Status => orders.OrderBy(o => o.Status, query.Descending).ThenBy(o => o.Id, query.Descending),

            // By currency first: amounts of different currencies do not compare.
            OrderSort.Value => orders
                .OrderBy(o => o.Value.Currency, query.Descending)
                .ThenBy(o => o.Value.MinorUnits, query.Descending)
                .ThenBy(o => o.Id, query.Descending),
            _ => orders.OrderBy(o => o.PlacedAtUtc, query.Descending).ThenBy(o => o.Id, query.Descending),
        };

    private static IQueryable<OrderChoice> Choices(PlumDbContext db, IQueryable<Order> orders) =>
        from o in orders
        join c in db.Clients on o.ClientId equals c.Id
        join r in db.Recipients on o.RecipientId equals r.Id
        join w in db.Rewards on o.RewardId equals w.Id
        join b in db.Brands on o.BrandId equals b.Id
        orderby o.PlacedAtUtc descending, o.Id descending
        select new OrderChoice(o.Id, c.Id, c.Code, o.ProgrammeId, r.Id, r.Name, b.Name, w.Name, o.Value, o.Status, o.PlacedAtUtc);

    internal static IQueryable<OrderRow> Rows(PlumDbContext db, IQueryable<Order> orders) =>
        from o in orders
        join c in db.Clients on o.ClientId equals c.Id
        join p in db.Programmes on o.ProgrammeId equals p.Id
        join r in db.Recipients on o.RecipientId equals r.Id
        join w in db.Rewards on o.RewardId equals w.Id
        join b in db.Brands on o.BrandId equals b.Id
        join s in db.Suppliers on o.SupplierId equals s.Id
        select new OrderRow(
            o.Id,
            c.Code,
            p.Name,
            r.Id,
            r.Name,
            b.Name,
            w.Name,
            s.Name,
            o.Value,
            o.PaidWith,
            o.Status,
            o.PlacedAtUtc,
            o.VoucherLast4
        );
}
