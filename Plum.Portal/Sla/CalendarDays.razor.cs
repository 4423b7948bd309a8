using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Domain.Sla;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

/// <summary>What the hours in the form come to, day by day: the quickest way to see a slip.</summary>
public partial class CalendarDays(Viewer viewer, TimeProvider clock)
{
    private CalendarHours? _reckoned;
    private IReadOnlyList<CalendarDay> _days = [];

    /// <summary>Null while they cannot be read.</summary>
    [Parameter]
    public CalendarHours? Hours { get; set; }

    private IReadOnlyList<CalendarDay> Days
    {
        get
        {
            if (Hours is not null && !Hours.Equals(_reckoned))
            {
                (_reckoned, _days) = (Hours, CalendarDay.Next(Hours, clock.GetUtcNow().UtcDateTime, days: 14));
            }

            return _days;
        }
    }

    private static string Text((DateTime From, DateTime To) open)
    {
        static string Clock(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var until = open.To.TimeOfDay == TimeSpan.Zero ? "24:00" : Clock(open.To);
        return $"{Clock(open.From)}-{until}";
    }
}
