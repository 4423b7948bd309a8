using System.Globalization;
using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>How clocks are spoken of.</summary>
public static class SlaWords
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
}
