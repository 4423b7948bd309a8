using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>What was promised, and kept.</summary>
internal static class AdherenceSection
{
    public static Figure Adherence(Reckoning r) => r.Share(Kpis.Adherence, new(Population.TargetsMet), new(Population.Targets));

    public static ReportSection Of(Reckoning r)
    {
        var leftOut = r.Counted.Of(Population.MergedLeftOut);
        return new(
            "sla",
            "SLA adherence",
            [Lead(r)],
            [
                Adherence(r),
                r.Count(Kpis.TargetsMissed, new(Population.TargetsMissed)),
                r.Share(Kpis.AllTargetsMet, new(Population.AllTargetsMet), new(Population.TargetTickets)),
                r.Count(Kpis.MergedLeftOut, new(Population.MergedLeftOut)),
            ],
            [BySeverity(r)],
            [
                Table(r, "sla-target", "By target", Facet.Target, "Target"),
                Table(r, "sla-severity", "By severity", Facet.Severity, "Severity"),
                Table(r, "sla-category", "By category", Facet.Category, "Category"),
                .. leftOut.Count == 0
                    ? (ReportTable[])[]
                    :
                    [
                        new(
                            "sla-left-out",
                            "Merged tickets, left out",
                            [new("Ticket"), new("Category"), new("Severity")],
                            [
                                .. leftOut
                                    .OrderBy(c => c.Ticket.Id)
                                    .Select(c => new TableRow([
                                        Cell.Of(TicketReference.Of(c.Ticket.Id)),
                                        Cell.Of(c.Ticket.Category),
                                        Cell.Of(c.Ticket.Severity.ToString()),
                                    ])),
                            ],
                            null,
                            ""
                        ),
                    ],
            ],
            []
        );
    }

    private static Sentence Lead(Reckoning r)
    {
        var (met, all) = (r.Number(new(Population.TargetsMet)), r.Number(new(Population.Targets)));
        var worst = r
            .Counted.By(Facet.Category, Population.TargetsMissed)
            .OrderByDescending(c => c.Value.Count)
            .ThenBy(c => c.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return all == 0 ? Sentence.Of($"No target was met or fell due in the period.")
            : worst.Value is null ? Sentence.Of($"Every target that was decided in the period was met: {all} of them.")
            : Sentence.Of(
                $"{met} of {all} targets were met ({Quantity.Share(met, all)}); most breaches were in {worst.Key}: {worst.Value.Count}."
            );
    }

    private static ReportTable Table(Reckoning r, string key, string title, Facet facet, string noun)
    {
        var (all, met, missed) = (Groups(Population.Targets), Groups(Population.TargetsMet), Groups(Population.TargetsMissed));
        var (allBefore, metBefore) = (Groups(Population.Targets, Span.Before), Groups(Population.TargetsMet, Span.Before));
        var values =
            facet == Facet.Severity
                ? r.Values(facet, Population.Targets).Order(StringComparer.Ordinal)
                : (IEnumerable<string>)r.Values(facet, Population.Targets);
        return new ReportTable(
            key,
            title,
            [
                new(noun),
                new("Targets", Unit.Count),
                new("Met", Unit.Count),
                new("Breached", Unit.Count),
                new("Adherence", Unit.Percent, Better.Higher),
                new("Before", Unit.Percent, Better.Higher),
            ],
            [
                .. values.Select(v =>
                    Row(
                        FacetNames.Of(facet, v),
                        Size(all, v),
                        Size(met, v),
                        Size(missed, v),
                        Size(allBefore, v),
                        Size(metBefore, v),
                        s => s.With(facet, v)
                    )
                ),
            ],
            Row(
                "All",
                r.Number(new(Population.Targets)),
                r.Number(new(Population.TargetsMet)),
                r.Number(new(Population.TargetsMissed)),
                r.Number(new(Population.Targets, Span.Before)),
                r.Number(new(Population.TargetsMet, Span.Before)),
                s => s
            ),
            "No data: no target was met or fell due in either period."
        );

        IReadOnlyDictionary<string, IReadOnlyList<Counted>> Groups(Population population, Span span = Span.This) =>
            r.Counted.By(facet, population, span);

        static int Size(IReadOnlyDictionary<string, IReadOnlyList<Counted>> groups, string value) => Reckoning.Size(groups, value);

        static TableRow Row(string name, int all, int met, int missed, int allBefore, int metBefore, Func<Selection, Selection> narrow) =>
            new([
                Cell.Of(name),
                Cell.Of(Quantity.Count(all), narrow(new(Population.Targets))),
                Cell.Of(Quantity.Count(met), narrow(new(Population.TargetsMet))),
                Cell.Of(Quantity.Count(missed), narrow(new(Population.TargetsMissed))),
                Cell.Of(Quantity.Share(met, all), narrow(new(Population.TargetsMet))),
                Cell.Of(Quantity.Share(metBefore, allBefore), narrow(new(Population.TargetsMet, Span.Before))),
            ]);
    }

    private static ReportChart BySeverity(Reckoning r)
    {
        var severities = Enum.GetNames<Severity>();
        return new ReportChart(
            "sla-severity",
            "SLA adherence by severity",
            ChartKind.Bars,
            Unit.Percent,
            severities,
            [Series("This period", Span.This), Series("Before", Span.Before)],
            Sentence.Of($"Adherence over all severities is {Adherence(r).Now}."),
            r.Benchmark(Kpis.Adherence)?.Amount
        );

        ChartSeries Series(string name, Span span)
        {
            var (all, met) = (
                r.Counted.By(Facet.Severity, Population.Targets, span),
                r.Counted.By(Facet.Severity, Population.TargetsMet, span)
            );
            return new(
                name,
                [.. severities.Select(s => Quantity.Share(Reckoning.Size(met, s), Reckoning.Size(all, s)).Amount)],
                [.. severities.Select(s => new Selection(Population.TargetsMet, span).With(Facet.Severity, s).ToString())]
            );
        }
    }
}
