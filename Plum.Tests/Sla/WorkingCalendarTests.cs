using System.Globalization;
using Plum.Domain.Shared;
using Plum.Domain.Sla;

namespace Plum.Tests.Sla;

/// <summary>Examples that a person can check with a wall calendar.</summary>
public class WorkingCalendarTests
{
    private static readonly Opening NineToFive = new(9 * 60, 17 * 60);
    private static readonly CalendarHours Office = CalendarHours.Week("Europe/London", CalendarHours.MondayToFriday, NineToFive);

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string Due(CalendarHours hours, string startUtc, int minutes) =>
        new WorkingCalendar(hours).Deadline(Utc(startUtc), minutes).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static double Elapsed(CalendarHours hours, string fromUtc, string toUtc) =>
        new WorkingCalendar(hours).Elapsed(Utc(fromUtc), Utc(toUtc)).TotalMinutes;

    [Theory]
    [InlineData("2026-03-02 09:00", 60, "2026-03-02 10:00")] // within Monday
    [InlineData("2026-03-02 16:30", 60, "2026-03-03 09:30")] // over the night
    [InlineData("2026-03-06 16:30", 60, "2026-03-09 09:30")] // over the weekend
    [InlineData("2026-03-07 12:00", 60, "2026-03-09 10:00")] // begun on a Saturday
    [InlineData("2026-03-02 09:00", 40 * 60, "2026-03-06 17:00")] // a whole week's hours end with it
    [InlineData("2026-03-02 09:00", 0, "2026-03-02 09:00")]
    public void A_deadline_counts_working_time_alone(string start, int minutes, string due) =>
        Assert.Equal(due, Due(Office, start, minutes));

    [Fact]
    public void A_target_that_ends_exactly_at_closing_time_is_due_then_and_not_at_the_next_opening() =>
        Assert.Equal("2026-03-06 17:00", Due(Office, "2026-03-06 16:00", 60));

    [Fact]
    public void The_lunch_break_does_not_count()
    {
        var split = CalendarHours.Week("UTC", CalendarHours.MondayToFriday, new(9 * 60, 13 * 60), new(14 * 60, 18 * 60));

        Assert.Equal("2026-03-02 14:30", Due(split, "2026-03-02 12:30", 60));
        Assert.Equal("2026-03-02 13:00", Due(split, "2026-03-02 12:30", 30));
        Assert.Equal(8 * 60, Elapsed(split, "2026-03-02 00:00", "2026-03-03 00:00"));
    }

    [Fact]
    public void A_night_shift_belongs_to_the_day_on_which_it_begins()
    {
        var nights = CalendarHours.Week("UTC", [DayOfWeek.Friday], new Opening(22 * 60, 30 * 60));

        Assert.Equal("2026-03-07 01:00", Due(nights, "2026-03-06 12:00", 180)); // Saturday morning
        Assert.Equal("2026-03-13 23:00", Due(nights, "2026-03-07 05:00", 120)); // one hour left of this one, one of the next
    }

    [Fact]
    public void The_night_shift_of_Saturday_runs_on_into_the_next_week()
    {
        var nights = CalendarHours.Week("UTC", [DayOfWeek.Saturday], new Opening(22 * 60, 30 * 60));

        Assert.Equal(8 * 60, Elapsed(nights, "2026-03-07 00:00", "2026-03-09 00:00"));
        Assert.Equal(6 * 60, Elapsed(nights, "2026-03-08 00:00", "2026-03-09 00:00"));
    }

    [Fact]
    public void Holidays_beat_hours_and_stop_the_shift_that_runs_into_them()
    {
        var goodFriday = new Holiday(new DateOnly(2026, 4, 3), "Good Friday");
        var hours = CalendarHours.Week("UTC", CalendarHours.MondayToFriday, new Opening(22 * 60, 30 * 60)) with { Holidays = [goodFriday] };

        Assert.Equal(2 * 60, Elapsed(hours, "2026-04-02 12:00", "2026-04-03 12:00")); // Thursday's shift stops at midnight
        Assert.Equal(0, Elapsed(hours, "2026-04-03 00:00", "2026-04-04 12:00")); // and Friday's does not take place
        Assert.Equal("2026-04-06 22:30", Due(hours, "2026-04-03 08:00", 30));
    }

