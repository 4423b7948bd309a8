using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public enum CategorySort
{
    Name,
    Severity,
    FirstDisposition,
}

public sealed record CategoryListQuery(
    int Skip = 0,
    int Take = 50,
    CategorySort Sort = CategorySort.Name,
    bool Descending = false,
    string? Search = null,
    bool? Active = null
);

/// <param name="OpenTickets">Of those that the actor may see.</param>
public sealed record CategoryRow(
    Guid Id,
    string Name,
    Severity DefaultSeverity,
    string FirstDisposition,
    string FirstDispositionLabel,
    bool IsActive,
    int Version,
    int OpenTickets = 0
);

/// <summary>A category as a form offers it.</summary>
public sealed record CategoryChoice(Guid Id, string Name, Severity DefaultSeverity, string FirstDisposition);

public sealed record AddCategory(string Name, Severity DefaultSeverity, string FirstDisposition);

public sealed record ChangeCategory(
    Guid Id,
    int SeenVersion,
    string Name,
    Severity DefaultSeverity,
    string FirstDisposition,
    bool IsActive
);
