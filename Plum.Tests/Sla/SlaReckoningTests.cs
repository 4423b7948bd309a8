using System.Globalization;
using CsCheck;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using static Plum.Domain.Sla.SlaFactKind;

namespace Plum.Tests.Sla;

/// <summary>The decisions about clocks, on one Monday in an office that is open from nine to five, UTC.</summary>
public class SlaReckoningTests
{
    private static readonly WorkingCalendar Office = new(
        CalendarHours.Week("UTC", CalendarHours.MondayToFriday, new Opening(9 * 60, 17 * 60))
    );

    private static readonly SeverityTargets Targets = new(FirstResponse: 60, NextResponse: 120, Resolution: 16 * 60);
    private static readonly SlaTerms Terms = new([Targets, Targets, Targets, Targets]);

    /// <summary>A time on Monday 2 March 2026, or with a day in front on another: <c>4 09:30</c>.</summary>
    private static DateTime At(string text)
    {
        var (day, clock) = text.Contains(' ', StringComparison.Ordinal) ? (text.Split(' ')[0], text.Split(' ')[1]) : ("2", text);
        return DateTime.SpecifyKind(
            new DateTime(2026, 3, int.Parse(day, CultureInfo.InvariantCulture)) + TimeSpan.Parse(clock, CultureInfo.InvariantCulture),
            DateTimeKind.Utc
        );
    }

    private static SlaFact Fact(string at, SlaFactKind kind, WaitingOn on = WaitingOn.Nobody) => new(At(at), kind, on);

    private static SlaReadings Reckon(string now, SlaTerms terms, params SlaFact[] facts) =>
        SlaReckoning.Reckon(new SlaFacts(At("09:00"), facts), terms.For(Severity.P3), terms, Office, At(now));

    private static SlaReadings Reckon(string now, params SlaFact[] facts) => Reckon(now, Terms, facts);

    private static SlaReading Only(SlaReadings readings, SlaTarget target) => Assert.Single(readings.Clocks, c => c.Target == target);

    [Fact]
    public void A_new_ticket_has_a_first_response_and_a_resolution_running()
    {
        var readings = Reckon("09:30");

        Assert.Equal(
            [
                new SlaReading(
                    SlaTarget.FirstResponse,
                    At("09:00"),
                    60,
                    TimeSpan.FromMinutes(30),
                    At("10:00"),
                    At("09:45"),
                    null,
                    null,
                    null
                ),
                new SlaReading(
                    SlaTarget.Resolution,
                    At("09:00"),
                    960,
                    TimeSpan.FromMinutes(30),
                    At("3 17:00"),
                    At("3 13:00"),
                    null,
                    null,
                    null
                ),
            ],
            readings.Clocks
        );
        Assert.Null(readings.FirstResolution);
    }

    [Fact]
    public void The_first_public_reply_meets_the_first_response()
    {
        var first = Reckon("12:00", Fact("09:40", Replied), Fact("09:50", Replied)).FirstResponse;

        Assert.Equal((At("09:40"), TimeSpan.FromMinutes(40), At("10:00")), (first.MetAtUtc, first.Used, first.DueAtUtc));
        Assert.Null(first.BreachedBy(At("12:00")));
    }

    [Fact]
    public void A_reply_at_the_due_instant_is_in_time_and_one_after_it_is_not()
    {
        Assert.Null(Reckon("12:00", Fact("10:00", Replied)).FirstResponse.BreachedBy(At("12:00")));
        Assert.Equal(At("10:00"), Reckon("12:00", Fact("10:01", Replied)).FirstResponse.BreachedBy(At("12:00")));
    }

    [Fact]
    public void Nothing_is_breached_before_the_due_instant_and_it_is_at_it()
    {
        var first = Reckon("10:00").FirstResponse;

        Assert.Null(first.BreachedBy(At("10:00").AddTicks(-1)));
        Assert.Equal(At("10:00"), first.BreachedBy(At("10:00")));
    }

    [Fact]
    public void A_message_before_the_first_reply_starts_no_clock_of_its_own() =>
        Assert.DoesNotContain(Reckon("12:00", Fact("09:10", Messaged)).Clocks, c => c.Target == SlaTarget.NextResponse);

    [Fact]
    public void Next_response_runs_from_the_oldest_unanswered_message_and_a_further_one_does_not_restart_it()
    {
        var next = Only(Reckon("13:00", Fact("09:10", Replied), Fact("11:00", Messaged), Fact("12:30", Messaged)), SlaTarget.NextResponse);

        Assert.Equal((At("11:00"), At("13:00")), (next.StartedAtUtc, next.DueAtUtc));
    }

    [Fact]
    public void Each_exchange_has_a_clock_of_its_own()
    {
        var readings = Reckon(
            "16:00",
            Fact("09:10", Replied),
            Fact("10:00", Messaged),
            Fact("10:30", Replied),
            Fact("11:00", Replied),
            Fact("14:00", Messaged)
        );

        Assert.Equal(
            [(At("10:00"), At("10:30"), At("12:00")), (At("14:00"), (DateTime?)null, At("16:00"))],
            readings.Clocks.Where(c => c.Target == SlaTarget.NextResponse).Select(c => (c.StartedAtUtc, c.MetAtUtc, c.DueAtUtc!.Value))
        );
    }

