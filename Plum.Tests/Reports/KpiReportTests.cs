using Plum.Domain.Reports;
using Plum.Domain.Tickets;
using static Plum.Tests.Reports.A;

namespace Plum.Tests.Reports;

/// <summary>Each rule of counting that is easily got wrong, on a history small enough to count by hand.</summary>
public class KpiReportTests
{
    [Fact]
    public void Where_there_is_nothing_to_measure_a_report_says_no_data_and_never_0_or_100_percent()
    {
        var report = Report([]);

        foreach (var figure in report.Figures)
        {
            Assert.Equal(figure.Now.Unit == Unit.Count ? 0 : null, figure.Now.Amount);
            Assert.Equal(figure.Now.Unit == Unit.Count ? 0 : null, figure.Before?.Amount);
        }

        Assert.Equal("no data", FigureText.Of(report.Figure(Kpis.Adherence).Now, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_ticket_counts_in_the_month_in_which_it_was_created_in_the_clients_zone()
    {
        var kolkata = ReportFrame.Month(new DateOnly(2026, 6, 1), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"), At(7, 1, 6));

        // Midnight in Kolkata is 18:30 UTC the day before.
        var report = Report(
            kolkata,
            Ticket(At(5, 31, 18, 29)),
            Ticket(At(5, 31, 18, 30)),
            Ticket(At(6, 30, 18, 29)),
            Ticket(At(6, 30, 18, 30))
        );

        Assert.Equal((2, 1), report.Value(Kpis.Created));
    }

    [Fact]
    public void Volumes_are_split_by_category_channel_brand_and_programme_with_the_month_before()
    {
        var report = Report(
            Ticket(At(5, 2), "Login") with
            {
                Brand = "Amazon",
            },
            Ticket(At(6, 2), "Login") with
            {
                Brand = "Amazon",
                Programme = "Spot awards",
            },
            Ticket(At(6, 3), "Voucher") with
            {
                Channel = IntakeChannel.Api,
            },
            Ticket(At(6, 3), "Voucher") with
            {
                Channel = IntakeChannel.Api,
            }
        );

        Assert.Equal([("Voucher", 2, 0), ("Login", 1, 1), ("Total", 3, 1)], Rows("volumes-category"));
        Assert.Equal([("API", 2, 0), ("Web", 1, 1), ("Total", 3, 1)], Rows("volumes-channel"));
        Assert.Equal([("No brand", 2, 0), ("Amazon", 1, 1), ("Total", 3, 1)], Rows("volumes-brand"));
        Assert.Equal([("No programme", 2, 1), ("Spot awards", 1, 0), ("Total", 3, 1)], Rows("volumes-programme"));

        IEnumerable<(string, int, int)> Rows(string table) =>
            report
                .Sections.SelectMany(s => s.Tables)
                .Where(t => t.Key == table)
                .SelectMany(t => t.Rows.Append(t.Total!))
                .Select(r => (r.Cells[0].Text!, (int)r.Cells[1].Quantity!.Value.Amount!, (int)r.Cells[3].Quantity!.Value.Amount!));
    }

    [Fact]
    public void First_response_is_of_the_tickets_answered_in_the_period_whenever_they_were_created()
    {
        var report = Report(
            Ticket(At(5, 30)) with
            {
                Reply = new FirstReply(At(6, 1), TimeSpan.FromMinutes(600)),
            }, // created before, answered within
            Ticket(At(6, 2)) with
            {
                Reply = new FirstReply(At(6, 2, 1), TimeSpan.FromMinutes(60)),
            },
            Ticket(At(6, 2)) with
            {
                Reply = new FirstReply(At(6, 2, 3), TimeSpan.FromMinutes(30)),
            },
            Ticket(At(6, 29)) with
            {
                Reply = new FirstReply(At(7, 1), TimeSpan.FromMinutes(5)),
                AtEnd = new Standing("FailedRedemption", false),
            }
        ); // answered too late

        Assert.Equal((3, 0), report.Value(Kpis.Replied));
        Assert.Equal(60, report.Value(Kpis.ReplyMedian).Item1);
        Assert.Equal(492, report.Value(Kpis.ReplyP90).Item1); // 60 + 0.8 of the way to 600
        Assert.Equal(230, report.Value(Kpis.ReplyMean).Item1);
        Assert.Equal(180, report.Value(Kpis.ReplyMedianCalendar).Item1);
        Assert.Equal((1, 0), report.Value(Kpis.Unanswered));
        Assert.Equal(
            ["2 d"],
            report
                .Sections.SelectMany(s => s.Tables)
                .Single(t => t.Key == "unanswered")
                .Rows.Select(r => FigureText.Of(r.Cells[^1].Quantity!.Value, System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public void Resolution_counts_tickets_that_were_opened_long_before_the_period()
    {
        var report = Report(Ticket(At(3, 1)) with { Resolutions = [Resolved(At(6, 1), 4000, 5000)] });

        Assert.Equal((1, 0), report.Value(Kpis.Resolved));
        Assert.Equal(4000, report.Value(Kpis.FullMedian).Item1);
        Assert.Equal(5000, report.Value(Kpis.FullMedianGross).Item1);
        Assert.Equal(92 * 1440, report.Value(Kpis.FullMedianCalendar).Item1);
    }

    [Fact]
    public void First_resolution_is_the_first_time_it_was_final_and_full_resolution_the_last()
    {
        var report = Report(
            Ticket(At(5, 1)) with
            {
                Resolutions = [Resolved(At(5, 2), 100, reopenedAtUtc: At(5, 20)), Resolved(At(6, 5), 900)],
            },
            Ticket(At(6, 1)) with
            {
                Resolutions = [Resolved(At(6, 3), 200, reopenedAtUtc: At(6, 4)), Resolved(At(6, 9), 400)],
            },
            Ticket(At(6, 1)) with
            {
                Resolutions = [Resolved(At(6, 8), 300, reopenedAtUtc: At(6, 28))],
            }
        ); // open again when June ended

        Assert.Equal((2, 1), report.Value(Kpis.FirstResolved));
        Assert.Equal((250, 100), report.Value(Kpis.FirstMedian));
        Assert.Equal((2, 0), report.Value(Kpis.Resolved)); // at the end of May the first ticket was open again
        Assert.Equal(650, report.Value(Kpis.FullMedian).Item1);
    }

    [Fact]
    public void A_report_made_late_says_of_its_month_what_one_made_on_time_said()
    {
        var reopenedInJuly = Ticket(At(6, 1)) with
        {
            Resolutions = [Resolved(At(6, 3), 200, reopenedAtUtc: At(7, 20)), Resolved(At(7, 25), 999)],
            AtEnd = new Standing("Resolved", true),
        };

        var late = Report(June with { MadeAtUtc = At(9, 1) }, reopenedInJuly);

        Assert.Equal((1, 0), late.Value(Kpis.Resolved));
        Assert.Equal(200, late.Value(Kpis.FullMedian).Item1);
        Assert.Equal(0, late.Value(Kpis.Reopened).Item1); // later than 14 days after its resolution
    }

    [Fact]
    public void Adherence_is_met_over_met_and_fallen_due_each_target_once_and_merged_tickets_are_left_out_and_listed()
    {
        var report = Report(
            Ticket(At(5, 30)) with
            {
                Targets = [new("First response", At(5, 30, 1), true), new("Resolution", At(6, 2), false)],
            },
            Ticket(At(6, 2), severity: Severity.P1) with
            {
                Targets = [new("First response", At(6, 2, 1), true), new("Resolution", At(6, 3), true)],
            },
            Ticket(At(6, 29)) with
            {
                Targets = [new("First response", At(6, 29, 1), true)],
            }, // its resolution is still running: on neither side
            Ticket(At(6, 29)) with
            {
                Targets = [new("First response", At(7, 2), false)],
            }, // fell due in July
            Ticket(At(6, 5)) with
            {
                IsMerged = true,
                Targets = [new("First response", At(6, 5, 1), false)],
            }
        );

        Assert.Equal((75, 100), report.Value(Kpis.Adherence)); // 3 of 4; 1 of 1
        Assert.Equal(4, report.Figure(Kpis.Adherence).Of);
        Assert.Equal((1, 0), report.Value(Kpis.TargetsMissed));
        Assert.Equal(66.6667m, report.Value(Kpis.AllTargetsMet).Item1); // 2 of 3 tickets
        Assert.Equal((1, 0), report.Value(Kpis.MergedLeftOut));
        Assert.Single(report.Sections.SelectMany(s => s.Tables).Single(t => t.Key == "sla-left-out").Rows);
        Assert.Equal((3, 1), report.Value(Kpis.Created)); // merged tickets count in no figure
        Assert.False(report.Figure(Kpis.Adherence).MeetsBenchmark);
    }

    [Fact]
    public void The_backlog_is_what_was_open_when_the_period_ended_by_age_with_waiting_ones_apart()
    {
        var open = new Standing(Dispositions.VendorRejection, false);
        var report = Report(
            Ticket(At(6, 29, 0, 1)) with
            {
                AtEnd = open,
            }, // a minute under a day... and a bit: 1 d 23 h 59 m
            Ticket(At(6, 30, 0, 0)) with
            {
                AtEnd = open,
            }, // exactly 1 day
            Ticket(At(6, 30, 0, 1)) with
            {
                AtEnd = open,
            }, // just under 1 day
            Ticket(At(5, 31)) with
            {
                AtEnd = open with { WaitingOn = WaitingOn.Supplier },
                AtEndBefore = open,
            }, // exactly 30 days
            Ticket(At(6, 20)) with
            {
                AtEnd = new Standing("Resolved", true),
            },
            Ticket(At(7, 1))
        );

        Assert.Equal((4, 1), report.Value(Kpis.Backlog));
        Assert.Equal((1, 0), report.Value(Kpis.BacklogWaiting));
        Assert.Equal((1, 0), report.Value(Kpis.BacklogOld));
        Assert.Equal([1, 2, 0, 0, 0, 0, 3], Cells("backlog-in-hand"));
        Assert.Equal([0, 0, 0, 0, 0, 1, 1], Cells("backlog-waiting"));

        IEnumerable<decimal?> Cells(string table) =>
            report
                .Sections.SelectMany(s => s.Tables)
                .Single(t => t.Key == table)
                .Total!.Cells.Skip(1)
                .Select(c => c.Quantity!.Value.Amount);
    }

    [Fact]
    public void A_report_of_a_month_that_is_not_over_measures_to_the_present_and_says_so()
    {
        var frame = June with { MadeAtUtc = At(6, 10) };
        var open = Ticket(At(6, 8)) with { AtEnd = new Standing(Dispositions.FailedRedemption, false) };

        var report = Report(frame, open);

        Assert.Equal(["1-3"], new CountedTickets([open], frame).By(Facet.Age, Population.Open).Keys); // aged 2 days, not 23
        Assert.Contains(
            report.Footnotes,
            f => FigureText.Of(f, System.Globalization.CultureInfo.InvariantCulture).Contains("not over", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_number_that_can_be_opened_opens_exactly_as_many_things()
    {
        var facts = SampleFacts.Of(700);
        var report = KpiReport.Write(facts);
        var counted = new CountedTickets(facts.Lines, facts.Frame);

        var counts = report
            .Figures.Select(f => (f.Now, f.Opens))
            .Concat(report.Figures.Select(f => (f.Before ?? default, f.OpensBefore)))
            .Concat(
                report
                    .Sections.SelectMany(s => s.Tables)
                    .SelectMany(t => t.Rows.Append(t.Total))
                    .OfType<TableRow>()
                    .SelectMany(r => r.Cells)
                    .Select(c => (c.Quantity ?? default, c.Opens))
            )
            .Concat(
                report
                    .Sections.SelectMany(s => s.Charts)
                    .Where(c => c.Unit == Unit.Count)
                    .SelectMany(c => c.Series)
                    .SelectMany(s => s.Values.Zip(s.Opens, (v, o) => (new Quantity(v, Unit.Count), o)))
            )
            .Where(c => c.Item1.Unit == Unit.Count && c.Item2 is not null)
            .ToList();
        var shares = report.Figures.Where(f => f.Now.Unit == Unit.Percent).ToList();

        Assert.True(counts.Count > 300, $"Only {counts.Count} numbers could be opened.");
        Assert.All(counts, c => Assert.Equal(c.Item1.Amount, counted.Of(Selection.Parse(c.Item2)!).Count));
        Assert.All(
            shares,
            f =>
                Assert.Equal(
                    f.Now,
                    Quantity.Share(counted.Of(Selection.Parse(f.Opens)!).Count, counted.Of(Selection.Parse(f.OpensOf)!).Count)
                )
        );
    }

    [Fact]
    public void Every_figure_is_defined_and_every_definition_is_of_a_figure_or_a_word()
    {
        var report = Report([]);

        Assert.Equal(
            Kpis.All.Select(k => k.Code).Order(StringComparer.Ordinal),
            report.Figures.Select(f => f.Kpi).Order(StringComparer.Ordinal)
        );
        Assert.All(Kpis.All, k => Assert.Contains(report.Definitions, d => d.Term == k.Topic));
    }
}
