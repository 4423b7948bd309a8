namespace Plum.Domain.Reports;

/// <summary>What came in, and where it stood at the end.</summary>
internal static class VolumeSections
{
    private const int MostBars = 10;

    public static Figure Created(Reckoning r) => r.Count(Kpis.Created, new Selection(Population.Created));

    public static ReportSection Volumes(Reckoning r) =>
        new(
            "volumes",
            "Volumes",
            [Lead(r)],
            [Created(r)],
            [Daily(r), ByCategory(r)],
            [
                r.Volumes("volumes-category", "By category", Facet.Category, Population.Created, "Category"),
                r.Volumes("volumes-channel", "By intake channel", Facet.Channel, Population.Created, "Channel"),
                r.Volumes("volumes-brand", "By brand", Facet.Brand, Population.Created, "Brand"),
                r.Volumes("volumes-programme", "By programme", Facet.Programme, Population.Created, "Programme"),
            ],
            []
        );

    public static ReportSection Mix(Reckoning r) =>
        new(
            "mix",
            "Disposition mix",
            [Sentence.Of($"Where the tickets created in the period stood at its end, in standard dispositions.")],
            [],
            [],
            [r.Volumes("mix-disposition", "By disposition", Facet.Disposition, Population.Created, "Disposition")],
            []
        );

    private static Sentence Lead(Reckoning r)
    {
        var (now, before) = (r.Number(new(Population.Created)), r.Number(new(Population.Created, Span.Before)));
        var change =
            before == 0 ? new Quantity(null, Unit.Change) : new Quantity(decimal.Round(100m * (now - before) / before, 4), Unit.Change);
        return before == 0
            ? Sentence.Of(
                $"{now} {Sentence.Many(now, "ticket was", "tickets were")} created; none in {Quantity.Month(r.Frame.Before.FirstDay)}."
            )
            : Sentence.Of(
                $"{now} {Sentence.Many(now, "ticket was", "tickets were")} created, against {before} in {Quantity.Month(r.Frame.Before.FirstDay)} ({change})."
            );
    }

    private static ReportChart Daily(Reckoning r)
    {
        var days = Enumerable
            .Range(0, r.Frame.This.Days)
            .Select(d => r.Frame.This.FirstDay.AddDays(d).ToString("O", System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        var busiest = r
            .Counted.By(Facet.Day, Population.Created)
            .OrderByDescending(d => d.Value.Count)
            .ThenBy(d => d.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return new ReportChart(
            "daily",
            "Tickets created and resolved, by day",
            ChartKind.Columns,
            Unit.Count,
            days,
            [Series("Created", Population.Created), Series("Resolved", Population.Resolved)],
            busiest.Value is null
                ? Sentence.Of($"No tickets were created.")
                : Sentence.Of(
                    $"The busiest day was {DateOnly.Parse(busiest.Key, System.Globalization.CultureInfo.InvariantCulture)} with {busiest.Value.Count} {Sentence.Many(busiest.Value.Count, "ticket", "tickets")}."
                )
        )
        {
            LabelsAreDays = true,
        };

        ChartSeries Series(string name, Population population)
        {
            var byDay = r.Counted.By(Facet.Day, population);
            return new(
                name,
                [.. days.Select(d => (decimal?)Reckoning.Size(byDay, d))],
                [.. days.Select(d => new Selection(population).With(Facet.Day, d).ToString())]
            );
        }
    }

    private static ReportChart ByCategory(Reckoning r)
    {
        var (now, before) = (
            r.Counted.By(Facet.Category, Population.Created),
            r.Counted.By(Facet.Category, Population.Created, Span.Before)
        );
        var top = r.Values(Facet.Category, Population.Created).Take(MostBars).ToList();
        return new ReportChart(
            "by-category",
            now.Count > MostBars ? $"The {MostBars} largest categories" : "Tickets by category",
            ChartKind.Bars,
            Unit.Count,
            top,
            [
                new("This period", [.. top.Select(c => (decimal?)Reckoning.Size(now, c))], [.. top.Select(c => Of(c).ToString())]),
                new(
                    "Before",
                    [.. top.Select(c => (decimal?)Reckoning.Size(before, c))],
                    [.. top.Select(c => (Of(c) with { In = Span.Before }).ToString())]
                ),
            ],
            top.Count == 0
                ? Sentence.Of($"No tickets were created.")
                : Sentence.Of($"Most came in {top[0]}: {Reckoning.Size(now, top[0])}, {Reckoning.Size(before, top[0])} before.")
        );

        static Selection Of(string category) => new Selection(Population.Created).With(Facet.Category, category);
    }
}
