using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

public enum RewardSort
{
    Name,
    Brand,
    Supplier,
    Country,
}

/// <summary>Which rewards: the same for the list and for its facets.</summary>
/// <param name="Band">One of <see cref="ValueBands"/>.</param>
/// <param name="ProgrammeId">Only what this programme may give, its favourites first.</param>
/// <param name="Unallowed">With a programme: also what it may not give.</param>
public sealed record RewardFilter(
    string? Search = null,
    Guid? BrandId = null,
    Guid? SupplierId = null,
    RewardKind? Kind = null,
    string? Country = null,
    string? Currency = null,
    bool? Active = null,
    DeliverySpeed? Speed = null,
    int? Band = null,
    Guid? ProgrammeId = null,
    bool Unallowed = false
)
{
    public bool HasFacets =>
        BrandId is not null
        || SupplierId is not null
        || Kind is not null
        || Country is not null
        || Currency is not null
        || Speed is not null
        || Band is not null;
}

/// <param name="After">Where the page before ended, as it said; null for the first.</param>
public sealed record RewardListQuery(
    RewardFilter Filter,
    int Take = 50,
    RewardSort Sort = RewardSort.Brand,
    bool Descending = false,
    string? After = null
);

/// <param name="IsAbout">Estimated, from the first few thousand that match, rather than counted.</param>
public readonly record struct Tally(long Count, bool IsAbout);

/// <param name="Next">For <see cref="RewardListQuery.After"/>; null on the last page.</param>
/// <param name="IsSorted">More than <see cref="RewardService.MostSorted"/> are shown in no order that a person would know.</param>
/// <param name="Favourites">How many of the rows are the programme's favourites: they come first.</param>
public sealed record RewardResults(
    IReadOnlyList<RewardRow> Rows,
    Tally Total,
    RewardFacets Facets,
    string? Next = null,
    bool IsSorted = true,
    int Favourites = 0
)
{
    /// <summary>What whoever may not look is shown.</summary>
    public static RewardResults Nothing { get; } = new([], default, RewardFacets.None);
}

/// <summary>A reward as a form offers it.</summary>
public sealed record RewardChoice(Guid Id, string Code, string Name, string Brand, string Country, string Currency);

/// <summary>What a picker looks for.</summary>
/// <param name="Worth">Only what is sold at this value.</param>
public sealed record RewardWanted(string? Search, string? Country = null, Money? Worth = null, Guid? ProgrammeId = null);

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
    int Version,
    int DeliveryMinutes,
    string? SupplierProductId,
    bool IsFavourite = false,
    Refusal? Unallowed = null
)
{
    internal long Number { get; init; }
}

/// <summary>How many rewards each value of a facet would leave, given all the other filters; most first, bands and speeds in their order.</summary>
public sealed record RewardFacets(
    IReadOnlyList<Facet<RewardKind>> Kinds,
    IReadOnlyList<Facet<string>> Countries,
    IReadOnlyList<Facet<string>> Currencies,
    IReadOnlyList<Facet<Guid>> Suppliers,
    IReadOnlyList<Facet<Guid>> Brands,
    IReadOnlyList<Facet<DeliverySpeed>> Speeds,
    IReadOnlyList<Facet<int>> Bands
)
{
    public static RewardFacets None { get; } = new([], [], [], [], [], [], []);
}

/// <param name="Name">Of a brand or supplier.</param>
public sealed record Facet<T>(T Value, Tally Count, string Name = "");

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
    long MaxValue,
    int DeliveryMinutes = 0
);

public sealed record ChangeReward(
    Guid Id,
    int SeenVersion,
    Guid SupplierId,
    string Name,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue,
    bool IsActive,
    int? DeliveryMinutes = null
);
