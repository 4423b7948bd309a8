namespace Plum.Domain.Reports;

/// <summary>Whole days in a client's time zone, and the instants at which they begin and end.</summary>
/// <param name="EndUtc">The first instant after the period.</param>
public sealed record ReportPeriod(DateOnly FirstDay, DateOnly LastDay, DateTime StartUtc, DateTime EndUtc)
{
    public int Days => LastDay.DayNumber - FirstDay.DayNumber + 1;

    public static ReportPeriod Of(DateOnly firstDay, DateOnly lastDay, TimeZoneInfo zone) =>
        new(firstDay, lastDay, Midnight(firstDay, zone), Midnight(lastDay.AddDays(1), zone));

    public static ReportPeriod Month(DateOnly anyDay, TimeZoneInfo zone)
    {
        var first = new DateOnly(anyDay.Year, anyDay.Month, 1);
        return Of(first, first.AddMonths(1).AddDays(-1), zone);
    }

    /// <summary>The month that had ended when the clocks of the zone showed this instant.</summary>
    public static ReportPeriod LastMonth(DateTime nowUtc, TimeZoneInfo zone) =>
        Month(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(nowUtc, zone)).AddMonths(-1), zone);

    public bool Covers(DateTime? instantUtc) => instantUtc >= StartUtc && instantUtc < EndUtc;

    /// <summary>As many days, ending where this one begins: the fair neighbour of a count, where a month of 28 days is not.</summary>
    public ReportPeriod SameLengthBefore(TimeZoneInfo zone) => Of(FirstDay.AddDays(-Days), FirstDay.AddDays(-1), zone);

    public ReportPeriod MonthBefore(TimeZoneInfo zone) => Month(FirstDay.AddDays(-1), zone);

    /// <summary>Some zones skip midnight on the day the clocks go forward (the day then begins an hour later), or have it twice (it begins at the first).</summary>
    private static DateTime Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(local))
        {
            return DateTime.SpecifyKind(local - zone.GetUtcOffset(local.AddHours(-3)), DateTimeKind.Utc);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}

/// <summary>Everything a report measures against: its own month, the month before, and the equally long stretch before.</summary>
/// <param name="RepeatDays">A like complaint within so many days after the last resolution is a repeat.</param>
/// <param name="ReopenDays">A ticket reopened within so many days after its resolution counts as reopened.</param>
public sealed record ReportFrame(
    ReportPeriod This,
    ReportPeriod Before,
    ReportPeriod SameLengthBefore,
    string TimeZoneId,
    DateTime MadeAtUtc,
    int RepeatDays,
    int ReopenDays
)
{
    public static ReportFrame Month(DateOnly anyDay, TimeZoneInfo zone, DateTime madeAtUtc, int repeatDays = 30, int reopenDays = 14)
    {
        var period = ReportPeriod.Month(anyDay, zone);
        return new(period, period.MonthBefore(zone), period.SameLengthBefore(zone), zone.Id, madeAtUtc, repeatDays, reopenDays);
    }

    /// <summary>The first instant of which anything must be known.</summary>
    public DateTime FromUtc => Before.StartUtc < SameLengthBefore.StartUtc ? Before.StartUtc : SameLengthBefore.StartUtc;

    /// <summary>Reports of a month that is not over measure up to the present, and say so.</summary>
    public bool IsUnfinished => MadeAtUtc < This.EndUtc;

    /// <summary>Some of the period's resolutions could still be reopened in time.</summary>
    public bool ReopeningIsImmature => MadeAtUtc < This.EndUtc.AddDays(ReopenDays);

    public ReportPeriod In(Span span) =>
        span switch
        {
            Span.This => This,
            Span.Before => Before,
            _ => SameLengthBefore,
        };
}

/// <summary>Which of a report's periods a figure is of.</summary>
public enum Span
{
    This = 1,
    Before = 2,
    SameLengthBefore = 3,
}
