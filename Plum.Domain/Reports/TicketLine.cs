using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>
/// What a report knows of one ticket: the few facts that every figure is counted from. Frozen with the report, so that each of its numbers can
/// be opened for ever. Holds nothing of the recipient.
/// </summary>
public sealed record TicketLine
{
    public required long Id { get; init; }
    public required DateTime CreatedAtUtc { get; init; }
    public required string Category { get; init; }
    public required IntakeChannel Channel { get; init; }
    public required Severity Severity { get; init; }
    public string? Brand { get; init; }
    public string? Programme { get; init; }

    /// <summary>Merged into another ticket: counts in no figure, and is listed where it is left out.</summary>
    public bool IsMerged { get; init; }

    /// <summary>Names a recipient or an order, without which a repeat cannot be recognised.</summary>
    public bool IsIdentified { get; init; }
    public FirstReply? Reply { get; init; }

    /// <summary>Each time that it became final, in order.</summary>
    public IReadOnlyList<Resolution> Resolutions { get; init; } = [];

    /// <summary>Where it stood when each period ended; null when it did not exist yet.</summary>
    public Standing? AtEnd { get; init; }
    public Standing? AtEndBefore { get; init; }
    public IReadOnlyList<TargetOutcome> Targets { get; init; } = [];
    public IReadOnlyList<Raised> Escalations { get; init; } = [];

    /// <summary>Money that was given for it, in order.</summary>
    public IReadOnlyList<GivenMoney> Given { get; init; } = [];
    public DateTime? HandedOverAtUtc { get; init; }
    public DateTime? AcceptedAtUtc { get; init; }

    /// <summary>The like ticket that was resolved shortly before this one came.</summary>
    public long? RepeatOf { get; init; }

    /// <summary>The like ticket that was still open when this one came.</summary>
    public long? DuplicateOf { get; init; }
    public DateTime? CsatAskedAtUtc { get; init; }
    public DateTime? CsatAtUtc { get; init; }

    /// <summary>1 to 5.</summary>
    public int? CsatScore { get; init; }
}

/// <summary>The first public answer by a person.</summary>
/// <param name="Working">From creation, inside business hours.</param>
public sealed record FirstReply(DateTime AtUtc, TimeSpan Working);

/// <summary>One time that the ticket became final.</summary>
/// <param name="Working">From creation, inside business hours, net of the time in which its clock stood still.</param>
/// <param name="Gross">The same with that time.</param>
public sealed record Resolution(DateTime AtUtc, TimeSpan Working, TimeSpan Gross, DateTime? ReopenedAtUtc = null);

/// <param name="Code">A standard disposition code, or Other.</param>
public sealed record Standing(string Code, bool IsFinal, WaitingOn WaitingOn = WaitingOn.Nobody);

/// <summary>A target that was met, or fell due without having been met.</summary>
/// <param name="AtUtc">The instant that decided it: when it was met in time, else when it fell due.</param>
public sealed record TargetOutcome(string Target, DateTime AtUtc, bool IsMet)
{
    /// <summary>What is decided of a clock by <paramref name="nowUtc"/>; null while nothing is, and when it ended before it was due.</summary>
    /// <param name="breachedAtUtc">A breach once recorded stays one, whatever became of the due time.</param>
    public static TargetOutcome? Of(
        string target,
        DateTime? dueAtUtc,
        DateTime? metAtUtc,
        DateTime? breachedAtUtc,
        DateTime? endedAtUtc,
        DateTime nowUtc
    ) =>
        breachedAtUtc is { } breached ? new(target, breached, IsMet: false)
        : metAtUtc is { } met && !(met > dueAtUtc) ? new(target, met, IsMet: true)
        : dueAtUtc is { } due && due <= nowUtc && !(endedAtUtc <= due) ? new(target, due, IsMet: false)
        : null;
}

/// <summary>A correction that was executed and gave money.</summary>
public sealed record GivenMoney(DateTime AtUtc, MoneyGiven As, Money Amount);

public enum MoneyGiven
{
    /// <summary>Back along the way it was paid, by a refund or by a cancellation.</summary>
    Refund = 1,

    /// <summary>From a goodwill fund.</summary>
    Goodwill = 2,
}

public sealed record Raised(DateTime AtUtc, SupportLevel To);
