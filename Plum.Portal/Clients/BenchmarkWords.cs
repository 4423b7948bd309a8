using System.Globalization;
using Plum.Domain.Reports;

namespace Plum.Portal.Clients;

/// <summary>How an agreed value reads and is typed: in the KPI's own unit, and time in hours.</summary>
public static class BenchmarkWords
{
    private const decimal MinutesInHour = 60m;

    public static string Label(Kpi kpi) => kpi.Unit == Unit.Calendar ? $"{kpi.Name}, by the clock" : kpi.Name;

    public static string Hint(Kpi kpi) =>
        kpi.Unit switch
        {
            Unit.Percent => Direction(kpi, "percent"),
            Unit.Working => Direction(kpi, "working hours"),
            Unit.Calendar => Direction(kpi, "hours"),
            Unit.PerHundred => Direction(kpi, "per 100 tickets"),
            _ => Direction(kpi, "a number"),
        };

    public static string Text(Kpi kpi, decimal value, CultureInfo culture) => $"{Typed(kpi, value, culture)} {Hint(kpi).Split(',')[0]}";

    /// <summary>As it stands in the form.</summary>
    public static string Typed(Kpi kpi, decimal value, CultureInfo culture) =>
        (IsTime(kpi) ? value / MinutesInHour : value).ToString("0.####", culture);

    /// <returns>In the KPI's unit; null when the text is no number.</returns>
    public static decimal? Read(Kpi kpi, string text, CultureInfo culture) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, culture, out var number)
        && Math.Abs(number) < decimal.MaxValue / MinutesInHour
            ? IsTime(kpi)
                ? number * MinutesInHour
                : number
            : null;

    private static bool IsTime(Kpi kpi) => kpi.Unit is Unit.Working or Unit.Calendar;

    private static string Direction(Kpi kpi, string unit) => $"{unit}, {(kpi.Better == Better.Lower ? "at most" : "at least")}";
}
