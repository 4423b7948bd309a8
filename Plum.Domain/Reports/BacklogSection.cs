using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>What was still open when the period ended, as its history shows it and not as it is now.</summary>
internal static class BacklogSection
{
    public static Figure Open(Reckoning r) => r.Count(Kpis.Backlog, new(Population.Open));

    public static ReportSection Of(Reckoning r) =>
        new(
            "backlog",
            "Backlog ageing",
            [Lead(r)],
            [
                Open(r),
                r.Count(Kpis.BacklogWaiting, new Selection(Population.Open).With(Facet.Waiting, CountedTickets.Waiting)),
                r.Count(Kpis.BacklogOld, new Selection(Population.Open).With(Facet.Age, AgeBuckets.All[^1].Code)),
            ],
            [ByAge(r)],
            [
                Table(r, "backlog-in-hand", "In hand, by disposition and age", CountedTickets.InHand, "No ticket in hand was open."),
                Table(
                    r,
                    "backlog-waiting",
                    "Waiting on others, by disposition and age",
                    CountedTickets.Waiting,
                    "No open ticket waited on others."
                ),
                TimeSections.Oldest(r, "backlog-oldest", "Open tickets, the oldest first", Population.Open, "No ticket was open."),
            ],
            []
        );

    public static Sentence Lead(Reckoning r)
    {
        var open = r.Counted.Of(Population.Open);
        return open.Count == 0
            ? Sentence.Of($"No ticket was open at the end of the period.")
            : Sentence.Of(
                $"{open.Count} {Sentence.Many(open.Count, "ticket was", "tickets were")} open at the end of the period, {r.Counted.Of(Population.Open, Span.Before).Count} at its start; the oldest was {Quantity.Time(r.Counted.StockAt(Span.This) - open.Min(c => c.Ticket.CreatedAtUtc), Unit.Calendar)} old."
            );
    }

    private static ReportTable Table(Reckoning r, string key, string title, string waiting, string empty)
    {
        var part = new Selection(Population.Open).With(Facet.Waiting, waiting);
        var open = r.Counted.Of(part);
        var codes = Dispositions.StandardCodes.Append(Dispositions.Other).Where(code => open.Any(c => c.Ticket.AtEnd!.Code == code));
        return new ReportTable(
            key,
            title,
            [new("Disposition"), .. AgeBuckets.All.Select(b => new TableColumn(b.Name, Unit.Count)), new("All", Unit.Count)],
            [.. codes.Select(code => Row(FacetNames.Of(Facet.Disposition, code), part.With(Facet.Disposition, code)))],
            open.Count == 0 ? null : Row("All", part),
            empty
        );

        TableRow Row(string name, Selection selection) =>
            new([Cell.Of(name), .. AgeBuckets.All.Select(b => Count(selection.With(Facet.Age, b.Code))), Count(selection)]);

        Cell Count(Selection selection) => Cell.Of(Quantity.Count(r.Number(selection)), selection);
    }

    private static ReportChart ByAge(Reckoning r)
    {
        return new ReportChart(
            "backlog-age",
            "Open tickets by age",
            ChartKind.Stacked,
            Unit.Count,
            [.. AgeBuckets.All.Select(b => b.Name)],
            [Series(CountedTickets.InHand), Series(CountedTickets.Waiting)],
            Lead(r)
        );

        ChartSeries Series(string waiting)
        {
            var selections = AgeBuckets
                .All.Select(b => new Selection(Population.Open).With(Facet.Waiting, waiting).With(Facet.Age, b.Code))
                .ToList();
            return new(
                FacetNames.Of(Facet.Waiting, waiting),
                [.. selections.Select(s => (decimal?)r.Number(s))],
                [.. selections.Select(s => s.ToString())]
            );
        }
    }
}
