using System.Globalization;

namespace Plum.Domain.Imports;

/// <summary>
/// The date formats that can be stated. None is ever guessed for a person: 4/5/2026 is read as it was said to be meant.
/// </summary>
public static class ImportDates
{
    public const string Iso = "ISO 8601";
    public const string Unix = "Unix seconds";
    public const string Serial = "Spreadsheet number";

    /// <summary>What is offered; any .NET pattern may be stated besides.</summary>
    public static IReadOnlyList<string> Offered { get; } =
    [
        Iso,
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "M/d/yyyy",
        "M/d/yyyy H:mm",
        "M/d/yyyy h:mm tt",
        "d/M/yyyy",
        "d/M/yyyy H:mm",
        "d.M.yyyy",
        "d.M.yyyy H:mm",
        "d-M-yyyy",
        "d MMM yyyy",
        "d MMM yyyy HH:mm",
        "yyyy/M/d",
        "yyyyMMdd",
        Unix,
        Serial,
    ];

    /// <summary>Whether a pattern can be used at all: it names a year, a month and a day, and reads what it writes.</summary>
    public static bool IsFormat(string? format)
    {
        if (format is Iso or Unix or Serial)
        {
            return true;
        }

        if (
            string.IsNullOrWhiteSpace(format)
            || format.Length > 40
            || !format.Contains('y', StringComparison.Ordinal)
            || !format.Contains('M', StringComparison.Ordinal)
            || !format.Contains('d', StringComparison.Ordinal)
        )
        {
            return false;
        }

        try
        {
            var sample = new DateTime(2026, 11, 23, 17, 45, 0, DateTimeKind.Unspecified);
            return DateTime.TryParseExact(
                    sample.ToString(format, CultureInfo.InvariantCulture),
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var back
                )
                && back.Date == sample.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <returns>The instant in UTC; null when the text is not of the format, or out of 1990 to 2100.</returns>
    public static DateTime? Read(ReadOnlySpan<char> text, string format, TimeZoneInfo zone, TimeOnly timeOfDay)
    {
        var c = CultureInfo.InvariantCulture;
        text = text.Trim();
        DateTime? utc = null;
        if (format == Unix)
        {
            utc =
                long.TryParse(text, NumberStyles.AllowLeadingSign, c, out var seconds) && Math.Abs(seconds) < 10_000_000_000
                    ? DateTime.UnixEpoch.AddSeconds(seconds)
                    : null;
        }
        else if (format == Serial)
        {
            utc =
                decimal.TryParse(text, NumberStyles.AllowDecimalPoint, c, out var days) && days is > 20_000 and < 80_000
                    ? ToUtc(
                        new DateTime(1899, 12, 30).AddTicks((long)(days * TimeSpan.TicksPerDay)),
                        days == Math.Floor(days),
                        zone,
                        timeOfDay
                    )
                    : null;
        }
        else if (format == Iso)
        {
            utc = ReadIso(text, zone, timeOfDay);
        }
        else if (DateTime.TryParseExact(text, format, c, DateTimeStyles.None, out var local))
        {
            utc = ToUtc(
                local,
                !format.Contains('H', StringComparison.Ordinal) && !format.Contains('h', StringComparison.Ordinal),
                zone,
                timeOfDay
            );
        }

        return utc is { Year: >= 1990 and < 2100 } ? utc : null;
    }

    private static DateTime? ReadIso(ReadOnlySpan<char> text, TimeZoneInfo zone, TimeOnly timeOfDay)
    {
        var c = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", c, DateTimeStyles.None, out var day))
        {
            return ToUtc(day, hasNoTime: true, zone, timeOfDay);
        }

        if (text.Length < 16 || text[4] != '-' || text[10] is not ('T' or ' '))
        {
            return null;
        }

        var hasOffset = text[^1] is 'Z' or 'z' || text[16..].IndexOfAny('+', '-') >= 0;
        if (hasOffset)
        {
            return DateTimeOffset.TryParse(text, c, DateTimeStyles.None, out var instant) ? instant.UtcDateTime : null;
        }

        return DateTime.TryParse(text, c, DateTimeStyles.None, out var local) ? ToUtc(local, hasNoTime: false, zone, timeOfDay) : null;
    }

    /// <summary>A local time in a daylight saving gap means one hour later; an ambiguous one its first occurrence.</summary>
    private static DateTime ToUtc(DateTime local, bool hasNoTime, TimeZoneInfo zone, TimeOnly timeOfDay)
    {
        local = DateTime.SpecifyKind(hasNoTime ? local.Date.Add(timeOfDay.ToTimeSpan()) : local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
