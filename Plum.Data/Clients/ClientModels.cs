using Plum.Domain.Clients;

namespace Plum.Data.Clients;

public enum ClientSort
{
    Name,
    Code,
    TimeZone,
}

public sealed record ClientListQuery(
    int Skip = 0,
    int Take = 50,
    ClientSort Sort = ClientSort.Name,
    bool Descending = false,
    string? Search = null,
    bool? Active = null
);

public sealed record ClientRow(
    Guid Id,
    string Code,
    string Name,
    string TimeZoneId,
    string CalendarName,
    string PolicyName,
    int Programmes,
    bool IsActive,
    int Version,
    int OpenTickets = 0
);

/// <summary>A client as a form offers it.</summary>
public sealed record ClientChoice(Guid Id, string Code, string Name);

public sealed record ClientView(
    Guid Id,
    string Code,
    string Name,
    string TimeZoneId,
    Guid CalendarId,
    string CalendarName,
    Guid SlaPolicyId,
    string PolicyName,
    ReportCadence Cadence,
    string? AccountTeamEmail,
    int RepeatWindowDays,
    int ReopenWindowDays,
    IReadOnlyDictionary<string, decimal> Benchmarks,
    bool IsActive,
    int Version
);

/// <summary>A client at a glance, as of now.</summary>
public sealed record ClientFigures(
    int OpenTickets,
    int UnownedTickets,
    int PastDueTickets,
    DateTime? OldestOpenUtc,
    int TicketsSince,
    int TicketsBefore,
    int OrdersSince,
    int FailedDeliveries,
    int Recipients,
    int ActiveProgrammes
);

/// <summary>A calendar or a policy as the client's form offers it.</summary>
public sealed record TermsChoice(Guid Id, string Name);

public sealed record RegisterClient(string Code, string Name, string TimeZoneId, Guid CalendarId, Guid SlaPolicyId);

public sealed record ChangeClient(
    Guid Id,
    int SeenVersion,
    string Name,
    string TimeZoneId,
    Guid CalendarId,
    Guid SlaPolicyId,
    ReportCadence Cadence,
    string? AccountTeamEmail,
    int RepeatWindowDays,
    int ReopenWindowDays,
    bool IsActive
)
{
    /// <summary>As the rules judge them, with the benchmarks that stay.</summary>
    public ClientTerms Terms(IReadOnlyDictionary<string, decimal> benchmarks) =>
        new(Name, TimeZoneId, CalendarId, SlaPolicyId, Cadence, AccountTeamEmail, RepeatWindowDays, ReopenWindowDays, benchmarks, IsActive);
}

/// <param name="Benchmarks">All of them, by KPI code; what is left out is no longer agreed.</param>
public sealed record AgreeBenchmarks(Guid ClientId, int SeenVersion, IReadOnlyDictionary<string, decimal> Benchmarks);
