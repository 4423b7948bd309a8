using Plum.Domain.Shared;

namespace Plum.Domain.Reports;

/// <summary>What was given back, and what was given on top: each currency by itself.</summary>
internal static class MoneySection
{
    public static ReportSection Of(Reckoning r)
    {
        var (refunds, goodwill) = (new Selection(Population.Refunds), new Selection(Population.Goodwill));
        var (back, extra) = (r.Number(refunds), r.Number(goodwill));
        return new(
            "money",
            "Refunds and goodwill",
            [
                back + extra == 0
                    ? Sentence.Of($"No money was given back and no goodwill was credited in the period.")
                    : Sentence.Of(
                        $"{back} {Sentence.Many(back, "refund", "refunds")} and {extra} goodwill {Sentence.Many(extra, "credit", "credits")} were carried out in the period."
                    ),
            ],
            [
                r.Count(Kpis.Refunds, refunds),
                r.Share(Kpis.RefundRate, refunds, new(Population.Created)),
                r.Count(Kpis.Goodwill, goodwill),
                r.Share(Kpis.GoodwillRate, goodwill, new(Population.Created)),
            ],
            [],
            [
                ByCurrency(r, "refunds", "Refunds by currency", Population.Refunds, "No refunds in either period."),
                ByCurrency(r, "goodwill", "Goodwill by currency", Population.Goodwill, "No goodwill in either period."),
            ],
            []
        );
    }

    private static ReportTable ByCurrency(Reckoning r, string key, string title, Population population, string empty)
    {
        var (now, before) = (r.Counted.By(Facet.Currency, population), r.Counted.By(Facet.Currency, population, Span.Before));
        return new ReportTable(
            key,
            title,
            [
                new("Currency"),
                new("Number", Unit.Count),
                new("In all", Unit.Money),
                new("Median", Unit.Money),
                new("Number before", Unit.Count),
                new("In all before", Unit.Money),
            ],
            [.. now.Keys.Union(before.Keys).Order(StringComparer.Ordinal).Select(Row)],
            Total: null,
            empty
        );

        TableRow Row(string currency)
        {
            var selection = new Selection(population).With(Facet.Currency, currency);
            var (given, earlier) = (Amounts(now), Amounts(before));
            return new([
                Cell.Of(currency),
                Cell.Of(Quantity.Count(given.Count), selection),
                Cell.Of(Sum(given), selection),
                Cell.Of(given.Count == 0 ? new Quantity(null, Unit.Money, currency) : Quantity.Of(Median(given))),
                Cell.Of(Quantity.Count(earlier.Count), selection with { In = Span.Before }),
                Cell.Of(Sum(earlier), selection with { In = Span.Before }),
            ]);

            List<Money> Amounts(IReadOnlyDictionary<string, IReadOnlyList<Counted>> groups) =>
                [.. groups.GetValueOrDefault(currency, []).Select(c => c.Given!.Amount).OrderBy(a => a.MinorUnits)];

            Quantity Sum(List<Money> amounts) => Quantity.Of(amounts.Aggregate(new Money(0, currency), (sum, one) => sum + one));
        }
    }

    /// <summary>Of two in the middle the mean, with half a minor unit rounded up.</summary>
    /// <param name="sorted">Ascending, not empty, of one currency.</param>
    private static Money Median(List<Money> sorted)
    {
        var (below, above) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        return below with { MinorUnits = below.MinorUnits + ((above.MinorUnits - below.MinorUnits + 1) / 2) };
    }
}
