using System.Globalization;
using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>Whether it was put right: what came back, what was raised, and what the recipients said.</summary>
internal static class QualitySections
{
    public static Figure Satisfaction(Reckoning r) => r.Share(Kpis.Satisfaction, new(Population.Satisfied), new(Population.Responses));

    public static ReportSection Recurrence(Reckoning r)
    {
        var (created, identified) = (r.Number(new(Population.Created)), r.Number(new(Population.Identified)));
        var repeats = r.Share(Kpis.Repeats, new(Population.Repeats), new(Population.Created));
        var repeatsBefore = r.Number(new(Population.Identified, Span.Before)) == 0 ? new Quantity(null, Unit.Percent) : repeats.Before;
        var reopened = r.Share(Kpis.Reopened, new(Population.Reopened), new(Population.ResolvedAtAll));
        return new(
            "recurrence",
            "Repeats and reopened",
            [
                Sentence.Of(
                    $"Repeat complaints: {r.Number(new(Population.Repeats))}. Duplicates: {r.Number(new(Population.Duplicates))}. Resolved tickets that were reopened: {r.Number(new(Population.Reopened))}."
                ),
            ],
            [
                identified == 0
                    ? repeats with
                    {
                        Now = new Quantity(null, Unit.Percent),
                        Before = repeatsBefore,
                    }
                    : repeats with
                    {
                        Before = repeatsBefore,
                    },
                r.Count(Kpis.Duplicates, new(Population.Duplicates)),
                r.Frame.ReopeningIsImmature ? reopened with { Remark = Immature(r.Frame) } : reopened,
            ],
            [],
            [
                r.Volumes("repeats-category", "Repeat complaints by category", Facet.Category, Population.Repeats, "Category") with
                {
                    Empty = "No repeat complaints in either period.",
                },
            ],
            identified == created
                ? []
                :
                [
                    Sentence.Of(
                        $"{created - identified} of {created} created tickets named neither a recipient nor an order and cannot be recognised as repeats."
                    ),
                ]
        );
    }

    public static ReportSection Escalations(Reckoning r)
    {
        var (escalations, created) = (new Selection(Population.Escalations), new Selection(Population.Created));
        var (before, number) = (r.Frame.SameLengthBefore, r.Number(escalations));
        var remark =
            before == r.Frame.Before
                ? null
                : Sentence.Of($"Compared with the {before.Days} days from {before.FirstDay} to {before.LastDay}.");
        return new(
            "escalations",
            "Escalations",
            [Sentence.Of($"{number} {Sentence.Many(number, "escalation was", "escalations were")} opened in the period.")],
            [
                r.Count(Kpis.Escalations, escalations, Span.SameLengthBefore) with
                {
                    Remark = remark,
                },
                r.Share(Kpis.EscalationRate, escalations, created, Span.SameLengthBefore) with
                {
                    Remark = remark,
                },
            ],
            [],
            [ByLevel(r)],
            []
        );
    }

    public static ReportSection Handovers(Reckoning r)
    {
        var accepted = new Selection(Population.Accepted);
        var number = r.Number(accepted);
        return new(
            "handovers",
            "Handovers",
            [
                Sentence.Of(
                    $"{number} {Sentence.Many(number, "complaint", "complaints")} handed over by the client {Sentence.Many(number, "was", "were")} accepted."
                ),
            ],
            [r.Count(Kpis.Accepted, accepted), AcceptanceTime(r)],
            [],
            [],
            []
        );
    }

    public static ReportSection Survey(Reckoning r)
    {
        var scores = Enumerable.Range(1, 5).Select(s => s.ToString(CultureInfo.InvariantCulture)).ToList();
        var (now, before) = (r.Counted.By(Facet.Score, Population.Responses), r.Counted.By(Facet.Score, Population.Responses, Span.Before));
        var (all, satisfied) = (r.Number(new(Population.Responses)), r.Number(new(Population.Satisfied)));
        return new(
            "csat",
            "Satisfaction",
            [
                all == 0
                    ? Sentence.Of($"No recipient answered a survey in the period.")
                    : Sentence.Of($"{satisfied} of {all} answers were 4 or 5."),
            ],
            [Satisfaction(r), r.Share(Kpis.ResponseRate, new(Population.SurveysAnswered), new(Population.SurveysAsked))],
            [
                new ReportChart(
                    "csat-scores",
                    "Answers by score",
                    ChartKind.Columns,
                    Unit.Count,
                    scores,
                    [
                        new(
                            "Answers",
                            [.. scores.Select(s => (decimal?)Reckoning.Size(now, s))],
                            [.. scores.Select(s => Scored(s).ToString())]
                        ),
                    ],
                    Sentence.Of($"{satisfied} of {all} answers were 4 or 5.")
                ),
            ],
            [
                new ReportTable(
                    "csat-scores",
                    "Answers by score",
                    [new("Score"), new("Answers", Unit.Count), new("Share", Unit.Percent), new("Before", Unit.Count)],
                    all + before.Count == 0
                        ? []
                        :
                        [
                            .. scores.Select(s => new TableRow([
                                Cell.Of(s),
                                Cell.Of(Quantity.Count(Reckoning.Size(now, s)), Scored(s)),
                                Cell.Of(Quantity.Share(Reckoning.Size(now, s), all)),
                                Cell.Of(Quantity.Count(Reckoning.Size(before, s)), Scored(s) with { In = Span.Before }),
                            ])),
                        ],
                    null,
                    "No answers in either period."
                ),
            ],
            []
        );

        static Selection Scored(string score) => new Selection(Population.Responses).With(Facet.Score, score);
    }

    public static Sentence Immature(ReportFrame frame) =>
        Sentence.Of($"Immature: may grow until {frame.This.LastDay.AddDays(frame.ReopenDays)}.");

    private static Figure AcceptanceTime(Reckoning r)
    {
        return r.Time(Kpis.AcceptanceMedian, new(Population.Accepted), Took, s => s.Median);

        static TimeSpan Took(Counted c) => c.Ticket.AcceptedAtUtc!.Value - (c.Ticket.HandedOverAtUtc ?? c.Ticket.CreatedAtUtc);
    }

    private static ReportTable ByLevel(Reckoning r)
    {
        var (now, before) = (
            r.Counted.By(Facet.Level, Population.Escalations),
            r.Counted.By(Facet.Level, Population.Escalations, Span.SameLengthBefore)
        );
        return new ReportTable(
            "escalations-level",
            "Escalations by level",
            [new("To"), new("Escalations", Unit.Count), new("Before", Unit.Count)],
            [
                .. now
                    .Keys.Union(before.Keys)
                    .Order(StringComparer.Ordinal)
                    .Select(level => new TableRow([
                        Cell.Of(level),
                        Cell.Of(Quantity.Count(Reckoning.Size(now, level)), To(level)),
                        Cell.Of(Quantity.Count(Reckoning.Size(before, level)), To(level) with { In = Span.SameLengthBefore }),
                    ])),
            ],
            null,
            "No escalations in either period."
        );

        static Selection To(string level) => new Selection(Population.Escalations).With(Facet.Level, level);
    }
}
