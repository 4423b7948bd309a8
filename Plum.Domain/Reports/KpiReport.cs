namespace Plum.Domain.Reports;

/// <summary>All that a report is computed from.</summary>
/// <param name="Benchmarks">Agreed value by KPI code, in the KPI's unit: minutes, percent, or a number.</param>
/// <param name="Lines">Every ticket of the client that was created, resolved, open, escalated or judged in one of the frame's periods.</param>
public sealed record KpiFacts(
    string ClientCode,
    string ClientName,
    string MadeBy,
    ReportFrame Frame,
    IReadOnlyDictionary<string, decimal> Benchmarks,
    IReadOnlyList<TicketLine> Lines
);

/// <summary>From what happened to the document that tells it: pure, and the same for the same facts.</summary>
public static class KpiReport
{
    private static readonly Kpi[] Glance =
    [
        Kpis.Created,
        Kpis.Resolved,
        Kpis.ReplyMedian,
        Kpis.ReplyP90,
        Kpis.FullMedian,
        Kpis.FullP90,
        Kpis.Adherence,
        Kpis.AllTargetsMet,
        Kpis.TargetsMissed,
        Kpis.Backlog,
        Kpis.BacklogWaiting,
        Kpis.BacklogOld,
        Kpis.Unanswered,
        Kpis.Repeats,
        Kpis.Duplicates,
        Kpis.Reopened,
        Kpis.Escalations,
        Kpis.Accepted,
        Kpis.Refunds,
        Kpis.Goodwill,
        Kpis.Satisfaction,
        Kpis.ResponseRate,
    ];

    public static ReportDocument Write(KpiFacts facts)
    {
        var counted = new CountedTickets(facts.Lines, facts.Frame);
        var r = new Reckoning(counted, facts.Benchmarks);
        var sections =
            (List<ReportSection>)
                [
                    VolumeSections.Volumes(r),
                    VolumeSections.Mix(r),
                    TimeSections.FirstResponses(r),
                    TimeSections.Resolutions(r),
                    AdherenceSection.Of(r),
                    BacklogSection.Of(r),
                    QualitySections.Recurrence(r),
                    QualitySections.Escalations(r),
                    QualitySections.Handovers(r),
                    MoneySection.Of(r),
                    QualitySections.Survey(r),
                ];
        return new ReportDocument
        {
            ClientCode = facts.ClientCode,
            ClientName = facts.ClientName,
            MadeBy = facts.MadeBy,
            Frame = facts.Frame,
            Headlines =
            [
                VolumeSections.Created(r),
                TimeSections.FirstResponse(r),
                TimeSections.FullResolution(r),
                AdherenceSection.Adherence(r),
                QualitySections.Satisfaction(r),
            ],
            Summary = Summary(sections, r),
            AtAGlance = [.. Glance.Select(kpi => sections.SelectMany(s => s.Figures).Single(f => f.Kpi == kpi.Code))],
            Sections = sections,
            Definitions = KpiDefinitions.For(facts.Frame),
            Footnotes = Footnotes(facts),
        };
    }

    private static List<Sentence> Summary(List<ReportSection> sections, Reckoning r)
    {
        var lead = sections.ToDictionary(s => s.Key, s => s.Lead[0], StringComparer.Ordinal);
        var summary = new List<Sentence> { lead["volumes"] };
        if (Riser(r) is { } riser)
        {
            summary.Add(riser);
        }

        summary.AddRange([lead["sla"], lead["backlog"], lead["csat"]]);
        return summary;
    }

    /// <summary>The category that grew most in number, when one grew at all.</summary>
    private static Sentence? Riser(Reckoning r)
    {
        var (now, before) = (
            r.Counted.By(Facet.Category, Population.Created),
            r.Counted.By(Facet.Category, Population.Created, Span.Before)
        );
        var most = now
            .Keys.OrderByDescending(c => now[c].Count - Reckoning.Size(before, c))
            .ThenBy(c => c, StringComparer.Ordinal)
            .FirstOrDefault();
        return most is null || before.Count == 0 || now[most].Count <= Reckoning.Size(before, most)
            ? null
            : Sentence.Of($"{most} rose most, from {Reckoning.Size(before, most)} to {now[most].Count}.");
    }

    private static List<Sentence> Footnotes(KpiFacts facts)
    {
        var notes = new List<Sentence>();
        if (facts.Frame.IsUnfinished)
        {
            notes.Add(Sentence.Of($"The period was not over when this report was made; it is compared with a whole month."));
        }

        if (facts.Benchmarks.Count == 0)
        {
            notes.Add(Sentence.Of($"No benchmarks are agreed with this client."));
        }

        return notes;
    }
}
