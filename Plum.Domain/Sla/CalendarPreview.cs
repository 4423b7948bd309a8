namespace Plum.Domain.Sla;

/// <summary>What a calendar comes to on one date: the hours that are truly open then, in its own zone.</summary>
/// <param name="Openings">Local wall-clock times; a shift past midnight is shown on each of its dates.</param>
/// <param name="Worked">How long that is, with clock changes counted as they are.</param>
/// <param name="Note">Why the day is not an ordinary one; null when it is.</param>
public sealed record CalendarDay(DateOnly Date, IReadOnlyList<(DateTime From, DateTime To)> Openings, TimeSpan Worked, string? Note)
{
    /// <summary>The days from that of <paramref name="fromUtc"/> on.</summary>
    /// <exception cref="Shared.RefusedException">The hours make no calendar.</exception>
    public static IReadOnlyList<CalendarDay> Next(CalendarHours hours, DateTime fromUtc, int days)
    {
        var calendar = new WorkingCalendar(hours);
        var first = LocalTime.DateOf(calendar.Zone, fromUtc);
        return [.. Enumerable.Range(0, days).Select(n => Of(calendar, hours, first.AddDays(n)))];
    }

    private static CalendarDay Of(WorkingCalendar calendar, CalendarHours hours, DateOnly date)
    {
        var (from, to) = (Midnight(calendar.Zone, date), Midnight(calendar.Zone, date.AddDays(1)));
        var spans = calendar.Openings(from, to);
        DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, calendar.Zone);
        var note =
            hours.Is24x7 ? null
            : hours.Holidays.FirstOrDefault(h => h.Date == date) is { } holiday ? holiday.Name
            : hours.OneOffs.FirstOrDefault(o => o.Date == date) is { } oneOff
                ? (oneOff.Note.Length == 0 ? "Hours of this date" : oneOff.Note)
            : null;
        var shift = (to - from) - TimeSpan.FromDays(1);
        var clocks =
            shift == TimeSpan.Zero ? null
            : shift < TimeSpan.Zero ? "Clocks go forward"
            : "Clocks go back";
        return new CalendarDay(
            date,
            [.. spans.Select(s => (Local(s.FromUtc), Local(s.ToUtc)))],
            TimeSpan.FromTicks(spans.Sum(s => (s.ToUtc - s.FromUtc).Ticks)),
            note is not null && clocks is not null ? $"{note}; {clocks.ToLowerInvariant()}" : note ?? clocks
        );
    }

    private static DateTime Midnight(TimeZoneInfo zone, DateOnly date) =>
        new(LocalTime.ToUtcTicks(zone, date.DayNumber * TimeSpan.TicksPerDay), DateTimeKind.Utc);
}
