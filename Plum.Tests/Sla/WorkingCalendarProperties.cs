using CsCheck;
using Plum.Domain.Sla;

namespace Plum.Tests.Sla;

/// <summary>What holds for every calendar, over daylight saving, holidays, night and split shifts, and zones with odd offsets.</summary>
public class WorkingCalendarProperties
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/London",
        "Europe/Dublin", // negative daylight saving
        "America/New_York",
        "America/St_Johns",
        "America/Havana", // changes at midnight
        "Africa/Cairo", // changes at midnight, Thursday to Friday
        "Africa/Casablanca", // four changes a year, by the moon
        "Asia/Kathmandu",
        "Asia/Kolkata",
        "Australia/Lord_Howe", // half an hour
        "Pacific/Chatham",
        "Pacific/Kiritimati", // +14
        "Pacific/Pago_Pago", // -11
    ];

    private static readonly DateTime From = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private const int Minutes = 2 * 365 * 24 * 60;

    private static readonly Gen<DateTime> Instants = Gen.Select(
        Gen.Int[0, Minutes],
        Gen.Frequency((3, Gen.Const(0L)), (1, Gen.Long[0, TimeSpan.TicksPerMinute - 1])),
        (minute, ticks) => From.AddMinutes(minute).AddTicks(ticks)
    );

    private static readonly Gen<DateOnly> Dates = Gen.Int[0, 729].Select(d => new DateOnly(2025, 1, 1).AddDays(d));

    /// <summary>One or two shifts a day, some past midnight; quarter hours, so that they touch the hours at which clocks change.</summary>
    private static readonly Gen<Opening[]> Shifts = Gen.OneOf(
        Gen.Const(Array.Empty<Opening>()),
        Gen.Select(Gen.Int[0, 95], Gen.Int[1, 40], (from, length) => new[] { new Opening(from * 15, (from + length) * 15) }),
        Gen.Select(
            Gen.Int[16, 40],
            Gen.Int[4, 20],
            Gen.Int[1, 8],
            Gen.Int[4, 20],
            (from, first, pause, second) =>
                new[]
                {
                    new Opening(from * 15, (from + first) * 15),
                    new Opening((from + first + pause) * 15, (from + first + pause + second) * 15),
                }
        )
    );

    private static readonly Gen<CalendarHours> Calendars = Gen.Select(
            Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
            Shifts.Array[7],
            Gen.Select(Dates, d => new Holiday(d, "Holiday")).Array[0, 25],
            Gen.Select(Dates, Shifts, (d, s) => new OneOffHours(d, s, "")).Array[0, 15],
            (zone, week, holidays, oneOffs) =>
                new CalendarHours(
                    zone,
                    Is24x7: false,
                    [.. week.SelectMany((shifts, day) => shifts.Select(s => new WeeklyOpening((DayOfWeek)day, s)))],
                    [.. holidays.DistinctBy(h => h.Date)],
                    [.. oneOffs.DistinctBy(o => o.Date).Where(o => holidays.All(h => h.Date != o.Date))]
                )
        )
        .Where(hours => CalendarRules.CannotCompile(hours) is null);

    private static readonly Gen<(CalendarHours Hours, DateTime A, DateTime B, DateTime C)> Cases = Gen.Select(
        Calendars,
        Instants,
        Instants,
        Instants
    );

    private static string Print((CalendarHours Hours, DateTime A, DateTime B, DateTime C) c) =>
        $"{c.A:O} {c.B:O} {c.C:O} {System.Text.Json.JsonSerializer.Serialize(c.Hours)}";

    [Fact]
    public void Elapsed_to_a_deadline_is_what_the_deadline_was_for() =>
        Gen.Select(Calendars, Instants, Gen.Int[0, 6000])
            .Sample(
                (hours, start, minutes) =>
                {
                    var calendar = new WorkingCalendar(hours);
                    var due = calendar.Deadline(start, minutes);

                    Assert.Equal(TimeSpan.FromMinutes(minutes), calendar.Elapsed(start, due));
                    Assert.True(
                        minutes == 0 || !calendar.IsOpen(due) || calendar.IsOpen(due.AddTicks(-1)),
                        "due is not at the earliest instant"
                    );
                    Assert.True(minutes == 0 || calendar.Elapsed(start, due.AddTicks(-1)) < TimeSpan.FromMinutes(minutes), "due is late");
                }
            );

    [Fact]
    public void The_deadline_of_what_elapsed_is_where_the_open_time_ended() =>
        Cases.Sample(
            c =>
            {
                var calendar = new WorkingCalendar(c.Hours);
                var (from, to) = c.A <= c.B ? (c.A, c.B) : (c.B, c.A);
                var due = calendar.Deadline(from, calendar.Elapsed(from, to));

                Assert.True(due <= to);
                Assert.Equal(TimeSpan.Zero, calendar.Elapsed(due, to));
                Assert.True(due == to || due == from || !calendar.IsOpen(to.AddTicks(-1)));
            },
            print: Print
        );

    [Fact]
    public void More_time_is_never_due_earlier_and_a_later_start_neither() =>
        Gen.Select(Cases, Gen.Int[0, 3000], Gen.Int[0, 3000])
            .Sample(
                (c, less, more) =>
                {
                    var calendar = new WorkingCalendar(c.Hours);
                    var (early, late) = c.A <= c.B ? (c.A, c.B) : (c.B, c.A);

                    Assert.True(calendar.Deadline(early, less) <= calendar.Deadline(early, less + more));
                    Assert.True(calendar.Deadline(early, more) <= calendar.Deadline(late, more));
                    Assert.InRange(calendar.Elapsed(early, late), TimeSpan.Zero, late - early);
                }
            );

    [Fact]
    public void Time_adds_up_over_any_split() =>
        Cases.Sample(
            c =>
            {
                var calendar = new WorkingCalendar(c.Hours);

                Assert.Equal(calendar.Elapsed(c.A, c.C), calendar.Elapsed(c.A, c.B) + calendar.Elapsed(c.B, c.C));
                Assert.Equal(calendar.Elapsed(c.A, c.B), -calendar.Elapsed(c.B, c.A));
            },
            print: Print
        );

    [Fact]
    public void A_deadline_reached_in_two_steps_is_the_same() =>
        Gen.Select(Calendars, Instants, Gen.Int[1, 3000], Gen.Int[1, 3000])
            .Sample(
                (hours, start, first, second) =>
                {
                    var calendar = new WorkingCalendar(hours);

                    Assert.Equal(calendar.Deadline(start, first + second), calendar.Deadline(calendar.Deadline(start, first), second));
                }
            );

    [Fact]
    public void The_openings_of_a_stretch_are_its_elapsed_time_and_nothing_between_them_is_open() =>
        Cases.Sample(
            c =>
            {
                var calendar = new WorkingCalendar(c.Hours);
                var (from, to) = c.A <= c.B ? (c.A, c.B) : (c.B, c.A);
                var openings = calendar.Openings(from, to);

                Assert.Equal(calendar.Elapsed(from, to).Ticks, openings.Sum(o => (o.ToUtc - o.FromUtc).Ticks));
                Assert.All(openings.Zip(openings.Skip(1)), pair => Assert.True(pair.First.ToUtc < pair.Second.FromUtc));
                Assert.All(openings, o => Assert.True(calendar.IsOpen(o.FromUtc) && !calendar.IsOpen(o.ToUtc) || o.ToUtc == to));
            },
            print: Print
        );

    [Fact]
    public void The_years_that_were_asked_for_before_change_no_answer() =>
        Cases.Sample(
            c =>
            {
                var (fresh, worn) = (new WorkingCalendar(c.Hours), new WorkingCalendar(c.Hours));
                worn.Elapsed(From.AddYears(-30), From.AddYears(40));

                Assert.Equal(worn.Elapsed(c.A, c.B), fresh.Elapsed(c.A, c.B));
                Assert.Equal(worn.Deadline(c.C, 2400), fresh.Deadline(c.C, 2400));
            },
            iter: 30,
            print: Print
        );

    /// <summary>
    /// A second, slow calculation that shares nothing with the first: it asks of each quarter hour what the wall clock shows then.
    /// Hours begin and end away from the hours at which clocks change (nights end at 05:00 or later), where the two would differ by Plum's own decisions.
    /// </summary>
    [Fact]
    public void Counting_quarter_hours_by_the_wall_clock_comes_to_the_same() =>
        Gen.Select(
                Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
                Gen.Int[24, 40],
                Gen.Int[4, 40],
                Gen.Int[80, 92],
                Gen.Int[36, 50],
                Dates.Array[0, 12],
                Gen.Int[0, 700],
                Gen.Int[1, 40]
            )
            .Sample(
                (zone, from, length, nightFrom, nightLength, holidays, day, days) =>
                {
                    Opening morning = new(from * 15, (from + length) * 15);
                    Opening night = new(nightFrom * 15, (nightFrom + nightLength) * 15);
                    var hours = CalendarHours.Week(zone, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Friday], morning) with
                    {
                        Holidays = [.. holidays.Distinct().Select(d => new Holiday(d, "Holiday"))],
                    };
                    hours = hours with { Weekly = [.. hours.Weekly, new(DayOfWeek.Wednesday, night), new(DayOfWeek.Saturday, night)] };
                    var off = holidays.ToHashSet();
                    bool IsOpen(DateTime local)
                    {
                        var (date, minute) = (DateOnly.FromDateTime(local), (int)local.TimeOfDay.TotalMinutes);
                        var yesterday = date.AddDays(-1);
                        return !off.Contains(date)
                            && (
                                hours.Weekly.Any(w => w.Day == date.DayOfWeek && minute >= w.Hours.FromMinute && minute < w.Hours.ToMinute)
                                || (
                                    !off.Contains(yesterday)
                                    && hours.Weekly.Any(w =>
                                        w.Day == yesterday.DayOfWeek && minute + Opening.MinutesInDay < w.Hours.ToMinute
                                    )
                                )
                            );
                    }

                    var (start, end) = (From.AddDays(day), From.AddDays(day + days));
                    var calendar = new WorkingCalendar(hours);
                    var counted = 0;
                    for (var at = start; at < end; at = at.AddMinutes(15))
                    {
                        counted += IsOpen(TimeZoneInfo.ConvertTimeFromUtc(at, calendar.Zone)) ? 15 : 0;
                    }

                    Assert.Equal(TimeSpan.FromMinutes(counted), calendar.Elapsed(start, end));
                },
                iter: 60
            );
}