    [Fact]
    public void Hours_changed_for_one_date_replace_those_of_its_weekday()
    {
        var hours = Office with
        {
            OneOffs =
            [
                new(new DateOnly(2026, 3, 3), [new(9 * 60, 12 * 60)], "Stocktaking"),
                new(new DateOnly(2026, 3, 4), [], "Moving house"),
                new(new DateOnly(2026, 3, 7), [new(10 * 60, 14 * 60)], "Extra Saturday"),
            ],
        };

        Assert.Equal("2026-03-05 10:00", Due(hours, "2026-03-03 11:00", 120));
        Assert.Equal(4 * 60, Elapsed(hours, "2026-03-07 00:00", "2026-03-08 00:00"));
    }

    [Fact]
    public void Clocks_put_forward_take_an_hour_from_the_night_shift_and_clocks_put_back_give_one()
    {
        var nights = CalendarHours.Week("Europe/London", [DayOfWeek.Saturday], new Opening(22 * 60, 30 * 60));

        Assert.Equal(7 * 60, Elapsed(nights, "2026-03-28 12:00", "2026-03-29 12:00")); // 29 March 2026, 01:00 becomes 02:00
        Assert.Equal(9 * 60, Elapsed(nights, "2026-10-24 12:00", "2026-10-25 12:00")); // 25 October 2026, 02:00 becomes 01:00
    }

    [Fact]
    public void An_opening_in_the_hour_that_the_clocks_skip_is_one_hour_later()
    {
        var early = CalendarHours.Week("Europe/London", [DayOfWeek.Sunday], new Opening(90, 300)); // 01:30 to 05:00

        Assert.Equal(Utc("2026-03-29 01:30"), new WorkingCalendar(early).NextOpening(Utc("2026-03-29 00:00"))); // 02:30 by the new clock
        Assert.Equal(150, Elapsed(early, "2026-03-29 00:00", "2026-03-29 12:00"));
    }

    [Fact]
    public void Hours_inside_the_skipped_hour_keep_their_length()
    {
        var inside = CalendarHours.Week("Europe/London", [DayOfWeek.Sunday], new Opening(70, 110), new Opening(600, 660)); // 01:10 to 01:50

        Assert.Equal(40 + 60, Elapsed(inside, "2026-03-29 00:00", "2026-03-29 12:00"));
    }

    [Fact]
    public void Hours_that_the_skipped_hour_turns_inside_out_are_empty()
    {
        var half = CalendarHours.Week("Europe/London", [DayOfWeek.Sunday], new Opening(90, 120), new Opening(600, 660)); // 01:30 to 02:00

        Assert.Equal(60, Elapsed(half, "2026-03-29 00:00", "2026-03-29 12:00"));
    }

    [Fact]
    public void A_time_that_happens_twice_means_its_first_occurrence()
    {
        var early = CalendarHours.Week("Europe/London", [DayOfWeek.Sunday], new Opening(90, 300)); // 01:30 to 05:00
        var late = CalendarHours.Week("Europe/London", [DayOfWeek.Sunday], new Opening(0, 90)); // 00:00 to 01:30

        Assert.Equal(Utc("2026-10-25 00:30"), new WorkingCalendar(early).NextOpening(Utc("2026-10-24 12:00")));
        Assert.Equal(210 + 60, Elapsed(early, "2026-10-24 12:00", "2026-10-25 12:00"));
        Assert.Equal(90, Elapsed(late, "2026-10-24 12:00", "2026-10-25 12:00"));
    }

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-03-02 03:15")] // +05:45
    [InlineData("Pacific/Chatham", "2026-03-01 19:15")] // +13:45 in summer: Monday morning there is Sunday evening in UTC
    [InlineData("Australia/Lord_Howe", "2026-03-01 22:00")] // +11:00 in summer
    [InlineData("America/St_Johns", "2026-03-02 12:30")] // -03:30
    public void Nine_on_Monday_morning_is_the_zones_own(string zone, string opens)
    {
        var calendar = new WorkingCalendar(CalendarHours.Week(zone, CalendarHours.MondayToFriday, NineToFive));

        Assert.Equal(Utc(opens), calendar.NextOpening(Utc("2026-03-01 06:00")));
        Assert.True(calendar.IsOpen(Utc(opens)));
        Assert.False(calendar.IsOpen(Utc(opens).AddTicks(-1)));
    }

    [Fact]
    public void Lord_Howe_puts_its_clocks_by_half_an_hour()
    {
        var nights = CalendarHours.Week("Australia/Lord_Howe", [DayOfWeek.Saturday], new Opening(22 * 60, 30 * 60));

        Assert.Equal(8.5 * 60, Elapsed(nights, "2026-04-04 06:00", "2026-04-05 06:00")); // 5 April 2026: back
        Assert.Equal(7.5 * 60, Elapsed(nights, "2026-10-03 06:00", "2026-10-04 06:00")); // 4 October 2026: forward
    }

