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

    /// <summary>
    /// Few that have the words: those are read once, and everything is counted among them. Many: one sample for the filter, and one more for
    /// each facet that is set, without it.
    /// </summary>
    public static async Task<(RewardSample Found, RewardFacets Facets)> FindAsync(
        PlumDbContext db,
        RewardAsk ask,
        int most,
        CancellationToken ct
    )
    {
        var (filter, without) = (ask.Filter, new Dictionary<RewardFacet, RewardSample>());
        var set = RewardFacetsOf.All.Where(filter.Has).ToList();
        var whole =
            set.Count > 0 && await RewardReading.AreCommonAsync(db, ask, most, ct)
                ? null
                : await RewardReading.SampleAsync(db, ask with { Filter = filter.WithoutFacets() }, most, ct);
        RewardSample found;
        if (whole is { Share: >= 1 })
        {
            found = new RewardSample([.. whole.Hits.Where(h => h.Misses(filter) == RewardFacet.None)], 1);
            foreach (var facet in RewardFacetsOf.All)
            {
                without[facet] = new RewardSample([.. whole.Hits.Where(h => (h.Misses(filter) & ~facet) == RewardFacet.None)], 1);
            }
        }
        else
        {
            found = set.Count == 0 ? whole! : await RewardReading.SampleAsync(db, ask, most, ct);
            foreach (var facet in RewardFacetsOf.All)
            {
                without[facet] = set.Contains(facet)
                    ? await RewardReading.SampleAsync(db, ask with { Filter = filter.Without(facet) }, Math.Min(most, MostCounted), ct)
                    : found;
            }
        }

        return (found, await CountAsync(db, without, filter, ct));
    }

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
