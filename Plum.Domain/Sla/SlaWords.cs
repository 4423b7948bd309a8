using System.Globalization;
using System.Text.RegularExpressions;
using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>How clocks are spoken of.</summary>
public static partial class SlaWords
{
    public static string Named(SlaTarget target) =>
        target switch
        {
            SlaTarget.FirstResponse => "first response",
            SlaTarget.NextResponse => "next response",
            SlaTarget.Resolution => "resolution",
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
        };

    /// <summary><c>3 h 20 m working</c>. In hours however long it is: a working day has no fixed length.</summary>
    public static string Working(int minutes) => Time(minutes) + " working";

    public static string Working(TimeSpan time) => Working((int)(Math.Abs(time.Ticks) / TimeSpan.TicksPerMinute));

    /// <summary><c>3 h 20 m</c>, <c>45 m</c>, <c>1,200 h</c>.</summary>
    public static string Time(int minutes)
    {
        var (hours, rest) = (minutes / 60, minutes % 60);
        return hours == 0 ? $"{rest} m"
            : rest == 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours:N0} h")
            : string.Create(CultureInfo.InvariantCulture, $"{hours:N0} h {rest} m");
    }

    /// <summary>Reads a promise as people write it: <c>45 m</c>, <c>4h</c>, <c>1 h 30 m</c>, <c>1:30</c>; nothing at all promises nothing.</summary>
    /// <remarks>A bare number is refused: nobody can tell whether it means minutes or hours.</remarks>
    public static bool TryRead(string? text, out int? minutes)
    {
        minutes = null;
        var written = (text ?? "").Trim();
        if (written.Length == 0)
        {
            return true;
        }

        var match = Duration().Match(written);
        if (!match.Success || (match.Groups["h"].Length == 0 && match.Groups["m"].Length == 0 && match.Groups["hh"].Length == 0))
        {
            return false;
        }

        int Part(string name) => match.Groups[name].Length == 0 ? 0 : int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        minutes = ((Part("h") + Part("hh")) * 60) + Part("m") + Part("mm");
        return true;
    }

    [GeneratedRegex(
        @"^(?:(?:(?<h>\d{1,5})\s*h(?:ours?|rs?)?)?\s*(?:(?<m>\d{1,6})\s*m(?:in(?:utes?)?)?)?|(?<hh>\d{1,4}):(?<mm>[0-5]\d))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 200
    )]
    private static partial Regex Duration();
}
