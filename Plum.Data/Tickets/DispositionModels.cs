using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public sealed record DispositionRow(
    string Code,
    string Label,
    Stage Stage,
    string ReportsUnder,
    bool IsStandard,
    bool IsActive,
    int SortOrder,
    int Version
);

public sealed record AddDisposition(string Code, string Label, Stage Stage, string ReportsUnder);

public sealed record ChangeDisposition(string Code, int SeenVersion, string Label, bool IsActive);

/// <summary>Moves it one place up or down in the list that people choose from.</summary>
public sealed record ShiftDisposition(string Code, int SeenVersion, bool Up);
