using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>Finds the rewards that a filter leaves, and what each value of each facet would leave instead.</summary>
internal static class RewardCounting
{
    private const int MostNamed = 30;

    /// <summary>A facet without its own filter is counted from so many.</summary>
    private const int MostCounted = 1_000;

    /// <summary>So many that have the words are read once, rather than asking the index anew for each facet.</summary>
    internal const int MostWhole = 6_000;

    /// <summary>The same of those that have the words and the narrowest facet.</summary>
    private const int MostAnchored = 2_500;

    /// <summary>
    /// From the one that leaves fewest. The lists of kinds and speeds in the index are so long that going through them costs more than looking at
    /// each of a few thousand rewards.
    /// </summary>
    private static readonly RewardFacet[] Narrowest =
    [
        RewardFacet.Brand,
        RewardFacet.Country,
        RewardFacet.Supplier,
        RewardFacet.Currency,
        RewardFacet.Band,
        RewardFacet.Kind,
        RewardFacet.Speed,
    ];

    /// <summary>
    /// Few that have the words, or the words and the narrowest facet: those are read once, and what can be is counted among them. Many: one sample
    /// for the filter, and one more for each facet that is set, without it.
    /// </summary>
    public static async Task<(RewardSample Found, RewardFacets Facets)> FindAsync(
        PlumDbContext db,
        RewardAsk ask,
        int most,
        CancellationToken ct
    )
    {
        var filter = ask.Filter;
        var set = Narrowest.Where(f => filter.Has(f)).ToList();
        if (set.Count == 0)
        {
            var all = await RewardReading.SampleAsync(db, ask, most, ct);
            return (all, await CountAsync(db, RewardFacetsOf.All.ToDictionary(f => f, _ => all), filter, ct));
        }

        if (!await RewardReading.AreCommonAsync(db, ask, MostWhole, ct))
        {
            var whole = await RewardReading.SampleAsync(db, ask with { Filter = filter.WithoutFacets() }, MostWhole, ct);
            if (whole.Share >= 1)
            {
                var among = RewardFacetsOf.All.ToDictionary(f => f, f => Among(whole, filter, f));
                return (Fewer(Among(whole, filter, RewardFacet.None), most), await CountAsync(db, among, filter, ct));
            }
        }

        var anchor = set[0];
        var others = RewardFacetsOf.All.Where(f => f != anchor).Aggregate(filter, (f, facet) => f.Without(facet));
        var anchored = await RewardReading.SampleAsync(db, ask with { Filter = others }, MostAnchored, ct);
        var isRead = anchored.Share >= 1;
        var found = isRead ? Among(anchored, filter, RewardFacet.None) : await RewardReading.SampleAsync(db, ask, most, ct);
        var without = new Dictionary<RewardFacet, RewardSample>();
        foreach (var facet in RewardFacetsOf.All)
        {
            without[facet] =
                !set.Contains(facet) ? found
                : isRead && facet != anchor ? Among(anchored, filter, facet)
                : await RewardReading.SampleAsync(db, ask with { Filter = filter.Without(facet) }, Math.Min(most, MostCounted), ct);
        }

        return (Fewer(found, most), await CountAsync(db, without, filter, ct));
    }

    /// <summary>Those of all that the filter leaves, but for one facet.</summary>
    private static RewardSample Among(RewardSample all, RewardFilter filter, RewardFacet except) =>
        new([.. all.Hits.Where(h => (h.Misses(filter) & ~except) == RewardFacet.None)], 1);

    /// <summary>No more than are sorted.</summary>
    private static RewardSample Fewer(RewardSample found, int most) =>
        found.Hits.Count <= most ? found : RewardSample.Of([.. found.Hits.Take(most + 1)], most);

    private static async Task<RewardFacets> CountAsync(
        PlumDbContext db,
        Dictionary<RewardFacet, RewardSample> samples,
        RewardFilter filter,
        CancellationToken ct
    )
    {
        var suppliers = Of(RewardFacet.Supplier, h => h.SupplierId, filter.SupplierId).Take(MostNamed).ToList();
        var brands = Of(RewardFacet.Brand, h => h.BrandId, filter.BrandId).Take(MostNamed).ToList();
        var (supplierIds, brandIds) = (suppliers.ConvertAll(f => f.Value), brands.ConvertAll(f => f.Value));
        var supplierNames = await db.Suppliers.Where(s => supplierIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var brandNames = await db.Brands.Where(b => brandIds.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Name, ct);
        return new RewardFacets(
            [.. Of(RewardFacet.Kind, h => h.Kind, filter.Kind)],
            [.. Of(RewardFacet.Country, h => h.Country, filter.Country)],
            [.. Of(RewardFacet.Currency, h => h.Currency, filter.Currency)],
            [.. suppliers.Where(f => supplierNames.ContainsKey(f.Value)).Select(f => f with { Name = supplierNames[f.Value] })],
            [.. brands.Where(f => brandNames.ContainsKey(f.Value)).Select(f => f with { Name = brandNames[f.Value] })],
            [.. Of(RewardFacet.Speed, h => h.Speed, filter.Speed).OrderBy(f => f.Value)],
            Bands(samples[RewardFacet.Band], filter.Band)
        );

        // Most first; what is chosen stays to be taken away, even where nothing has it.
        IEnumerable<Facet<T>> Of<T>(RewardFacet facet, Func<RewardHit, T> value, object? chosen)
            where T : notnull
        {
            var sample = samples[facet];
            var counts = sample.Hits.CountBy(value).ToDictionary();
            if (chosen is T one)
            {
                counts.TryAdd(one, 0);
            }

            return counts
                .OrderByDescending(c => chosen is T first && c.Key.Equals(first))
                .ThenByDescending(c => c.Value)
                .ThenBy(c => c.Key)
                .Select(c => new Facet<T>(c.Key, sample.Of(c.Value)));
        }
    }

    private static List<Facet<int>> Bands(RewardSample sample, int? chosen)
    {
        var counts = new int[ValueBands.Count];
        foreach (var hit in sample.Hits)
        {
            for (var band = 0; band < counts.Length; band++)
            {
                counts[band] += (hit.ValueBands >> band) & 1;
            }
        }

        return
        [
            .. counts.Select((count, band) => new Facet<int>(band, sample.Of(count))).Where(f => f.Count.Count > 0 || f.Value == chosen),
        ];
    }
}
