using Plum.Domain.Clients;

namespace Plum.Data.Clients;

public enum ProgrammeSort
{
    Name,
    Code,
    Currency,
}

/// <param name="ClientId">Null lists those of every client that the actor sees.</param>
public sealed record ProgrammeListQuery(
    Guid? ClientId = null,
    int Skip = 0,
    int Take = 50,
    ProgrammeSort Sort = ProgrammeSort.Name,
    bool Descending = false,
    string? Search = null,
    bool? Active = null
);

public sealed record ProgrammeRow(
    Guid Id,
    Guid ClientId,
    string Code,
    string Name,
    string Currency,
    DeliveryChannel DefaultChannel,
    bool IsActive,
    int Version,
    int Orders = 0
);

/// <summary>A programme as a form offers it.</summary>
public sealed record ProgrammeChoice(Guid Id, Guid ClientId, string Code, string Name, string Currency);

public sealed record StartProgramme(Guid ClientId, string Code, string Name, string Currency, DeliveryChannel DefaultChannel);

public sealed record ChangeProgramme(Guid Id, int SeenVersion, string Name, string Currency, DeliveryChannel DefaultChannel, bool IsActive);
