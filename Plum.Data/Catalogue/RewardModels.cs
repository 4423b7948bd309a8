using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

public enum RewardSort
{
    Name,
    Brand,
    Supplier,
    Country,
}

/// <summary>Which rewards: the same for the list and for its facets.</summary>
public sealed record RewardFilter(
    string? Search = null,
    Guid? BrandId = null,
    Guid? SupplierId = null,
    RewardKind? Kind = null,
    string? Country = null,
    string? Currency = null,
    bool? Active = null
);

public sealed record RewardListQuery(
    RewardFilter Filter,
    int Skip = 0,
    int Take = 50,
    RewardSort Sort = RewardSort.Brand,
    bool Descending = false
);

/// <param name="Denominations">Minor units, ascending; empty when the value is open between lowest and highest.</param>
public sealed record RewardRow(
    Guid Id,
    string Code,
    string Name,
    Guid BrandId,
    string Brand,
    Guid SupplierId,
    string Supplier,
    RewardKind Kind,
    string Country,
    string Currency,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue,
    bool IsActive,
    int Version
);

/// <summary>How many rewards each value of a facet would leave, given all the other filters; most first.</summary>
public sealed record RewardFacets(
    IReadOnlyList<Facet<RewardKind>> Kinds,
    IReadOnlyList<Facet<string>> Countries,
    IReadOnlyList<Facet<string>> Currencies
);

public sealed record Facet<T>(T Value, int Count);

public sealed record OfferReward(
    Guid BrandId,
    Guid SupplierId,
    string Code,
    string Name,
    RewardKind Kind,
    string Country,
    string Currency,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue
);

public sealed record ChangeReward(
    Guid Id,
    int SeenVersion,
    Guid SupplierId,
    string Name,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue,
    bool IsActive
);
