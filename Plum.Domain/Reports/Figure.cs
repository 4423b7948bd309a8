namespace Plum.Domain.Reports;

/// <summary>Which way a figure should go.</summary>
public enum Better
{
    Neither = 0,
    Lower = 1,
    Higher = 2,
}

/// <summary>One number of a report with all that it is read against.</summary>
/// <param name="Kpi">Code of a definition in <see cref="Kpis"/>.</param>
/// <param name="Before">Of the period before; null when the figure is not compared.</param>
/// <param name="Benchmark">As agreed with the client; null when none was.</param>
/// <param name="Of">How many tickets, targets or answers it rests on, where that is not the number itself.</param>
/// <param name="Opens">The selection that lists what was counted; null for a figure of nothing.</param>
/// <param name="OpensOf">The selection that lists what <paramref name="Of"/> counts.</param>
/// <param name="Remark">What a reader must know to read it right, such as "not final until 14 July".</param>
public sealed record Figure(
    string Kpi,
    string Name,
    Quantity Now,
    Quantity? Before,
    Quantity? Benchmark,
    Better Better,
    int? Of = null,
    string? Opens = null,
    string? OpensBefore = null,
    string? OpensOf = null,
    Sentence? Remark = null
)
{
    /// <summary>Percentage points for a percentage, percent of the earlier value for anything else; null when there is nothing to compare.</summary>
    public decimal? Change =>
        (Now.Amount, Before?.Amount) switch
        {
            (null, _) or (_, null) => null,
            ({ } now, { } before) when Now.Unit == Unit.Percent => now - before,
            (0, 0) => 0,
            (_, 0) => null,
            ({ } now, { } before) => decimal.Round(100m * (now - before) / before, 4),
        };

    /// <summary>Null where it went neither way by as much as is shown, or where neither way is better.</summary>
    public bool? HasImproved =>
        (Change, Better) switch
        {
            (null, _) or (_, Better.Neither) => null,
            ({ } c, _) when Math.Abs(c) < (Now.Unit == Unit.Percent ? 0.05m : 0.5m) => null,
            ({ } c, Better.Lower) => c < 0,
            ({ } c, _) => c > 0,
        };

    /// <summary>Null where there is no benchmark or no figure; meeting it exactly is meeting it.</summary>
    public bool? MeetsBenchmark =>
        (Now.Amount, Benchmark?.Amount, Better) switch
        {
            (null, _, _) or (_, null, _) or (_, _, Better.Neither) => null,
            ({ } now, { } target, Better.Lower) => now <= target,
            ({ } now, { } target, _) => now >= target,
        };
}
