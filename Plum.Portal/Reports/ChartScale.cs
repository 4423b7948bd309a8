namespace Plum.Portal.Reports;

/// <summary>An axis from nothing to a round number: what the charts of the page and of the PDF are drawn along.</summary>
/// <param name="Ticks">From 0 upward, evenly; the last is <paramref name="Top"/>.</param>
internal sealed record ChartScale(decimal Top, IReadOnlyList<decimal> Ticks)
{
    /// <summary>Steps of 1, 2 or 5 times a power of ten; for minutes, steps that make whole hours or days.</summary>
    public static ChartScale For(decimal largest, Domain.Reports.Unit unit, int steps = 4)
    {
        if (unit == Domain.Reports.Unit.Percent)
        {
            return new ChartScale(100, [0, 25, 50, 75, 100]);
        }

        var minutes = unit is Domain.Reports.Unit.Working or Domain.Reports.Unit.Calendar;
        var step = minutes ? MinuteStep(largest / steps) : RoundStep(Math.Max(largest, 1) / steps);
        var count = Math.Max((int)decimal.Ceiling(largest / step), 1);
        return new ChartScale(step * count, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    private static decimal RoundStep(decimal least)
    {
        for (var power = 1m; ; power *= 10)
        {
            foreach (var factor in (decimal[])[1, 2, 5])
            {
                if (factor * power >= least)
                {
                    return factor * power;
                }
            }
        }
    }

    private static decimal MinuteStep(decimal least)
    {
        foreach (var step in (decimal[])[5, 10, 15, 30, 60, 120, 240, 480, 720, 1440])
        {
            if (step >= least)
            {
                return step;
            }
        }

        return RoundStep(least / 1440) * 1440;
    }
}
