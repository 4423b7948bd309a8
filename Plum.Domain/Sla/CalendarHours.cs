using Plum.Domain.Shared;

namespace Plum.Domain.Sla;

/// <summary>When a calendar is open, as an ops lead writes it down. Compared by what it says, not by identity.</summary>
/// <param name="TimeZoneId">IANA id, e.g. <c>Asia/Kathmandu</c>.</param>
/// <param name="Is24x7">Always open; the rest is kept and not used.</param>
public sealed record CalendarHours(
    string TimeZoneId,
    bool Is24x7,
    IReadOnlyList<WeeklyOpening> Weekly,
    IReadOnlyList<Holiday> Holidays,
    IReadOnlyList<OneOffHours> OneOffs
)
{
    public static CalendarHours AlwaysOpen(string timeZoneId = "UTC") => new(timeZoneId, Is24x7: true, [], [], []);

    /// <summary>The same hours on each of the days given.</summary>
    public static CalendarHours Week(string timeZoneId, IEnumerable<DayOfWeek> days, params Opening[] hours) =>
        new(timeZoneId, Is24x7: false, [.. days.SelectMany(d => hours.Select(h => new WeeklyOpening(d, h)))], [], []);

    public static IReadOnlyList<DayOfWeek> MondayToFriday { get; } =
    [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public int WeeklyMinutes => Is24x7 ? 7 * Opening.MinutesInDay : Weekly.Sum(w => w.Hours.Minutes);

    public bool Equals(CalendarHours? other) =>
        other is not null
        && TimeZoneId == other.TimeZoneId
        && Is24x7 == other.Is24x7
        && Weekly.SequenceEqual(other.Weekly)
        && Holidays.SequenceEqual(other.Holidays)
        && OneOffs.SequenceEqual(other.OneOffs);

    public override int GetHashCode() => HashCode.Combine(TimeZoneId, Is24x7, Weekly.Count, Holidays.Count, OneOffs.Count);
}

/// <summary>What makes hours a calendar. The editor, the service and the calculator ask the same questions.</summary>
public static class CalendarRules
{
    public const int MaxOpeningsADay = 8;
    public const int MaxDates = 1000;
    public const int NoteMaxLength = 100;
    public const int MinWeeklyMinutes = 60;
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 1, 1);

    /// <summary>The first thing wrong with the hours; null when they can be reckoned with.</summary>
    public static Refusal? CannotCompile(CalendarHours hours) =>
        ForZone(hours.TimeZoneId)
        ?? (hours.Is24x7 ? null : ForWeek(hours.Weekly) ?? ForHolidays(hours.Holidays) ?? ForOneOffs(hours.OneOffs, hours.Holidays));

    public static Refusal Unreadable(string field) =>
        new("calendar.unreadable", "Write hours as 09:00-13:00, 14:00-18:00; leave the field empty for a closed day.", field);

    public static Refusal? ForZone(string? id) =>
        !string.IsNullOrWhiteSpace(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)
            ? null
            : new Refusal("calendar.time-zone", $"'{id}' is not a time zone. Use a name such as Asia/Kolkata.", "TimeZoneId");

    public static Refusal? ForWeek(IReadOnlyList<WeeklyOpening> week)
    {
        foreach (var day in week.GroupBy(w => w.Day))
        {
            if (!Enum.IsDefined(day.Key) || ForDay([.. day.Select(d => d.Hours)]) is not null)
            {
                return new Refusal(
                    "calendar.week-form",
                    $"The hours of {day.Key} are not stretches of time of one day.",
                    day.Key.ToString()
                );
            }
        }

        if (Overlap(week) is { } overlapping)
        {
            return new Refusal(
                "calendar.week-overlap",
                $"{overlapping.Hours} on {overlapping.Day} overlaps the hours before it. Join the two or shorten one.",
                overlapping.Day.ToString()
            );
        }

        return week.Sum(w => w.Hours.Minutes) < MinWeeklyMinutes
            ? new Refusal("calendar.no-hours", "A calendar without hours can reckon nothing. Give it an hour a week at least.", "Weekly")
            : null;
    }

    /// <summary>Wrong hours of one date or weekday; null when they will do.</summary>
    public static Refusal? ForDay(IReadOnlyList<Opening> hours)
    {
        if (hours.Count > MaxOpeningsADay)
        {
            return new Refusal("calendar.too-many-hours", $"A day has at most {MaxOpeningsADay} stretches of hours.");
        }

        var sorted = hours.OrderBy(h => h.FromMinute).ToList();
        return sorted.Exists(h => !h.IsWellFormed) || sorted.Zip(sorted.Skip(1)).Any(pair => pair.Second.FromMinute < pair.First.ToMinute)
            ? new Refusal("calendar.day-form", "Write the hours as 09:00-13:00, 14:00-18:00, without overlaps.")
            : null;
    }

    private static Refusal? ForHolidays(IReadOnlyList<Holiday> holidays) =>
        holidays.Count > MaxDates ? new Refusal("calendar.too-many-holidays", $"Keep to {MaxDates} holidays.", "Holidays")
        : holidays.FirstOrDefault(h => ForDate(h.Date) is not null) is { } odd ? ForDate(odd.Date)! with { Field = "Holidays" }
        : holidays.FirstOrDefault(h => Refusals.ForText("The holiday's name", h.Name, NoteMaxLength) is not null) is { } unnamed
            ? Refusals.ForText("The holiday's name", unnamed.Name, NoteMaxLength)! with
            {
                Field = "Holidays",
            }
        : Repeated(holidays.Select(h => h.Date)) is { } twice
            ? new Refusal("calendar.holiday-twice", $"{twice:d MMMM yyyy} is there twice. Remove one.", "Holidays")
        : null;

    private static Refusal? ForOneOffs(IReadOnlyList<OneOffHours> oneOffs, IReadOnlyList<Holiday> holidays)
    {
        if (oneOffs.Count > MaxDates)
        {
            return new Refusal("calendar.too-many-one-offs", $"Keep to {MaxDates} one-off dates.", "OneOffs");
        }

        var closed = holidays.Select(h => h.Date).ToHashSet();
        foreach (var oneOff in oneOffs)
        {
            var wrong =
                ForDate(oneOff.Date)
                ?? ForDay(oneOff.Hours)
                ?? Refusals.ForText("The note", oneOff.Note, NoteMaxLength, required: false)
                ?? (
                    closed.Contains(oneOff.Date)
                        ? new Refusal(
                            "calendar.one-off-on-holiday",
                            $"{oneOff.Date:d MMMM yyyy} is a holiday, and holidays beat hours. Remove it from the holidays to open that day."
                        )
                        : null
                );
            if (wrong is not null)
            {
                return wrong with { Field = "OneOffs" };
            }
        }

        return Repeated(oneOffs.Select(o => o.Date)) is { } twice
            ? new Refusal("calendar.one-off-twice", $"{twice:d MMMM yyyy} is there twice. Remove one.", "OneOffs")
            : null;
    }

    private static Refusal? ForDate(DateOnly date) =>
        date < Earliest || date >= Latest
            ? new Refusal(
                "calendar.date-range",
                $"{date:d MMMM yyyy} is out of range. Use a date from {Earliest:yyyy} to {Latest.AddYears(-1):yyyy}."
            )
            : null;

    private static DateOnly? Repeated(IEnumerable<DateOnly> dates) => dates.GroupBy(d => d).FirstOrDefault(g => g.Skip(1).Any())?.Key;

    /// <summary>The week is a circle: Sunday's night shift ends on Monday.</summary>
    private static WeeklyOpening? Overlap(IReadOnlyList<WeeklyOpening> week)
    {
        const int MinutesInWeek = 7 * Opening.MinutesInDay;
        var sorted = week.Select(w => (Opening: w, From: ((int)w.Day * Opening.MinutesInDay) + w.Hours.FromMinute))
            .OrderBy(w => w.From)
            .ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            var (before, from) = sorted[i];
            var (after, next) = i + 1 < sorted.Count ? sorted[i + 1] : (sorted[0].Opening, sorted[0].From + MinutesInWeek);
            if (next < from + before.Hours.Minutes)
            {
                return after;
            }
        }

        return null;
    }
}
