using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>Deliveries as people watch and mend them.</summary>
public sealed partial class DeliveryService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Newest first, by key: the thousandth page costs what the first does.</summary>
    public async Task<DeliveryPage> ListAsync(DeliveryListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadDeliveries))
        {
            return DeliveryPage.Nothing;
        }

        var take = Math.Clamp(query.Take, 1, Paging.MostRows);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await MatchingAsync(db, query.Filter, by, ct);
        if (query.Before is { } before)
        {
            found = found.Where(d => d.Id < before);
        }

        var rows = await Rows(db, found.OrderByDescending(d => d.Id).Take(take + 1)).ToListAsync(ct);
        var sorted = rows.OrderByDescending(r => r.Id).ToList();
        return sorted.Count > take ? new DeliveryPage(sorted.GetRange(0, take), sorted[take - 1].Id) : new DeliveryPage(sorted, null);
    }

    /// <summary>How many failed, by what is to be done about them; and which providers are paused.</summary>
    public async Task<DeliveryCounts> CountAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadDeliveries))
        {
            return new DeliveryCounts(new Dictionary<DeliveryFault, int>(), []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var failed = await Visible(db, by)
            .Where(d => d.State == DeliveryState.Failed && d.Fault != null)
            .GroupBy(d => d.Fault!.Value)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var paused = by.IsBound
            ? []
            : await db.ProviderPauses.AsNoTracking().Select(p => new PausedProvider(p.Provider, p.Code, p.Words, p.AtUtc)).ToListAsync(ct);
        return new DeliveryCounts(failed, paused);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<DeliveryView?> ViewAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadDeliveries))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var one = Visible(db, by).Where(d => d.Id == id);
        if (await Rows(db, one).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var delivery = await one.SingleAsync(ct);
        return new DeliveryView(
            row,
            delivery.Message,
            delivery.Language,
            await db
                .DeliveryAttempts.AsNoTracking()
                .Where(a => a.DeliveryId == id)
                .OrderBy(a => a.Number)
                .Select(a => new DeliveryTry(
                    a.Number,
                    a.Provider,
                    a.Address,
                    a.Outcome,
                    a.ProviderMessageId,
                    a.Code,
                    a.Words,
                    a.StartedAtUtc,
                    a.EndedAtUtc
                ))
                .ToListAsync(ct),
            await db
                .DeliveryEvents.AsNoTracking()
                .Where(e => e.DeliveryId == id)
                .OrderBy(e => e.Id)
                .Select(e => new DeliveryTold(e.Number, e.Provider, e.Kind, e.RawStatus, e.Code, e.Words, e.AtUtc, e.HeardAtUtc))
                .ToListAsync(ct),
            delivery.CannotResend() ?? await CannotSendAsync(db, delivery, ct)
        );
    }

    /// <summary>The deliveries of one order, in the order in which they took each other's place.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> OfOrderAsync(long orderId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadDeliveries))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await Rows(db, Visible(db, by).Where(d => d.OrderId == orderId)).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.Id)];
    }

    internal static IQueryable<Delivery> Visible(PlumDbContext db, Actor by) =>
        db.Deliveries.AsNoTracking().Where(d => by.PartnerId == null && (by.ClientId == null || d.ClientId == by.ClientId));

    /// <summary>A client or a file that is not there finds nothing, rather than everything.</summary>
    private static async Task<IQueryable<Delivery>> MatchingAsync(PlumDbContext db, DeliveryFilter filter, Actor by, CancellationToken ct)
    {
        var found = Visible(db, by);
        found = filter.State is { } state ? found.Where(d => d.State == state) : found;
        if (filter.Client is { } clientCode)
        {
            var client = await db.Clients.Where(c => c.Code == clientCode).Select(c => c.Id).SingleOrDefaultAsync(ct);
            found = found.Where(d => d.ClientId == client);
        }

        found = filter.ProgrammeId is { } programme ? found.Where(d => d.ProgrammeId == programme) : found;
        if (filter.File is { } number)
        {
            var file = await db.AllocationFiles.Where(f => f.Number == number).Select(f => f.Id).SingleOrDefaultAsync(ct);
            found = found.Where(d => d.AllocationFileId == file);
        }

        found = filter.Channel is { } channel ? found.Where(d => d.Channel == channel) : found;
        found = filter.Fault is { } fault ? found.Where(d => d.Fault == fault) : found;
        found = filter.Code is { Length: > 0 } code ? found.Where(d => d.Code == code) : found;
        if (string.IsNullOrWhiteSpace(filter.Text))
        {
            return found;
        }

        var (order, start, part) = (OrderReference.Parse(filter.Text), Like.StartingWith(filter.Text), Like.Containing(filter.Text));
        return order is { } id
            ? found.Where(d => d.OrderId == id)
            : found.Where(d =>
                EF.Functions.Like(d.Address, start, Like.Escape)
                || db.Recipients.Any(r => r.Id == d.RecipientId && EF.Functions.Like(r.Name, part, Like.Escape))
            );
    }

    /// <summary>Why nothing is to be sent for its order or to its recipient any more; null when it may.</summary>
    private static async Task<Refusal?> CannotSendAsync(PlumDbContext db, Delivery delivery, CancellationToken ct)
    {
        var about = await (
            from o in db.Orders
            join r in db.Recipients on o.RecipientId equals r.Id
            where o.Id == delivery.OrderId
            select new { o.Status, r.OptedOutAtUtc }
        ).SingleAsync(ct);
        return !Order.Deliverable.Contains(about.Status) ? DeliveryRefusals.OrderGone
            : about.OptedOutAtUtc is not null ? DeliveryRefusals.OptedOut
            : null;
    }

    private static IQueryable<DeliveryRow> Rows(PlumDbContext db, IQueryable<Delivery> deliveries) =>
        from d in deliveries
        join c in db.Clients on d.ClientId equals c.Id
        join p in db.Programmes on d.ProgrammeId equals p.Id
        join r in db.Recipients on d.RecipientId equals r.Id
        select new DeliveryRow(
            d.Id,
            d.OrderId,
            d.ClientId,
            c.Code,
            p.Name,
            d.RecipientId,
            r.Name,
            d.Channel,
            d.Address,
            d.State,
            d.Fault,
            d.Code,
            d.Words,
            d.Attempts,
            d.Provider,
            d.QueuedAtUtc,
            d.SentAtUtc,
            d.DeliveredAtUtc,
            d.OpenedAtUtc,
            d.FailedAtUtc,
            d.TicketId,
            d.Version
        );
}
