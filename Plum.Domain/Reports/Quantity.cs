using Plum.Domain.Shared;

namespace Plum.Domain.Reports;

/// <summary>What a number on a report is measured in.</summary>
public enum Unit
{
    Count = 1,

    /// <summary>0 to 100.</summary>
    Percent = 2,

    /// <summary>Minutes inside the client's business hours.</summary>
    Working = 3,

    /// <summary>Minutes by the wall clock.</summary>
    Calendar = 4,
    PerHundred = 5,

    /// <summary>The number is year times 100 plus month: 202606.</summary>
    Month = 6,

    /// <summary>Percent of an earlier figure, signed.</summary>
    Change = 7,

    /// <summary>Percentage points, signed.</summary>
    Points = 8,

    /// <summary>Major units of the quantity's currency.</summary>
    Money = 9,
}

/// <summary>A number with its unit, not yet written in anybody's language.</summary>
/// <param name="Amount">Null where there is nothing to measure: it prints "no data", never 0.</param>
/// <param name="Currency">Of an amount of money; null for anything else.</param>
public readonly record struct Quantity(decimal? Amount, Unit Unit, string? Currency = null)
{
    public static Quantity Of(Money money) => new(money.Major, Unit.Money, money.Currency);

    public static Quantity Count(int n) => new(n, Unit.Count);

    public static Quantity Month(DateOnly day) => new((day.Year * 100) + day.Month, Unit.Month);

    /// <summary>Part of whole in percent, to four decimals; no data when the whole is nothing.</summary>
    public static Quantity Share(int part, int whole) => new(whole == 0 ? null : decimal.Round(100m * part / whole, 4), Unit.Percent);

    public static Quantity PerHundred(int part, int whole) =>
        new(whole == 0 ? null : decimal.Round(100m * part / whole, 4), Unit.PerHundred);

    /// <summary>Minutes, to four decimals.</summary>
    public static Quantity Time(TimeSpan? span, Unit unit) =>
        new(span is { } s ? decimal.Round((decimal)s.Ticks / TimeSpan.TicksPerMinute, 4) : null, unit);
}
