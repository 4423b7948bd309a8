using Plum.Domain.Sla;

namespace Plum.Data.Sla;

public sealed record CalendarRow(
    Guid Id,
    string Code,
    string Name,
    string TimeZoneId,
    int WeeklyMinutes,
    bool Is24x7,
    int Clients,
    int OpenTickets
);

/// <param name="ClientNames">Whose tickets are reckoned by it.</param>
public sealed record CalendarView(
    Guid Id,
    string Code,
    string Name,
    CalendarHours Hours,
    int Version,
    IReadOnlyList<string> ClientNames,
    int OpenTickets
);

public sealed record DrawCalendar(string Code, string Name, CalendarHours Hours);

public sealed record ChangeCalendar(Guid Id, int SeenVersion, string Name, CalendarHours Hours);

/// <summary>Something to choose from.</summary>
public sealed record SlaChoice(Guid Id, string Code, string Name);
