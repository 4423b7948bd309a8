namespace Plum.Domain.Tickets;

/// <summary>
/// Which tickets a queue shows. A list that is empty narrows nothing; the values of one list are alternatives, and the lists all hold
/// at once. It travels as text in addresses and saved views (<see cref="TicketFilterText"/>), and two filters are the same when that is.
/// </summary>
public sealed record TicketFilter
{
    public const int TextMaxLength = 200;

    public static readonly TicketFilter Everything = new();

    public IReadOnlyList<Guid> Clients { get; init; } = [];
    public IReadOnlyList<Guid> Programmes { get; init; } = [];
    public IReadOnlyList<string> Dispositions { get; init; } = [];
    public IReadOnlyList<Guid> Categories { get; init; } = [];
    public IReadOnlyList<IntakeChannel> Channels { get; init; } = [];
    public IReadOnlyList<Severity> Severities { get; init; } = [];
    public IReadOnlyList<OwnerChoice> Owners { get; init; } = [];
    public IReadOnlyList<WaitingOn> WaitingOn { get; init; } = [];
    public IReadOnlyList<SupportLevel> Levels { get; init; } = [];

    /// <summary>All but the last are states of open tickets.</summary>
    public IReadOnlyList<SlaState> Sla { get; init; } = [];

    /// <summary>Of open tickets, since they were made at their source.</summary>
    public IReadOnlyList<AgeBucket> Ages { get; init; } = [];
    public IReadOnlyList<Guid> Brands { get; init; } = [];
    public IReadOnlyList<Guid> Suppliers { get; init; } = [];

    /// <summary>Open ones, final ones, or both when null.</summary>
    public bool? Open { get; init; }

    /// <summary>Days of the viewer's zone, both included.</summary>
    public DateOnly? CreatedFrom { get; init; }
    public DateOnly? CreatedTo { get; init; }
    public IReadOnlyList<long> Recipients { get; init; } = [];
    public IReadOnlyList<long> Orders { get; init; } = [];
    public IReadOnlyList<Guid> Imports { get; init; } = [];

    /// <summary>As typed: words, references, an e-mail address, a phone number (<see cref="TicketTextQuery"/>).</summary>
    public string? Text { get; init; }
}

/// <summary>Somebody, nobody, or whoever looks.</summary>
public readonly record struct OwnerChoice(Guid? UserId, bool IsMe = false)
{
    public static readonly OwnerChoice Me = new(UserId: null, IsMe: true);
    public static readonly OwnerChoice Nobody = new(UserId: null);
}

/// <summary>How an open ticket stands with the clock that is due first; each open ticket is in exactly one of the first five.</summary>
public enum SlaState
{
    /// <summary>Past due.</summary>
    Breached = 1,

    /// <summary>Its warning has passed, its due instant has not.</summary>
    AtRisk = 2,
    Running = 3,
    Paused = 4,

    /// <summary>Nothing is promised.</summary>
    None = 5,

    /// <summary>Open or final, any of its targets was breached at some time.</summary>
    EverBreached = 6,
}

/// <summary>Whole days, the first included and the last not: <c>D1To3</c> is from 24 to under 72 hours.</summary>
public enum AgeBucket
{
    D0To1 = 1,
    D1To3 = 2,
    D3To7 = 3,
    D7To14 = 4,
    D14To30 = 5,
    Over30 = 6,
}

public static class AgeBuckets
{
    public static IReadOnlyList<AgeBucket> All { get; } = Enum.GetValues<AgeBucket>();

    /// <summary>Ages from the first, in days, to under the second; null is without end.</summary>
    public static (int From, int? To) Days(AgeBucket bucket) =>
        bucket switch
        {
            AgeBucket.D0To1 => (0, 1),
            AgeBucket.D1To3 => (1, 3),
            AgeBucket.D3To7 => (3, 7),
            AgeBucket.D7To14 => (7, 14),
            AgeBucket.D14To30 => (14, 30),
            _ => (30, null),
        };

    /// <summary>Created after the first instant (null: at any time before) and not after the second. A date in the future has no age yet, and is
    /// in the youngest.</summary>
    public static (DateTime? AfterUtc, DateTime? UntilUtc) Created(AgeBucket bucket, DateTime nowUtc)
    {
        var (from, to) = Days(bucket);
        return (to is { } days ? nowUtc.AddDays(-days) : null, from == 0 ? null : nowUtc.AddDays(-from));
    }

    public static AgeBucket Of(DateTime createdAtUtc, DateTime nowUtc) =>
        All.Last(b => b == AgeBucket.D0To1 || nowUtc - createdAtUtc >= TimeSpan.FromDays(Days(b).From));
}

public static class SlaStates
{
    /// <summary>Of an open ticket, at an instant. The due instant itself is a breach, the warning's a warning.</summary>
    public static SlaState Of(DateTime? nextDueAtUtc, DateTime? nextWarnAtUtc, bool isPaused, DateTime nowUtc) =>
        nextDueAtUtc is not { } due ? (isPaused ? SlaState.Paused : SlaState.None)
        : due <= nowUtc ? SlaState.Breached
        : nextWarnAtUtc <= nowUtc ? SlaState.AtRisk
        : SlaState.Running;
}
