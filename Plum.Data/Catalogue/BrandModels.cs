namespace Plum.Data.Catalogue;

public sealed record BrandListQuery(int Skip = 0, int Take = 50, bool Descending = false, string? Search = null, bool? Active = null);

/// <param name="Rewards">In use; one more than <see cref="MostCounted"/> when there are more.</param>
public sealed record BrandRow(Guid Id, string Name, int Rewards, bool IsActive, int Version)
{
    public const int MostCounted = 10_000;
}

/// <summary>A brand as a form offers it.</summary>
public sealed record BrandChoice(Guid Id, string Name);

public sealed record ListBrand(string Name);

public sealed record ChangeBrand(Guid Id, int SeenVersion, string Name, bool IsActive);
