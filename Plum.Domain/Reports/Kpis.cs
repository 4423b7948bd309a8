namespace Plum.Domain.Reports;

/// <param name="Code">Stable: benchmarks are agreed under it, and the JSON names figures by it.</param>
/// <param name="Topic">The heading in <see cref="KpiDefinitions"/> under which it is defined.</param>
public sealed record Kpi(string Code, string Name, Unit Unit, Better Better, string Topic);

/// <summary>Every figure that a report has, once. What each means stands in <see cref="KpiDefinitions"/>.</summary>
public static class Kpis
{
    public static readonly Kpi Created = new("tickets.created", "Tickets created", Unit.Count, Better.Neither, KpiDefinitions.Volumes);
    public static readonly Kpi Replied = new(
        "first-response.count",
        "Tickets first answered",
        Unit.Count,
        Better.Neither,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi ReplyMedian = new(
        "first-response.median",
        "First response, median",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi ReplyP90 = new(
        "first-response.p90",
        "First response, 90th percentile",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi ReplyMean = new(
        "first-response.mean",
        "First response, mean",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi ReplyMedianCalendar = new(
        "first-response.median.calendar",
        "First response, median",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi ReplyP90Calendar = new(
        "first-response.p90.calendar",
        "First response, 90th percentile",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi ReplyMeanCalendar = new(
        "first-response.mean.calendar",
        "First response, mean",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi Unanswered = new(
        "first-response.unanswered",
        "Open and unanswered",
        Unit.Count,
        Better.Lower,
        KpiDefinitions.FirstResponse
    );
    public static readonly Kpi FirstResolved = new(
        "resolution.first.count",
        "Resolved for the first time",
        Unit.Count,
        Better.Neither,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstMedian = new(
        "resolution.first.median",
        "First resolution, median",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstP90 = new(
        "resolution.first.p90",
        "First resolution, 90th percentile",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstMean = new(
        "resolution.first.mean",
        "First resolution, mean",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstMedianGross = new(
        "resolution.first.median.gross",
        "First resolution gross, median",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstP90Gross = new(
        "resolution.first.p90.gross",
        "First resolution gross, 90th percentile",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstMeanGross = new(
        "resolution.first.mean.gross",
        "First resolution gross, mean",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstMedianCalendar = new(
        "resolution.first.median.calendar",
        "First resolution, median",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstP90Calendar = new(
        "resolution.first.p90.calendar",
        "First resolution, 90th percentile",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FirstMeanCalendar = new(
        "resolution.first.mean.calendar",
        "First resolution, mean",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi Resolved = new(
        "resolution.full.count",
        "Tickets resolved",
        Unit.Count,
        Better.Neither,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullMedian = new(
        "resolution.full.median",
        "Full resolution, median",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullP90 = new(
        "resolution.full.p90",
        "Full resolution, 90th percentile",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullMean = new(
        "resolution.full.mean",
        "Full resolution, mean",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullMedianGross = new(
        "resolution.full.median.gross",
        "Full resolution gross, median",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullP90Gross = new(
        "resolution.full.p90.gross",
        "Full resolution gross, 90th percentile",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullMeanGross = new(
        "resolution.full.mean.gross",
        "Full resolution gross, mean",
        Unit.Working,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullMedianCalendar = new(
        "resolution.full.median.calendar",
        "Full resolution, median",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullP90Calendar = new(
        "resolution.full.p90.calendar",
        "Full resolution, 90th percentile",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi FullMeanCalendar = new(
        "resolution.full.mean.calendar",
        "Full resolution, mean",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Resolution
    );
    public static readonly Kpi Adherence = new("sla.adherence", "SLA adherence", Unit.Percent, Better.Higher, KpiDefinitions.Adherence);
    public static readonly Kpi TargetsMissed = new("sla.breaches", "Targets breached", Unit.Count, Better.Lower, KpiDefinitions.Adherence);
    public static readonly Kpi AllTargetsMet = new(
        "sla.all-met",
        "Tickets with all targets met",
        Unit.Percent,
        Better.Higher,
        KpiDefinitions.Adherence
    );
    public static readonly Kpi MergedLeftOut = new(
        "sla.left-out",
        "Merged tickets left out",
        Unit.Count,
        Better.Neither,
        KpiDefinitions.Adherence
    );
    public static readonly Kpi Backlog = new("backlog.open", "Open backlog", Unit.Count, Better.Lower, KpiDefinitions.Backlog);
    public static readonly Kpi BacklogWaiting = new(
        "backlog.waiting",
        "Of these, waiting on others",
        Unit.Count,
        Better.Neither,
        KpiDefinitions.Backlog
    );
    public static readonly Kpi BacklogOld = new(
        "backlog.over-30-days",
        "Of these, over 30 days old",
        Unit.Count,
        Better.Lower,
        KpiDefinitions.Backlog
    );
    public static readonly Kpi Repeats = new("repeats.rate", "Repeat complaints", Unit.Percent, Better.Lower, KpiDefinitions.Repeats);
    public static readonly Kpi Duplicates = new("repeats.duplicates", "Duplicates", Unit.Count, Better.Lower, KpiDefinitions.Repeats);
    public static readonly Kpi Reopened = new("reopened.rate", "Reopened", Unit.Percent, Better.Lower, KpiDefinitions.Reopened);
    public static readonly Kpi Escalations = new("escalations.count", "Escalations", Unit.Count, Better.Lower, KpiDefinitions.Escalations);
    public static readonly Kpi EscalationRate = new(
        "escalations.per-100",
        "Escalations per 100 tickets",
        Unit.PerHundred,
        Better.Lower,
        KpiDefinitions.Escalations
    );
    public static readonly Kpi Accepted = new(
        "handovers.accepted",
        "Handovers accepted",
        Unit.Count,
        Better.Neither,
        KpiDefinitions.Handovers
    );
    public static readonly Kpi AcceptanceMedian = new(
        "handovers.acceptance.median",
        "Time to acceptance, median",
        Unit.Calendar,
        Better.Lower,
        KpiDefinitions.Handovers
    );
    public static readonly Kpi Refunds = new("refunds.count", "Refunds", Unit.Count, Better.Lower, KpiDefinitions.Money);
    public static readonly Kpi RefundRate = new(
        "refunds.per-100",
        "Refunds per 100 tickets",
        Unit.PerHundred,
        Better.Lower,
        KpiDefinitions.Money
    );
    public static readonly Kpi Goodwill = new("goodwill.count", "Goodwill credits", Unit.Count, Better.Lower, KpiDefinitions.Money);
    public static readonly Kpi GoodwillRate = new(
        "goodwill.per-100",
        "Goodwill credits per 100 tickets",
        Unit.PerHundred,
        Better.Lower,
        KpiDefinitions.Money
    );
    public static readonly Kpi Satisfaction = new(
        "csat.satisfied",
        "Satisfied (4 or 5 of 5)",
        Unit.Percent,
        Better.Higher,
        KpiDefinitions.Satisfaction
    );
    public static readonly Kpi ResponseRate = new(
        "csat.response-rate",
        "Survey response rate",
        Unit.Percent,
        Better.Higher,
        KpiDefinitions.Satisfaction
    );

    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<Kpi> All { get; } =
    [
        Created,
        Replied,
        ReplyMedian,
        ReplyP90,
        ReplyMean,
        ReplyMedianCalendar,
        ReplyP90Calendar,
        ReplyMeanCalendar,
        Unanswered,
        FirstResolved,
        FirstMedian,
        FirstP90,
        FirstMean,
        FirstMedianGross,
        FirstP90Gross,
        FirstMeanGross,
        FirstMedianCalendar,
        FirstP90Calendar,
        FirstMeanCalendar,
        Resolved,
        FullMedian,
        FullP90,
        FullMean,
        FullMedianGross,
        FullP90Gross,
        FullMeanGross,
        FullMedianCalendar,
        FullP90Calendar,
        FullMeanCalendar,
        Adherence,
        TargetsMissed,
        AllTargetsMet,
        MergedLeftOut,
        Backlog,
        BacklogWaiting,
        BacklogOld,
        Repeats,
        Duplicates,
        Reopened,
        Escalations,
        EscalationRate,
        Accepted,
        AcceptanceMedian,
        Refunds,
        RefundRate,
        Goodwill,
        GoodwillRate,
        Satisfaction,
        ResponseRate,
    ];

    /// <summary>Those for which a client may agree a target: the ones that have a better way to go.</summary>
    public static IEnumerable<Kpi> WithBenchmark => All.Where(k => k.Better != Better.Neither);
}
