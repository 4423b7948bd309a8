using System.Globalization;

namespace Plum.Domain.Sla;

/// <summary>
/// A half-open stretch of local time that begins on one day and may run past midnight: 22:00-06:00 is (1320, 1800).
/// </summary>
/// <param name="FromMinute">Minute of the day on which it opens, 0 to 1439.</param>
/// <param name="ToMinute">Minute at which it closes, counted from the same midnight; at most 24 hours after it opened.</param>
public readonly record struct Opening(int FromMinute, int ToMinute)
{
    public const int MinutesInDay = 24 * 60;

    public static readonly Opening WholeDay = new(0, MinutesInDay);

    public int Minutes => ToMinute - FromMinute;

    public bool RunsPastMidnight => ToMinute > MinutesInDay;

    public bool IsWellFormed => FromMinute is >= 0 and < MinutesInDay && ToMinute > FromMinute && ToMinute - FromMinute <= MinutesInDay;

    public override string ToString() => $"{Clock(FromMinute)}-{Clock(ToMinute)}";

    /// <summary>Reads what people write in a roster: <c>09:00-13:00, 14:00-18:00</c>, <c>22:00-06:00</c>, <c>9-17</c>; nothing at all means closed.</summary>
    /// <returns>False when some part is not a stretch of time.</returns>
    public static bool TryReadAll(string? text, out IReadOnlyList<Opening> openings)
    {
        var read = new List<Opening>();
        openings = read;
        var written = (text ?? "").Trim();
        if (written.Length == 0 || written.Equals("closed", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var part in written.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryRead(part, out var opening))
            {
                return false;
            }

            read.Add(opening);
        }

        read.Sort((a, b) => a.FromMinute.CompareTo(b.FromMinute));
        return true;
    }

    public static string WriteAll(IEnumerable<Opening> openings) => string.Join(", ", openings.OrderBy(o => o.FromMinute));

    private static bool TryRead(string part, out Opening opening)
    {
        opening = default;
        var ends = part.Split(['-', '–'], StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryReadClock(ends[0], out var from) || !TryReadClock(ends[1], out var to))
        {
            return false;
        }

        opening = new Opening(from, to == 0 || to < from ? to + MinutesInDay : to);
        return opening.IsWellFormed;
    }

    private static bool TryReadClock(string text, out int minute)
    {
        minute = 0;
        var parts = text.Split(':');
        if (
            parts.Length is < 1 or > 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || (parts.Length == 2 && parts[1].Length != 2)
        )
        {
            return false;
        }

        var minutes = 0;
        if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes))
        {
            return false;
        }

        minute = (hours * 60) + minutes;
        return hours <= 24 && minutes < 60 && minute <= MinutesInDay;
    }

    private static string Clock(int minute)
    {
        var ofDay = minute > MinutesInDay ? minute - MinutesInDay : minute;
        return string.Create(CultureInfo.InvariantCulture, $"{ofDay / 60:00}:{ofDay % 60:00}");
    }
}

/// <summary>Hours that come back every week on one day.</summary>
public sealed record WeeklyOpening(DayOfWeek Day, Opening Hours);

/// <summary>A date on which nothing is open, whatever the week or a one-off says.</summary>
public sealed record Holiday(DateOnly Date, string Name);

/// <summary>The hours of one date in place of its weekly ones; none at all means closed.</summary>
public sealed record OneOffHours(DateOnly Date, IReadOnlyList<Opening> Hours, string Note)
{
    public bool Equals(OneOffHours? other) =>
        other is not null && Date == other.Date && Note == other.Note && Hours.SequenceEqual(other.Hours);

    public override int GetHashCode() => HashCode.Combine(Date, Note, Hours.Count);
}
