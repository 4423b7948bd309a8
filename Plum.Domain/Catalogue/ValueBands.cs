using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

/// <summary>
/// What rewards are narrowed by value with: bands of whole units of the reward's own currency, as bits of a number. A reward is in each band
/// that one of its values, or a part of its range, falls in.
/// </summary>
public static class ValueBands
{
    /// <summary>The lowest value of each band but the first, in whole units. The last has no upper end.</summary>
    public static IReadOnlyList<int> Floors { get; } = [10, 25, 50, 100, 250, 500, 1_000, 5_000];

    public static int Count => Floors.Count + 1;

    public static int Of(IReadOnlyList<long> denominations, long minValue, long maxValue, string currency)
    {
        var scale = (long)Currencies.Scale(currency);
        if (denominations.Count > 0)
        {
            return denominations.Aggregate(0, (bands, value) => bands | (1 << Band(value, scale)));
        }

        var (first, last) = (Band(minValue, scale), Band(maxValue, scale));
        return ((1 << (last + 1)) - 1) & ~((1 << first) - 1);
    }

    /// <summary>From and up to, not including it, in whole units; null without end.</summary>
    public static (int From, int? To) Bounds(int band) => (band == 0 ? 0 : Floors[band - 1], band == Floors.Count ? null : Floors[band]);

    private static int Band(long minorUnits, long scale)
    {
        var band = 0;
        while (band < Floors.Count && minorUnits >= Floors[band] * scale)
        {
            band++;
        }

        return band;
    }
}

/// <summary>How soon a reward is there.</summary>
public enum DeliverySpeed
{
    AtOnce = 0,
    WithinHour = 1,
    WithinDay = 2,
    WithinThreeDays = 3,
    WithinWeek = 4,
    Longer = 5,
}

public static class DeliverySpeeds
{
    /// <summary>The most minutes of each speed but the last.</summary>
    public static IReadOnlyList<int> MostMinutes { get; } = [5, 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60];

    public static DeliverySpeed Of(int minutes)
    {
        var speed = 0;
        while (speed < MostMinutes.Count && minutes > MostMinutes[speed])
        {
            speed++;
        }

        return (DeliverySpeed)speed;
    }

    /// <summary>The fewest and the most minutes of a speed, both included.</summary>
    public static (int Least, int Most) Bounds(DeliverySpeed speed) =>
        (
            speed == DeliverySpeed.AtOnce ? 0 : MostMinutes[(int)speed - 1] + 1,
            (int)speed < MostMinutes.Count ? MostMinutes[(int)speed] : int.MaxValue
        );
}
