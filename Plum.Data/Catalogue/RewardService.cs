using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>All clients share the catalogue; only Plum's own people change it.</summary>
public sealed partial class RewardService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Catalogue";

    public async Task<Page<RewardRow>> ListAsync(RewardListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return Page<RewardRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(Sorted(Joined(db, Narrowed(db, query.Filter)), query)).ToPageAsync(query.Skip, query.Take, ct);
    }

    public async Task<RewardFacets> FacetsAsync(RewardFilter filter, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return new RewardFacets([], [], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var kinds = await Narrowed(db, filter with { Kind = null })
            .GroupBy(r => r.Kind)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(ct);
        var countries = await Narrowed(db, filter with { Country = null })
            .GroupBy(r => r.Country)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(ct);
        var currencies = await Narrowed(db, filter with { Currency = null })
            .GroupBy(r => r.Currency)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(ct);
        return new RewardFacets(
            MostFirst(kinds.Select(g => new Facet<RewardKind>(g.Key, g.Count))),
            MostFirst(countries.Select(g => new Facet<string>(g.Key, g.Count))),
            MostFirst(currencies.Select(g => new Facet<string>(g.Key, g.Count)))
        );
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<RewardRow?> ViewAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(Joined(db, db.Rewards.AsNoTracking().Where(r => r.Id == id))).SingleOrDefaultAsync(ct);
    }

    private static IReadOnlyList<Facet<T>> MostFirst<T>(IEnumerable<Facet<T>> facets) =>
        [.. facets.OrderByDescending(f => f.Count).ThenBy(f => f.Value)];

    private static IQueryable<Reward> Narrowed(PlumDbContext db, RewardFilter filter)
    {
        var rewards = db.Rewards.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = Like.Containing(filter.Search);
            rewards = rewards.Where(r =>
                EF.Functions.Like(r.Name, pattern, Like.Escape)
                || EF.Functions.Like(r.Code, pattern, Like.Escape)
                || db.Brands.Any(b => b.Id == r.BrandId && EF.Functions.Like(b.Name, pattern, Like.Escape))
            );
        }

        if (filter.BrandId is { } brand)
        {
            rewards = rewards.Where(r => r.BrandId == brand);
        }

        if (filter.SupplierId is { } supplier)
        {
            rewards = rewards.Where(r => r.SupplierId == supplier);
        }

        if (filter.Kind is { } kind)
        {
            rewards = rewards.Where(r => r.Kind == kind);
        }

        if (filter.Country is { } country)
        {
            rewards = rewards.Where(r => r.Country == country);
        }

        if (filter.Currency is { } currency)
        {
            rewards = rewards.Where(r => r.Currency == currency);
        }

        return filter.Active is { } active ? rewards.Where(r => r.IsActive == active) : rewards;
    }

    private static IQueryable<Line> Joined(PlumDbContext db, IQueryable<Reward> rewards) =>
        from reward in rewards
        join brand in db.Brands on reward.BrandId equals brand.Id
        join supplier in db.Suppliers on reward.SupplierId equals supplier.Id
        select new Line
        {
            Reward = reward,
            Brand = brand.Name,
            Supplier = supplier.Name,
        };

    private static IQueryable<Line> Sorted(IQueryable<Line> lines, RewardListQuery query) =>
        query.Sort switch
        {
            RewardSort.Name => lines.OrderBy(l => l.Reward.Name, query.Descending).ThenBy(l => l.Reward.Id),
            RewardSort.Supplier => lines.OrderBy(l => l.Supplier, query.Descending).ThenBy(l => l.Reward.Name).ThenBy(l => l.Reward.Id),
            RewardSort.Country => lines
                .OrderBy(l => l.Reward.Country, query.Descending)
                .ThenBy(l => l.Reward.Name)
                .ThenBy(l => l.Reward.Id),
            _ => lines.OrderBy(l => l.Brand, query.Descending).ThenBy(l => l.Reward.Name).ThenBy(l => l.Reward.Id),
        };

    private static IQueryable<RewardRow> Rows(IQueryable<Line> lines) =>
        lines.Select(l => new RewardRow(
            l.Reward.Id,
            l.Reward.Code,
            l.Reward.Name,
            l.Reward.BrandId,
            l.Brand,
            l.Reward.SupplierId,
            l.Supplier,
            l.Reward.Kind,
            l.Reward.Country,
            l.Reward.Currency,
            l.Reward.Denominations,
            l.Reward.MinValue,
            l.Reward.MaxValue,
            l.Reward.IsActive,
            l.Reward.Version
        ));

    /// <summary>What the list is sorted by, before it is a row.</summary>
    private sealed class Line
    {
        public required Reward Reward { get; init; }
        public required string Brand { get; init; }
        public required string Supplier { get; init; }
    }
}
