using Plum.Domain.Sla;

namespace Plum.Data.Sla;

public sealed record SlaPolicyRow(
    Guid Id,
    string Code,
    string Name,
    int Number,
    DateTime ChangedAtUtc,
    string ChangedBy,
    int Clients,
    int OpenTickets
);

/// <param name="History">Newest first; the first is in force.</param>
public sealed record SlaPolicyView(
    Guid Id,
    string Code,
    string Name,
    int Version,
    IReadOnlyList<SlaPolicyVersionRow> History,
    IReadOnlyList<string> ClientNames,
    int OpenTickets
)
{
    public SlaTerms Terms => History[0].Terms;
}

public sealed record SlaPolicyVersionRow(Guid Id, int Number, SlaTerms Terms, string? Note, string Who, DateTime CreatedAtUtc);

public sealed record DrawPolicy(string Code, string Name, SlaTerms Terms);

/// <param name="Note">Why, for the history; optional.</param>
public sealed record ChangePolicy(Guid Id, int SeenVersion, string Name, SlaTerms Terms, string? Note = null);

/// <summary>What would become of the open tickets.</summary>
/// <param name="Open">How many there are.</param>
/// <param name="Reckoned">How many of them were reckoned for this: all, unless there are very many.</param>
/// <param name="Sooner">Next target due earlier than now.</param>
/// <param name="Later">Next target due later than now, or not at all.</param>
/// <param name="OverdueAtOnce">Targets not breached so far that would be breached the moment it is saved.</param>
public sealed record SlaPreview(int Open, int Reckoned, int Sooner, int Later, int OverdueAtOnce)
{
    public int Unchanged => Reckoned - Sooner - Later;
}
