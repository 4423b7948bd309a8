namespace Plum.Domain.Reports;

/// <summary>Turns selections into figures and tables: what every section of a report is written with.</summary>
internal sealed class Reckoning(CountedTickets counted, IReadOnlyDictionary<string, decimal> benchmarks)
{
    private readonly Dictionary<(string, Func<Counted, TimeSpan>), Spread> _measured = [];

    public CountedTickets Counted { get; } = counted;

    public ReportFrame Frame => Counted.Frame;

    public int Number(Selection selection) => Counted.Of(selection).Count;

    public Quantity? Benchmark(Kpi kpi) => benchmarks.TryGetValue(kpi.Code, out var agreed) ? new Quantity(agreed, kpi.Unit) : null;

    public Figure Count(Kpi kpi, Selection what, Span against = Span.Before)
    {
        var before = what with { In = against };
        return new Figure(
            kpi.Code,
            kpi.Name,
            Quantity.Count(Number(what)),
            Quantity.Count(Number(before)),
            Benchmark(kpi),
            kpi.Better,
            Opens: what.ToString(),
            OpensBefore: before.ToString()
        );
    }

    /// <summary>A share in percent or per hundred, whichever the KPI is measured in.</summary>
    public Figure Share(Kpi kpi, Selection part, Selection whole, Span against = Span.Before)
    {
        var of = Number(whole);
        var (partBefore, wholeBefore) = (part with { In = against }, whole with { In = against });
        return new Figure(
            kpi.Code,
            kpi.Name,
            Rate(Number(part), of),
            Rate(Number(partBefore), Number(wholeBefore)),
            Benchmark(kpi),
            kpi.Better,
            of,
            part.ToString(),
            partBefore.ToString(),
            whole.ToString()
        );

        Quantity Rate(int p, int w) => kpi.Unit == Unit.PerHundred ? Quantity.PerHundred(p, w) : Quantity.Share(p, w);
    }

    /// <summary>One measure of how long the things of a selection took.</summary>
    public Figure Time(Kpi kpi, Selection what, Func<Counted, TimeSpan> took, Func<Spread, TimeSpan?> measure)
    {
        var before = what with { In = Span.Before };
        var (now, then) = (Measured(what, took), Measured(before, took));
        return new Figure(
            kpi.Code,
            kpi.Name,
            Quantity.Time(measure(now), kpi.Unit),
            Quantity.Time(measure(then), kpi.Unit),
            Benchmark(kpi),
            kpi.Better,
            now.Count,
            what.ToString(),
            before.ToString(),
            what.ToString()
        );
    }

    private Spread Measured(Selection what, Func<Counted, TimeSpan> took) =>
        _measured.TryGetValue((what.ToString(), took), out var known)
            ? known
            : _measured[(what.ToString(), took)] = Spread.Of(Counted.Of(what).Select(took));

    /// <summary>Median, 90th percentile and mean of the same things.</summary>
    public IEnumerable<Figure> Times(Kpi median, Kpi ninetieth, Kpi mean, Selection what, Func<Counted, TimeSpan> took) =>
        [Time(median, what, took, s => s.Median), Time(ninetieth, what, took, s => s.Ninetieth), Time(mean, what, took, s => s.Mean)];

    /// <summary>The values of a facet in either period, the most frequent first.</summary>
    public IReadOnlyList<string> Values(Facet facet, Population population)
    {
        var (now, before) = (Counted.By(facet, population), Counted.By(facet, population, Span.Before));
        return
        [
            .. now
                .Keys.Union(before.Keys)
                .OrderByDescending(v => Size(now, v))
                .ThenByDescending(v => Size(before, v))
                .ThenBy(v => v, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many of a population by one facet, with the period before beside it.</summary>
    public ReportTable Volumes(string key, string title, Facet facet, Population population, string noun)
    {
        var (now, before) = (Counted.By(facet, population), Counted.By(facet, population, Span.Before));
        var (all, allBefore) = (Counted.Of(population).Count, Counted.Of(population, Span.Before).Count);
        return new ReportTable(
            key,
            title,
            [new(noun), new("Tickets", Unit.Count), new("Share", Unit.Percent), new("Before", Unit.Count), new("Change", Unit.Change)],
            [
                .. Values(facet, population)
                    .Select(v => Row(FacetNames.Of(facet, v), Size(now, v), Size(before, v), new Selection(population).With(facet, v))),
            ],
            Row("Total", all, allBefore, new Selection(population)),
            "No tickets in either period."
        );

        TableRow Row(string name, int n, int earlier, Selection opens) =>
            new([
                Cell.Of(name),
                Cell.Of(Quantity.Count(n), opens),
                Cell.Of(Quantity.Share(n, all)),
                Cell.Of(Quantity.Count(earlier), opens with { In = Span.Before }),
                Cell.Of(new Quantity(earlier == 0 ? null : decimal.Round(100m * (n - earlier) / earlier, 4), Unit.Change)),
            ]);
    }

    /// <summary>How long the things of a population took, by one facet.</summary>
    public ReportTable Durations(
        string key,
        string title,
        Facet facet,
        Population population,
        string noun,
        string counts,
        Func<Counted, TimeSpan> working,
        Func<Counted, TimeSpan> calendar
    )
    {
        var groups = Counted.By(facet, population);
        var values =
            facet == Facet.Severity
                ? groups.Keys.Order(StringComparer.Ordinal)
                : groups.Keys.OrderByDescending(v => groups[v].Count).ThenBy(v => v, StringComparer.Ordinal);
        return new ReportTable(
            key,
            title,
            [
                new(noun),
                new(counts, Unit.Count),
                new("Median, working", Unit.Working, Better.Lower),
                new("90th pct., working", Unit.Working, Better.Lower),
                new("Mean, working", Unit.Working, Better.Lower),
                new("Median, calendar", Unit.Calendar, Better.Lower),
            ],
            [.. values.Select(v => Row(FacetNames.Of(facet, v), groups[v], new Selection(population).With(facet, v)))],
            Row("All", Counted.Of(population), new Selection(population)),
            "No data: there were none in the period."
        );

        TableRow Row(string name, IReadOnlyList<Counted> of, Selection opens)
        {
            var (inHours, byClock) = (Spread.Of(of.Select(working)), Spread.Of(of.Select(calendar)));
            return new([
                Cell.Of(name),
                Cell.Of(Quantity.Count(of.Count), opens),
                Cell.Of(Quantity.Time(inHours.Median, Unit.Working), opens),
                Cell.Of(Quantity.Time(inHours.Ninetieth, Unit.Working), opens),
                Cell.Of(Quantity.Time(inHours.Mean, Unit.Working), opens),
                Cell.Of(Quantity.Time(byClock.Median, Unit.Calendar), opens),
            ]);
        }
    }

    public static int Size(IReadOnlyDictionary<string, IReadOnlyList<Counted>> groups, string value) =>
        groups.TryGetValue(value, out var of) ? of.Count : 0;
}
