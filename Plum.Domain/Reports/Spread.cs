namespace Plum.Domain.Reports;

/// <summary>How a set of durations is spread: what an average hides.</summary>
/// <param name="Count">How many durations the other three rest on; they are null when it is 0.</param>
public sealed record Spread(int Count, TimeSpan? Median, TimeSpan? Ninetieth, TimeSpan? Mean)
{
    public static Spread Of(IEnumerable<TimeSpan> durations)
    {
        var ticks = durations.Select(d => d.Ticks).ToArray();
        if (ticks.Length == 0)
        {
            return new Spread(0, null, null, null);
        }

        Array.Sort(ticks);
        Int128 sum = 0;
        foreach (var t in ticks)
        {
            sum += t;
        }

        return new Spread(ticks.Length, Quantile(ticks, 1, 2), Quantile(ticks, 9, 10), TimeSpan.FromTicks((long)(sum / ticks.Length)));
    }

    /// <summary>
    /// Interpolates between the two nearest ranks at position (n - 1) * p, counted from 0: type 7 of Hyndman and Fan (1996), which is what a
    /// spreadsheet's PERCENTILE.INC and MEDIAN give, so that a reader of the workbook gets the same number.
    /// </summary>
    private static TimeSpan Quantile(long[] sorted, long numerator, long denominator)
    {
        var (rank, rest) = Math.DivRem((sorted.Length - 1) * numerator, denominator);
        var below = sorted[rank];
        var above = sorted[Math.Min(rank + 1, sorted.Length - 1)];
        return TimeSpan.FromTicks(below + ((above - below) * rest / denominator));
    }
}
