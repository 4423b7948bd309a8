using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>How long people waited for an answer, and for an end.</summary>
internal static class TimeSections
{
    private const int MostNamed = 200;

    private static readonly Func<Counted, TimeSpan> ReplyWorking = c => c.Ticket.Reply!.Working;
    private static readonly Func<Counted, TimeSpan> ReplyCalendar = c => c.Ticket.Reply!.AtUtc - c.Ticket.CreatedAtUtc;
    private static readonly Func<Counted, TimeSpan> ResolutionWorking = c => c.Resolution!.Working;
    private static readonly Func<Counted, TimeSpan> ResolutionGross = c => c.Resolution!.Gross;
    private static readonly Func<Counted, TimeSpan> ResolutionCalendar = c => c.Resolution!.AtUtc - c.Ticket.CreatedAtUtc;

    public static Figure FirstResponse(Reckoning r) => r.Time(Kpis.ReplyMedian, new(Population.Replied), ReplyWorking, s => s.Median);

    public static Figure FullResolution(Reckoning r) => r.Time(Kpis.FullMedian, new(Population.Resolved), ResolutionWorking, s => s.Median);

    public static ReportSection FirstResponses(Reckoning r)
    {
        var replied = new Selection(Population.Replied);
        var (answered, silent) = (r.Number(replied), r.Number(new(Population.Unanswered)));
        return new(
            "first-response",
            "First response",
            [
                Sentence.Of(
                    $"{answered} {Sentence.Many(answered, "ticket", "tickets")} got a first answer in the period; {silent} open {Sentence.Many(silent, "one", "ones")} had none at its end."
                ),
            ],
            [
                r.Count(Kpis.Replied, replied),
                .. r.Times(Kpis.ReplyMedian, Kpis.ReplyP90, Kpis.ReplyMean, replied, ReplyWorking),
                .. r.Times(Kpis.ReplyMedianCalendar, Kpis.ReplyP90Calendar, Kpis.ReplyMeanCalendar, replied, ReplyCalendar),
                r.Count(Kpis.Unanswered, new(Population.Unanswered)),
            ],
            [BySeverity(r)],
            [
                r.Durations(
                    "first-response-severity",
                    "By severity",
                    Facet.Severity,
                    Population.Replied,
                    "Severity",
                    "Answered",
                    ReplyWorking,
                    ReplyCalendar
                ),
                r.Durations(
                    "first-response-category",
                    "By category",
                    Facet.Category,
                    Population.Replied,
                    "Category",
                    "Answered",
                    ReplyWorking,
                    ReplyCalendar
                ),
                Oldest(
                    r,
                    "unanswered",
                    "Open and unanswered, the oldest first",
                    Population.Unanswered,
                    "Every open ticket had been answered."
                ),
            ],
            []
        );
    }

    public static ReportSection Resolutions(Reckoning r)
    {
        var (first, full) = (new Selection(Population.FirstResolved), new Selection(Population.Resolved));
        var (once, stayed) = (r.Number(first), r.Number(full));
        return new(
            "resolution",
            "Resolution",
            [
                Sentence.Of(
                    $"{stayed} {Sentence.Many(stayed, "ticket was", "tickets were")} resolved in the period and stayed so; {once} {Sentence.Many(once, "was", "were")} resolved for the first time."
                ),
            ],
            [
                r.Count(Kpis.FirstResolved, first),
                .. r.Times(Kpis.FirstMedian, Kpis.FirstP90, Kpis.FirstMean, first, ResolutionWorking),
                .. r.Times(Kpis.FirstMedianGross, Kpis.FirstP90Gross, Kpis.FirstMeanGross, first, ResolutionGross),
                .. r.Times(Kpis.FirstMedianCalendar, Kpis.FirstP90Calendar, Kpis.FirstMeanCalendar, first, ResolutionCalendar),
                r.Count(Kpis.Resolved, full),
                .. r.Times(Kpis.FullMedian, Kpis.FullP90, Kpis.FullMean, full, ResolutionWorking),
                .. r.Times(Kpis.FullMedianGross, Kpis.FullP90Gross, Kpis.FullMeanGross, full, ResolutionGross),
                .. r.Times(Kpis.FullMedianCalendar, Kpis.FullP90Calendar, Kpis.FullMeanCalendar, full, ResolutionCalendar),
            ],
            [],
            [
                r.Durations(
                    "resolution-category",
                    "Full resolution by category",
                    Facet.Category,
                    Population.Resolved,
                    "Category",
                    "Resolved",
                    ResolutionWorking,
                    ResolutionCalendar
                ),
                r.Durations(
                    "resolution-severity",
                    "Full resolution by severity",
                    Facet.Severity,
                    Population.Resolved,
                    "Severity",
                    "Resolved",
                    ResolutionWorking,
                    ResolutionCalendar
                ),
            ],
            []
        );
    }

    /// <summary>The tickets of a stock by name, with their ages; of many, those that are the oldest.</summary>
    public static ReportTable Oldest(Reckoning r, string key, string title, Population population, string empty)
    {
        var stock = r.Counted.Of(population);
        var rows = stock.OrderBy(c => c.Ticket.CreatedAtUtc).ThenBy(c => c.Ticket.Id).Take(MostNamed).Select(c => Row(c.Ticket));
        return new ReportTable(
            key,
            title,
            [new("Ticket"), new("Category"), new("Severity"), new("Disposition"), new("Waiting on"), new("Age", Unit.Calendar)],
            [.. rows],
            null,
            empty,
            stock.Count > MostNamed ? Sentence.Of($"The {MostNamed} oldest of {stock.Count}.") : null
        )
        {
            Opens = new Selection(population).ToString(),
        };

        TableRow Row(TicketLine ticket) =>
            new([
                Cell.Of(TicketReference.Of(ticket.Id)),
                Cell.Of(ticket.Category),
                Cell.Of(ticket.Severity.ToString()),
                Cell.Of(FacetNames.Of(Facet.Disposition, ticket.AtEnd!.Code)),
                Cell.Of(FacetNames.Of(ticket.AtEnd!.WaitingOn)),
                Cell.Of(Quantity.Time(r.Counted.StockAt(Span.This) - ticket.CreatedAtUtc, Unit.Calendar)),
            ]);
    }

    private static ReportChart BySeverity(Reckoning r)
    {
        var (now, before) = (
            r.Counted.By(Facet.Severity, Population.Replied),
            r.Counted.By(Facet.Severity, Population.Replied, Span.Before)
        );
        var severities = Enum.GetNames<Severity>();
        return new ReportChart(
            "first-response-severity",
            "Median first response by severity, in working time",
            ChartKind.Bars,
            Unit.Working,
            severities,
            [Series("This period", now, Span.This), Series("Before", before, Span.Before)],
            Sentence.Of($"The median over all severities is {FirstResponse(r).Now}."),
            r.Benchmark(Kpis.ReplyMedian)?.Amount
        );

        ChartSeries Series(string name, IReadOnlyDictionary<string, IReadOnlyList<Counted>> groups, Span span) =>
            new(
                name,
                [
                    .. severities.Select(s =>
                        groups.TryGetValue(s, out var of)
                            ? Quantity.Time(Spread.Of(of.Select(ReplyWorking)).Median, Unit.Working).Amount
                            : null
                    ),
                ],
                [.. severities.Select(s => new Selection(Population.Replied, span).With(Facet.Severity, s).ToString())]
            );
    }
}