    [Fact]
    public void Waiting_on_the_recipient_stops_the_resolution_and_leaves_the_first_response_running()
    {
        var readings = Reckon("11:00", Fact("09:30", Waits, WaitingOn.Recipient));
        var resolution = Only(readings, SlaTarget.Resolution);

        Assert.Equal(
            (At("09:30"), (DateTime?)null, TimeSpan.FromMinutes(30)),
            (resolution.PausedSinceUtc, resolution.DueAtUtc, resolution.Used)
        );
        Assert.Equal(At("10:00"), readings.FirstResponse.BreachedBy(At("11:00")));
    }

    [Fact]
    public void Time_spent_waiting_is_added_after_it_is_over_in_working_time()
    {
        var resolution = Only(Reckon("3 10:00", Fact("16:00", Waits, WaitingOn.Recipient), Fact("3 10:00", Waits)), SlaTarget.Resolution);

        // 7 h ran on Monday; 9 of 16 are left on Tuesday at ten: 7 until five, 2 on Wednesday.
        Assert.Equal((TimeSpan.FromHours(7), At("4 11:00")), (resolution.Used, resolution.DueAtUtc));
    }

    [Fact]
    public void The_policy_decides_whether_waiting_on_the_recipient_stops_the_first_response_too()
    {
        var first = Reckon(
            "12:00",
            Terms with
            {
                RecipientPausesFirstResponse = true,
            },
            Fact("09:30", Waits, WaitingOn.Recipient),
            Fact("11:30", Waits)
        ).FirstResponse;

        Assert.Equal((At("12:00"), TimeSpan.FromMinutes(60)), (first.DueAtUtc, first.Used));
    }

    [Theory]
    [InlineData(true, WaitingOn.Supplier, "3 09:00")]
    [InlineData(false, WaitingOn.Supplier, null)]
    [InlineData(true, WaitingOn.Checker, null)]
    public void Waiting_on_the_supplier_stops_by_policy_and_waiting_on_a_checker_never(bool pauses, WaitingOn on, string? since)
    {
        var readings = Reckon(
            "3 12:00",
            Terms with
            {
                SupplierPauses = pauses,
                RecipientPausesFirstResponse = true,
            },
            Fact("3 09:00", Waits, on)
        );

        Assert.Equal(since is null ? null : At(since), Only(readings, SlaTarget.Resolution).PausedSinceUtc);
        Assert.Null(readings.FirstResponse.PausedSinceUtc);
    }

    [Fact]
    public void From_waiting_on_one_to_waiting_on_the_other_the_clock_stands_still_throughout()
    {
        var resolution = Only(
            Reckon(
                "12:00",
                Terms with
                {
                    SupplierPauses = true,
                },
                Fact("10:00", Waits, WaitingOn.Recipient),
                Fact("11:00", Waits, WaitingOn.Supplier),
                Fact("11:30", Waits)
            ),
            SlaTarget.Resolution
        );

        Assert.Equal(TimeSpan.FromMinutes(90), resolution.Used);
    }

    [Fact]
    public void A_breach_before_the_wait_stays_at_its_instant()
    {
        var first = Reckon(
            "14:00",
            Terms with
            {
                RecipientPausesFirstResponse = true,
            },
            Fact("11:00", Waits, WaitingOn.Recipient)
        ).FirstResponse;

        Assert.Equal(At("10:00"), first.BreachedBy(At("14:00")));
    }

