using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>A reward as the search's index has it: what it is narrowed, counted and judged by.</summary>
internal readonly record struct RewardHit(
    long Number,
    RewardKind Kind,
    string Country,
    string Currency,
    Guid BrandId,
    Guid SupplierId,
    int DeliveryMinutes,
    int ValueBands
)
{
    public DeliverySpeed Speed => DeliverySpeeds.Of(DeliveryMinutes);

    /// <summary>Which of the filter's facets it does not meet.</summary>
    public RewardFacet Misses(RewardFilter filter) =>
        (filter.Kind is { } kind && kind != Kind ? RewardFacet.Kind : RewardFacet.None)
        | (filter.Country is { } country && country != Country ? RewardFacet.Country : RewardFacet.None)
        | (filter.Currency is { } currency && currency != Currency ? RewardFacet.Currency : RewardFacet.None)
        | (filter.SupplierId is { } supplier && supplier != SupplierId ? RewardFacet.Supplier : RewardFacet.None)
        | (filter.BrandId is { } brand && brand != BrandId ? RewardFacet.Brand : RewardFacet.None)
        | (filter.Speed is { } speed && speed != Speed ? RewardFacet.Speed : RewardFacet.None)
        | (filter.Band is { } band && (ValueBands & (1 << band)) == 0 ? RewardFacet.Band : RewardFacet.None);
}

[Flags]
internal enum RewardFacet
{
    None = 0,
    Kind = 1,
    Country = 2,
    Currency = 4,
    Supplier = 8,
    Brand = 16,
    Speed = 32,
    Band = 64,
}

internal static class RewardFacetsOf
{
    public static readonly RewardFacet[] All =
    [
        RewardFacet.Kind,
        RewardFacet.Country,
        RewardFacet.Currency,
        RewardFacet.Supplier,
        RewardFacet.Brand,
        RewardFacet.Speed,
        RewardFacet.Band,
    ];

    public static bool Has(this RewardFilter filter, RewardFacet facet) => filter.Without(facet) != filter;

    public static RewardFilter Without(this RewardFilter filter, RewardFacet facet) =>
        facet switch
        {
            RewardFacet.Kind => filter with { Kind = null },
            RewardFacet.Country => filter with { Country = null },
            RewardFacet.Currency => filter with { Currency = null },
            RewardFacet.Supplier => filter with { SupplierId = null },
            RewardFacet.Brand => filter with { BrandId = null },
            RewardFacet.Speed => filter with { Speed = null },
            RewardFacet.Band => filter with { Band = null },
            _ => filter,
        };

    public static RewardFilter WithoutFacets(this RewardFilter filter) => All.Aggregate(filter, Without);
}

/// <summary>The first of those that match, in the order of their numbers, which is no order: a fair sample of them, or all.</summary>
/// <param name="Share">Of all that match; 1 when they are all there.</param>
internal sealed record RewardSample(IReadOnlyList<RewardHit> Hits, double Share)
{
    public Tally Total => Of(Hits.Count);

    /// <param name="count">Of the sample.</param>
    public Tally Of(int count) => Share < 1 ? new Tally(Rounded(count / Share), IsAbout: true) : new Tally(count, IsAbout: false);

    /// <param name="read">One more than <paramref name="most"/> when there are more.</param>
    public static RewardSample Of(List<RewardHit> read, int most) =>
        read.Count <= most
            ? new RewardSample(read, 1)
            : new RewardSample(read.GetRange(0, most), Math.Min(0.999_999, (double)read[most].Number / Reward.NumberLimit));

    /// <summary>To two digits: the sample tells no more.</summary>
    private static long Rounded(double count)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(count, 1))) - 1));
        return (long)(Math.Round(count / unit) * unit);
    }
}