    [Fact]
    public void The_day_that_Samoa_left_out_has_no_hours()
    {
        var daily = CalendarHours.Week("Pacific/Apia", Enum.GetValues<DayOfWeek>(), NineToFive); // 30 December 2011 never was

        Assert.Equal(2 * 8 * 60, Elapsed(daily, "2011-12-29 10:00", "2011-12-31 10:00")); // Thursday, then Saturday
    }

    [Fact]
    public void Around_the_clock_is_a_calendar_too()
    {
        var always = CalendarHours.AlwaysOpen("Europe/London") with { Holidays = [new(new DateOnly(2026, 12, 25), "Christmas")] };

        Assert.Equal("2026-12-26 12:00", Due(always, "2026-12-24 12:00", 48 * 60));
        Assert.True(new WorkingCalendar(always).IsOpen(Utc("2026-12-25 12:00")));
    }

    [Fact]
    public void A_calendar_without_hours_is_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => new WorkingCalendar(new CalendarHours("UTC", Is24x7: false, [], [], [])));

        Assert.Equal("calendar.no-hours", refused.Refusal.Code);
    }

    [Theory]
    [InlineData("09:00-13:00, 12:00-18:00", "calendar.week-form")] // overlap within a day
    [InlineData("22:00-24:00, 20:00-21:00", null)] // given out of order
    [InlineData("09:00-13:00, 13:00-18:00", null)] // touching
    public void Hours_of_a_day_do_not_overlap(string text, string? code)
    {
        Assert.True(Opening.TryReadAll(text, out var hours));

        Assert.Equal(code, CalendarRules.ForWeek([.. hours.Select(h => new WeeklyOpening(DayOfWeek.Monday, h))])?.Code);
    }

    [Fact]
    public void A_night_shift_does_not_overlap_the_next_morning_not_even_over_the_end_of_the_week()
    {
        WeeklyOpening[] sunday = [new(DayOfWeek.Sunday, new(22 * 60, 30 * 60)), new(DayOfWeek.Monday, new(5 * 60, 9 * 60))];
        WeeklyOpening[] saturday = [new(DayOfWeek.Saturday, new(22 * 60, 30 * 60)), new(DayOfWeek.Sunday, new(5 * 60, 9 * 60))];

        Assert.Equal(("calendar.week-overlap", "Monday"), (CalendarRules.ForWeek(sunday)?.Code, CalendarRules.ForWeek(sunday)?.Field));
        Assert.Equal(("calendar.week-overlap", "Sunday"), (CalendarRules.ForWeek(saturday)?.Code, CalendarRules.ForWeek(saturday)?.Field));
    }

    [Theory]
    [InlineData("09:00-13:00, 14:00-18:00", "09:00-13:00, 14:00-18:00")]
    [InlineData("14-18; 9-13", "09:00-13:00, 14:00-18:00")]
    [InlineData("22:00–06:00", "22:00-06:00")]
    [InlineData("0-24", "00:00-24:00")]
    [InlineData("00:00-00:00", "00:00-24:00")]
    [InlineData("closed", "")]
    [InlineData("  ", "")]
    [InlineData("9", null)]
    [InlineData("9-17-18", null)]
    [InlineData("9:5-17:00", null)]
    [InlineData("25:00-26:00", null)]
    [InlineData("09:60-17:00", null)]
    [InlineData("24:30-25:00", null)]
    [InlineData("09:00-09:00", null)]
    [InlineData("nine to five", null)]
    public void Hours_are_read_as_people_write_them(string text, string? written)
    {
        var reads = Opening.TryReadAll(text, out var hours);

        Assert.Equal(written, reads ? Opening.WriteAll(hours) : null);
    }

    [Fact]
    public void A_date_that_is_a_holiday_cannot_have_hours_of_its_own()
    {
        var date = new DateOnly(2026, 12, 24);
        var hours = Office with { Holidays = [new(date, "Christmas Eve")], OneOffs = [new(date, [new(540, 720)], "Half day")] };

        Assert.Equal(
            ("calendar.one-off-on-holiday", "OneOffs"),
            (CalendarRules.CannotCompile(hours)?.Code, CalendarRules.CannotCompile(hours)?.Field)
        );
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    public void A_zone_that_is_none_is_refused(string zone) =>
        Assert.Equal("calendar.time-zone", CalendarRules.CannotCompile(Office with { TimeZoneId = zone })?.Code);

    [Fact]
    public void A_local_time_is_no_instant()
    {
        var calendar = new WorkingCalendar(Office);

        Assert.Throws<ArgumentException>(() => calendar.IsOpen(new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Local)));
    }
}