    [Fact]
    public void Becoming_final_meets_the_resolution_and_ends_an_unanswered_first_response_unmet()
    {
        var readings = Reckon("12:00", Fact("09:30", Ended));

        Assert.Equal((At("09:30"), (DateTime?)null), (readings.FirstResponse.EndedAtUtc, readings.FirstResponse.DueAtUtc));
        Assert.Equal(
            (At("09:30"), At("3 17:00")),
            (Only(readings, SlaTarget.Resolution).MetAtUtc, Only(readings, SlaTarget.Resolution).DueAtUtc)
        );
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30)), readings.Resolution);
    }

    [Fact]
    public void A_reopened_ticket_goes_on_where_it_stopped()
    {
        var readings = Reckon("4 10:00", Fact("09:30", Replied), Fact("11:00", Ended), Fact("4 09:00", Reopened));
        var resolution = Only(readings, SlaTarget.Resolution);

        Assert.Equal((null, TimeSpan.FromHours(3), At("5 15:00")), (resolution.MetAtUtc, resolution.Used, resolution.DueAtUtc));
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromHours(2)), readings.FirstResolution);
        Assert.Null(readings.Resolution);
    }

    [Fact]
    public void First_and_full_resolution_are_told_apart_net_and_whole()
    {
        var readings = Reckon(
            "5 10:00",
            Fact("09:30", Replied),
            Fact("10:00", Waits, WaitingOn.Recipient),
            Fact("11:00", Waits),
            Fact("12:00", Ended), // 2 h net, 3 h whole
            Fact("3 09:00", Reopened), // final for 5 h on Monday
            Fact("3 10:00", Ended)
        );

        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromHours(3)), readings.FirstResolution);
        Assert.Equal((TimeSpan.FromHours(3), TimeSpan.FromHours(9)), readings.Resolution);
    }

    [Fact]
    public void A_merged_ticket_has_met_nothing_and_resolved_nothing()
    {
        var readings = Reckon("12:00", Fact("09:30", Ended), Fact("09:30", Withdrawn));

        Assert.All(readings.Clocks, c => Assert.Equal((null, At("09:30"), null), (c.MetAtUtc, c.EndedAtUtc, c.DueAtUtc)));
        Assert.Equal((null, null), (readings.FirstResolution, readings.Resolution));
    }

    [Fact]
    public void A_message_to_a_closed_ticket_waits_until_it_is_reopened()
    {
        SlaFact[] facts = [Fact("09:30", Replied), Fact("10:00", Ended), Fact("11:00", Messaged)];

        Assert.Equal(At("11:00"), Only(Reckon("16:00", facts), SlaTarget.NextResponse).EndedAtUtc);
        var next = Only(Reckon("16:00", [.. facts, Fact("12:00", Reopened)]), SlaTarget.NextResponse);
        Assert.Equal((At("11:00"), At("14:00"), TimeSpan.FromHours(4)), (next.StartedAtUtc, next.DueAtUtc, next.Used));
    }

    [Fact]
    public void Without_a_target_a_clock_measures_and_promises_nothing()
    {
        var first = Reckon("12:00", new SlaTerms([new(), new(), new(), new()]), Fact("11:00", Replied)).FirstResponse;

        Assert.Equal(
            (null, TimeSpan.FromHours(2), null, null),
            (first.PromisedMinutes, first.Used, first.DueAtUtc, first.BreachedBy(At("16:00")))
        );
    }

    [Fact]
    public void A_target_that_ends_at_closing_time_is_due_before_the_night()
    {
        var terms = new SlaTerms([new(480), new(480), new(480), new(480)]);

        Assert.Equal(At("17:00"), Reckon("12:00", terms).FirstResponse.DueAtUtc);
    }

    private static readonly Gen<SlaFact[]> Lives = Gen.Select(
            Gen.Int[1, 60 * 24 * 10],
            Gen.Enum<SlaFactKind>(),
            Gen.Enum<WaitingOn>(),
            (minute, kind, on) => new SlaFact(At("09:00").AddMinutes(minute), kind, on)
        )
        .Array[0, 12]
        .Select(facts => facts.OrderBy(f => f.AtUtc).ToArray());

    private static readonly SlaTerms Pausing = Terms with { RecipientPausesFirstResponse = true, SupplierPauses = true };

    [Fact]
    public void Whatever_happens_a_clock_uses_its_target_exactly_by_the_time_it_is_due() =>
        Lives.Sample(facts =>
        {
            var now = At("09:00").AddDays(10);
            foreach (
                var clock in SlaReckoning
                    .Reckon(new SlaFacts(At("09:00"), facts), Targets, Pausing, Office, now)
                    .Clocks.Where(c => c.IsRunning)
            )
            {
                var due = clock.DueAtUtc!.Value;
                var then = SlaReckoning.Reckon(
                    new SlaFacts(At("09:00"), [.. facts.Where(f => f.AtUtc <= due)]),
                    Targets,
                    Pausing,
                    Office,
                    due
                );
                var same = then.Clocks.Single(c => c.Target == clock.Target && c.StartedAtUtc == clock.StartedAtUtc);
                Assert.True(same.PausedSinceUtc is not null || same.DueAtUtc == due);
                Assert.Equal(TimeSpan.FromMinutes(clock.PromisedMinutes!.Value), same.Used);
            }
        });

    [Fact]
    public void Whatever_happens_a_breach_is_found_at_its_instant_and_never_moves_as_time_goes_on() =>
        Gen.Select(Lives, Gen.Int[0, 60 * 24 * 10], Gen.Int[0, 60 * 24 * 10])
            .Sample(
                (facts, a, b) =>
                {
                    var (early, late) = (At("09:00").AddMinutes(Math.Min(a, b)), At("09:00").AddMinutes(Math.Max(a, b)));
                    SlaReadings Then(DateTime now) =>
                        SlaReckoning.Reckon(
                            new SlaFacts(At("09:00"), [.. facts.Where(f => f.AtUtc <= now)]),
                            Targets,
                            Pausing,
                            Office,
                            now
                        );

                    foreach (var clock in Then(early).Clocks.Where(c => c.BreachedBy(early) is not null))
                    {
                        var later = Then(late).Clocks.Single(c => c.Target == clock.Target && c.StartedAtUtc == clock.StartedAtUtc);
                        Assert.Equal(clock.BreachedBy(early), later.BreachedBy(late));
                    }
                }
            );
}
