using System.Globalization;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using static Plum.Tests.Reports.A;

namespace Plum.Tests.Reports;

public class KpiQualityTests
{
    [Fact]
    public void Duplicates_are_no_repeats_and_tickets_that_name_nobody_make_no_rate()
    {
        var report = Report(
            Ticket(At(6, 1)),
            Ticket(At(6, 2)) with
            {
                RepeatOf = 1,
            },
            Ticket(At(6, 3)) with
            {
                DuplicateOf = 2,
                RepeatOf = 1,
            },
            Ticket(At(6, 4))
        );
        var nameless = Report(Ticket(At(6, 1)) with { IsIdentified = false });

        Assert.Equal((25, null), report.Value(Kpis.Repeats));
        Assert.Equal((1, 0), report.Value(Kpis.Duplicates));
        Assert.Equal((null, null), nameless.Value(Kpis.Repeats));
    }

    [Fact]
    public void Reopened_counts_each_ticket_once_within_14_days_and_is_immature_until_they_are_over()
    {
        var twice = Ticket(At(6, 1)) with
        {
            Resolutions = [Resolved(At(6, 2), reopenedAtUtc: At(6, 3)), Resolved(At(6, 4), reopenedAtUtc: At(6, 5)), Resolved(At(6, 6))],
        };
        var onTheLastDay = Ticket(At(6, 1)) with { Resolutions = [Resolved(At(6, 2), reopenedAtUtc: At(6, 16)), Resolved(At(6, 17))] };
        var tooLate = Ticket(At(6, 1)) with { Resolutions = [Resolved(At(6, 2), reopenedAtUtc: At(6, 16, 0, 1)), Resolved(At(6, 17))] };
        var never = Ticket(At(6, 1)) with { Resolutions = [Resolved(At(6, 2))] };

        var report = Report(twice, onTheLastDay, tooLate, never);
        var mature = Report(June with { MadeAtUtc = At(7, 15) }, twice, onTheLastDay, tooLate, never);

        Assert.Equal((50, null), report.Value(Kpis.Reopened));
        Assert.NotNull(report.Figure(Kpis.Reopened).Remark);
        Assert.Equal((50, null), mature.Value(Kpis.Reopened));
        Assert.Null(mature.Figure(Kpis.Reopened).Remark);
    }

    [Fact]
    public void Escalations_are_compared_with_the_equally_long_stretch_just_before_and_not_with_the_month_before()
    {
        var raised = Ticket(At(4, 1)) with
        {
            Escalations =
            [
                new(At(5, 1), SupportLevel.L2),
                new(At(5, 2), SupportLevel.L2),
                new(At(5, 31), SupportLevel.L3),
                new(At(6, 1), SupportLevel.L3),
                new(At(6, 30), SupportLevel.L3),
            ],
        };

        var report = Report(
            raised,
            Ticket(At(5, 1)),
            Ticket(At(5, 2)),
            Ticket(At(6, 2)),
            Ticket(At(6, 3)),
            Ticket(At(6, 4)),
            Ticket(At(6, 5))
        );

        Assert.Equal((2, 2), report.Value(Kpis.Escalations)); // 2 to 31 May is as long as June; 1 May is not in it
        Assert.Equal((50, 200), report.Value(Kpis.EscalationRate)); // 2 on 4 tickets; 2 on 1
    }

    [Fact]
    public void Satisfaction_is_by_date_of_the_answer_with_its_number_and_the_response_rate()
    {
        var report = Report(
            Ticket(At(5, 20)) with
            {
                CsatAskedAtUtc = At(5, 25),
                CsatAtUtc = At(6, 1),
                CsatScore = 4,
            },
            Ticket(At(6, 2)) with
            {
                CsatAskedAtUtc = At(6, 3),
                CsatAtUtc = At(6, 4),
                CsatScore = 5,
            },
            Ticket(At(6, 2)) with
            {
                CsatAskedAtUtc = At(6, 3),
                CsatAtUtc = At(6, 5),
                CsatScore = 3,
            },
            Ticket(At(6, 2)) with
            {
                CsatAskedAtUtc = At(6, 29),
                CsatAtUtc = At(7, 1),
                CsatScore = 1,
            },
            Ticket(At(6, 2)) with
            {
                CsatAskedAtUtc = At(6, 29),
            }
        );

        Assert.Equal((66.6667m, null), report.Value(Kpis.Satisfaction));
        Assert.Equal(3, report.Figure(Kpis.Satisfaction).Of);
        Assert.Equal((50, 0), report.Value(Kpis.ResponseRate)); // 2 of 4 sent in June; the one of May was not answered in May
    }

    [Fact]
    public void Handovers_are_counted_when_accepted()
    {
        var report = Report(
            Ticket(At(6, 1)) with
            {
                HandedOverAtUtc = At(6, 1),
                AcceptedAtUtc = At(6, 1, 2),
            },
            Ticket(At(6, 1)) with
            {
                HandedOverAtUtc = At(6, 1),
                AcceptedAtUtc = At(6, 1, 4),
            },
            Ticket(At(6, 30)) with
            {
                HandedOverAtUtc = At(6, 30),
                AcceptedAtUtc = At(7, 1),
            }
        );

        Assert.Equal((2, 0), report.Value(Kpis.Accepted));
        Assert.Equal(180, report.Value(Kpis.AcceptanceMedian).Item1);
    }

    [Fact]
    public void Money_given_is_counted_when_it_was_given_each_currency_by_itself()
    {
        var report = Report(
            Ticket(At(5, 20)) with
            {
                Given = [Refund(At(5, 30), 500, "GBP"), Refund(At(6, 2), 1000, "GBP")],
            },
            Ticket(At(6, 3)) with
            {
                IsMerged = true, // the money went all the same
                Given = [Refund(At(6, 4), 2001, "GBP")],
            },
            Ticket(At(6, 5)) with
            {
                Given = [Refund(At(6, 6), 700, "JPY"), new GivenMoney(At(6, 7), MoneyGiven.Goodwill, new Money(250, "INR"))],
            },
            Ticket(At(6, 8)) with
            {
                Given = [Refund(At(7, 1), 9999, "GBP")], // after the period
            }
        );

        Assert.Equal((3, 1), report.Value(Kpis.Refunds));
        Assert.Equal((150, 100), report.Value(Kpis.RefundRate)); // over two created in June, one in May
        Assert.Equal((1, 0), report.Value(Kpis.Goodwill));
        Assert.Equal(
            ["GBP|2|GBP 30.01|GBP 15.01|1|GBP 5.00", "JPY|1|JPY 700|JPY 700|0|JPY 0"], // the median's half penny goes up
            Rows("refunds")
        );
        Assert.Equal(["INR|1|INR 2.50|INR 2.50|0|INR 0.00"], Rows("goodwill"));

        static GivenMoney Refund(DateTime atUtc, long minorUnits, string currency) =>
            new(atUtc, MoneyGiven.Refund, new Money(minorUnits, currency));

        IEnumerable<string> Rows(string table) =>
            report
                .Sections.SelectMany(s => s.Tables)
                .Single(t => t.Key == table)
                .Rows.Select(r =>
                    string.Join('|', r.Cells.Select(c => c.Text ?? FigureText.Of(c.Quantity!.Value, CultureInfo.InvariantCulture)))
                );
    }
}
