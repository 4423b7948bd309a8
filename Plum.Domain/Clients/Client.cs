using Plum.Domain.Shared;

namespace Plum.Domain.Clients;

/// <summary>An enterprise customer: owns programmes, a business calendar and time zone, an SLA policy, a report cadence and benchmarks.</summary>
public sealed class Client : IVersioned
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 200;
    public const int TimeZoneMaxLength = 64;
    public const int EmailMaxLength = 254;

    private Client() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>Short, unique, in capitals: <c>ACME</c>. Used in commands, files and URLs; never changed.</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";

    /// <summary>IANA id, e.g. <c>Asia/Kolkata</c>.</summary>
    public string TimeZoneId { get; private set; } = "UTC";
    public Guid CalendarId { get; private set; }
    public Guid SlaPolicyId { get; private set; }
    public ReportCadence Cadence { get; private set; } = ReportCadence.Monthly;

    /// <summary>Where SLA warnings and breaches are sent.</summary>
    public string? AccountTeamEmail { get; private set; }

    /// <summary>A new complaint of the same recipient and category within this many days after the last resolution is a repeat.</summary>
    public int RepeatWindowDays { get; private set; } = 30;

    /// <summary>A final ticket may be reopened for this many days; later it is a new ticket, linked.</summary>
    public int ReopenWindowDays { get; private set; } = 14;

    /// <summary>Agreed target per KPI code (see Plum.Domain/Reports), in the KPI's own unit.</summary>
    public IReadOnlyDictionary<string, decimal> Benchmarks { get; private set; } = new Dictionary<string, decimal>();
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Client Register(string code, string name, string timeZoneId, Guid calendarId, Guid slaPolicyId)
    {
        RefusedException.ThrowIf(ClientRefusals.ForCode(code) ?? ClientRefusals.ForName(name) ?? ClientRefusals.ForTimeZone(timeZoneId));

        return new Client
        {
            Code = code.Trim(),
            Name = name.Trim(),
            TimeZoneId = timeZoneId,
            CalendarId = calendarId,
            SlaPolicyId = slaPolicyId,
        };
    }

    public void Change(ClientTerms terms)
    {
        RefusedException.ThrowIf(ClientRefusals.ForTerms(terms));

        Name = terms.Name.Trim();
        TimeZoneId = terms.TimeZoneId;
        CalendarId = terms.CalendarId;
        SlaPolicyId = terms.SlaPolicyId;
        Cadence = terms.Cadence;
        AccountTeamEmail = string.IsNullOrWhiteSpace(terms.AccountTeamEmail) ? null : terms.AccountTeamEmail.Trim();
        RepeatWindowDays = terms.RepeatWindowDays;
        ReopenWindowDays = terms.ReopenWindowDays;
        Benchmarks = terms.Benchmarks;
        IsActive = terms.IsActive;
    }

    public void Agree(IReadOnlyDictionary<string, decimal> benchmarks)
    {
        RefusedException.ThrowIf(BenchmarkRefusals.Each(benchmarks).FirstOrDefault());

        Benchmarks = benchmarks;
    }
}

public enum ReportCadence
{
    Monthly = 1,
    Quarterly = 2,
}

/// <summary>What an ops lead edits of a client, as one whole.</summary>
public sealed record ClientTerms(
    string Name,
    string TimeZoneId,
    Guid CalendarId,
    Guid SlaPolicyId,
    ReportCadence Cadence,
    string? AccountTeamEmail,
    int RepeatWindowDays,
    int ReopenWindowDays,
    IReadOnlyDictionary<string, decimal> Benchmarks,
    bool IsActive
);

public static class ClientRefusals
{
    public const int MaxWindowDays = 365;

    public static Refusal? ForCode(string? code) =>
        Refusals.ForText("Code", code, Client.CodeMaxLength)
        ?? (
            code!.Trim().All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-')
                ? null
                : new Refusal("client.code-form", "Use capital letters, digits and hyphens only.", "Code")
        )
        ?? (
            code.Trim() == "NEW"
                ? new Refusal("client.code-taken-by-page", "NEW is the address of the form. Choose another code.", "Code")
                : null
        );

    public static Refusal? ForName(string? name) => Refusals.ForText("Name", name, Client.NameMaxLength);

    public static Refusal? ForTimeZone(string? id) =>
        string.IsNullOrWhiteSpace(id) ? new Refusal("client.no-time-zone", "Choose a time zone.", "TimeZoneId")
        : id.Length <= Client.TimeZoneMaxLength && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _) ? null
        : new Refusal("client.time-zone", $"'{id}' is not a time zone. Use a name such as Asia/Kolkata.", "TimeZoneId");

    public static Refusal? ForTerms(ClientTerms terms) => Each(terms).FirstOrDefault();

    /// <summary>All that is wrong, one refusal a field, in the order of the form.</summary>
    public static IEnumerable<Refusal> Each(ClientTerms terms) =>
        new[]
        {
            ForName(terms.Name),
            ForTimeZone(terms.TimeZoneId),
            Enum.IsDefined(terms.Cadence) ? null : new Refusal("client.cadence", "Choose how often the report is made.", "Cadence"),
            Refusals.ForEmail(
                "AccountTeamEmail",
                "The account team's e-mail",
                terms.AccountTeamEmail,
                Client.EmailMaxLength,
                required: false
            ),
            terms.RepeatWindowDays is < 1 or > MaxWindowDays
                ? new Refusal("client.repeat-window", "The repeat window is 1 to 365 days.", "RepeatWindowDays")
                : null,
            terms.ReopenWindowDays is < 1 or > MaxWindowDays
                ? new Refusal("client.reopen-window", "The reopening window is 1 to 365 days.", "ReopenWindowDays")
                : null,
        }.OfType<Refusal>();

    public static Refusal Taken(string code) =>
        new("client.taken", $"There is a client with the code {code.Trim()} already. Choose another code.", "Code");

    public static readonly Refusal NoCalendar = new("client.calendar", "Choose a business calendar.", "CalendarId");

    public static readonly Refusal NoPolicy = new("client.policy", "Choose an SLA policy.", "SlaPolicyId");
}
