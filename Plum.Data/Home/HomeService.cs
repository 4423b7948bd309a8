using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Home;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Home;

/// <summary>What the Home page counts and lists. Every number is counted by the filter that its link opens.</summary>
public sealed class HomeService(IDbContextFactory<PlumDbContext> contexts, TicketQueueIndex index, TimeProvider clock)
{
    public const int MostRows = 8;
    public const int MostSpikes = 5;

    /// <summary>The figures, and the first tickets of <paramref name="list"/>.</summary>
    /// <param name="zoneId">IANA id of the viewer's zone.</param>
    public async Task<HomeTickets> TicketsAsync(
        IReadOnlyList<HomeFigure> figures,
        TicketFilter list,
        string? zoneId,
        Actor by,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!by.May(Act.ReadTickets))
        {
            return new HomeTickets([], list, [], now);
        }

        var moment = TicketQueueMoment.Of(by, now, zoneId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var counts = await db.CountAsync(index, [.. figures.Select(f => f.Filter)], moment, ct);
        var view = StandardViews.List.First(v => v.Key == StandardViews.All);
        var (ids, _) = await db.PageAsync(index, new TicketQueueAsked(view, list, TicketOrder.BySla, []), 1, MostRows, moment, ct);
        return new HomeTickets([.. figures.Select((f, i) => new CountedFigure(f, counts[i]))], list, await db.RowsAsync(ids, by, ct), now);
    }

    public async Task<IReadOnlyList<AgedBacklog>> AgesAsync(string? zoneId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadTickets))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var moment = TicketQueueMoment.Of(by, clock.GetUtcNow().UtcDateTime, zoneId);
        var counts = await db.CountAsync(index, [.. HomeFigures.Ages.Select(a => a.Filter)], moment, ct);
        return [.. HomeFigures.Ages.Select((a, i) => new AgedBacklog(a.Age, a.Filter, counts[i]))];
    }

    /// <summary>Categories and suppliers of which clearly more came in during these seven days than in a week before.</summary>
    public async Task<IReadOnlyList<SpikeRow>> SpikesAsync(string? zoneId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadTickets))
        {
            return [];
        }

        var moment = TicketQueueMoment.Of(by, clock.GetUtcNow().UtcDateTime, zoneId);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment.NowUtc, moment.Zone));
        var first = today.AddDays(1 - Spikes.Days);
        var from = moment.Created(new TicketFilter { CreatedFrom = first }).FromUtc!.Value;
        var since = moment.Created(new TicketFilter { CreatedFrom = first.AddDays(-7 * Spikes.WeeksBefore) }).FromUtc!.Value;

        await using var db = await contexts.CreateDbContextAsync(ct);
        var tickets = db.Tickets.AsNoTracking().VisibleTo(by).Where(t => t.MergedIntoId == null);
        var before = await CountsAsync(tickets.Where(t => t.CreatedAtUtc >= since && t.CreatedAtUtc < from), ct);
        var now = await CountsAsync(tickets.Where(t => t.CreatedAtUtc >= from), ct);
        var spikes = Spikes.Among(
            now.Select(n => new Inflow(n.Key.Category, n.Key.Supplier, n.Value, before.GetValueOrDefault(n.Key))),
            MostSpikes
        );

        var categoryIds = spikes.Select(s => s.CategoryId).ToList();
        var supplierIds = spikes.Where(s => s.SupplierId != null).Select(s => s.SupplierId!.Value).ToList();
        var categories = await db.Categories.Where(c => categoryIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var suppliers = await db.Suppliers.Where(s => supplierIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return
        [
            .. spikes.Select(s => new SpikeRow(
                categories[s.CategoryId],
                s.SupplierId is { } supplier ? suppliers[supplier] : null,
                new TicketFilter
                {
                    Categories = [s.CategoryId],
                    Suppliers = s.SupplierId is { } one ? [one] : [],
                    CreatedFrom = first,
                },
                s.ThisWeek,
                s.Usual
            )),
        ];
    }

    private static async Task<Dictionary<(Guid Category, Guid? Supplier), int>> CountsAsync(
        IQueryable<Ticket> tickets,
        CancellationToken ct
    ) =>
        await tickets
            .Where(t => t.SupplierId != null)
            .GroupBy(t => new { t.CategoryId, t.SupplierId })
            .Select(g => new
            {
                g.Key.CategoryId,
                g.Key.SupplierId,
                Count = g.Count(),
            })
            .ToDictionaryAsync(g => (g.CategoryId, g.SupplierId), g => g.Count, ct);
}
