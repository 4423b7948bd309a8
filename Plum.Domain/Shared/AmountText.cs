using System.Globalization;

namespace Plum.Domain.Shared;

/// <summary>Amounts as people type them: in major units, with the marks of their own culture.</summary>
public static class AmountText
{
    /// <remarks>Without marks between thousands: what one culture reads as 1.5 another would read as 15.</remarks>
    /// <returns>Minor units; null when it is no number, has more decimals than the currency, or is out of range.</returns>
    public static long? Parse(string? text, string currency, CultureInfo culture)
    {
        if (!decimal.TryParse(text?.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, culture, out var major))
        {
            return null;
        }

        var scale = Currencies.Scale(currency);
        return Math.Abs(major) <= long.MaxValue / scale && major * scale is var minor && minor == decimal.Truncate(minor)
            ? decimal.ToInt64(minor)
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it back: no currency, no grouping.</summary>
    public static string Of(long minorUnits, string currency, CultureInfo culture) =>
        (minorUnits / Currencies.Scale(currency)).ToString("F" + Currencies.Exponent(currency), culture);
}
