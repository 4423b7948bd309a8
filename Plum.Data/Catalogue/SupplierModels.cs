namespace Plum.Data.Catalogue;

public enum SupplierSort
{
    Name,
    Code,
}

public sealed record SupplierListQuery(
    int Skip = 0,
    int Take = 50,
    SupplierSort Sort = SupplierSort.Name,
    bool Descending = false,
    string? Search = null,
    bool? Active = null
);

public sealed record SupplierRow(Guid Id, string Code, string Name, int Rewards, bool IsActive, int Version);

/// <summary>A supplier as a form offers it.</summary>
public sealed record SupplierChoice(Guid Id, string Code, string Name);

public sealed record EngageSupplier(string Code, string Name);

public sealed record ChangeSupplier(Guid Id, int SeenVersion, string Name, bool IsActive);
