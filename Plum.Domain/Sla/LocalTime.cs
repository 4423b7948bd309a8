namespace Plum.Domain.Sla;

/// <summary>Turns wall-clock time of a zone into instants, with Plum's two decisions about daylight saving.</summary>
public static class LocalTime
{
    /// <summary>
    /// The instant of a wall-clock time. One that the clocks skipped means the time by the clock before they changed: one
    /// hour later in nearly every zone, half an hour on Lord Howe Island. One that happens twice means its first occurrence.
    /// </summary>
    /// <remarks>
    /// Asks the zone only what its offset is at an instant, which is exact; TimeZoneInfo's own answers about invalid and
    /// ambiguous local times go by adjustment rules, which split Ireland's, Morocco's and one-off changes in odd ways.
    /// The offset is looked up a day to either side, because a local date is never more than 14 hours from UTC; Samoa's
    /// skipped 30 December 2011 is then a gap like any other.
    /// </remarks>
    public static long ToUtcTicks(TimeZoneInfo zone, long localTicks)
    {
        var before = OffsetAt(zone, localTicks - TimeSpan.TicksPerDay);
        var byBefore = localTicks - before;
        if (OffsetAt(zone, byBefore) == before)
        {
            return byBefore;
        }

        var after = OffsetAt(zone, localTicks + TimeSpan.TicksPerDay);
        var byAfter = localTicks - after;
        return OffsetAt(zone, byAfter) == after ? byAfter : byBefore;
    }

    /// <summary>The zone's offset from UTC at an instant, in ticks.</summary>
    public static long OffsetAt(TimeZoneInfo zone, long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;

    public static DateOnly DateOf(TimeZoneInfo zone, DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
}
