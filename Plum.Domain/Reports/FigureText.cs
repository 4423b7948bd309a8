using System.Globalization;
using Plum.Domain.Shared;

namespace Plum.Domain.Reports;

/// <summary>Writes quantities as a reader of a culture expects them. The words around them are English.</summary>
public static class FigureText
{
    public const string NoData = "no data";

    /// <summary>With its unit, short: <c>93.3%</c>, <c>3 h 20 m</c>, <c>June 2026</c>.</summary>
    public static string Of(Quantity quantity, CultureInfo culture) =>
        quantity.Amount is not { } amount
            ? NoData
            : quantity.Unit switch
            {
                Unit.Count => amount.ToString("N0", culture),
                Unit.Percent => (amount / 100m).ToString("P1", culture),
                Unit.Working => Hours(amount, culture),
                Unit.Calendar => amount < 48 * 60 ? Hours(amount, culture) : Days(amount, culture),
                Unit.PerHundred => amount.ToString("N1", culture),
                Unit.Month => Month(new DateOnly((int)amount / 100, (int)amount % 100, 1), culture),
                Unit.Change => Signed(amount / 100m, "P0", culture),
                Unit.Money => $"{quantity.Currency} {amount.ToString("N" + Currencies.Exponent(quantity.Currency!), culture)}",
                Unit.Points => Signed(amount, "N1", culture) + " points",
                _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, null),
            };

    /// <summary>As <see cref="Of(Quantity, CultureInfo)"/>, and says of a duration by which clock it is.</summary>
    public static string Full(Quantity quantity, CultureInfo culture) =>
        (quantity.Amount, quantity.Unit) switch
        {
            (not null, Unit.Working) => Of(quantity, culture) + " working",
            (not null, Unit.Calendar) => Of(quantity, culture) + " by the clock",
            _ => Of(quantity, culture),
        };

    public static string Of(Sentence sentence, CultureInfo culture) =>
        string.Concat(sentence.Pieces.Select(p => p.Text ?? (p.Quantity is { } q ? Together(Of(q, culture)) : Day(p.Day!.Value, culture))));

    public static string Month(DateOnly day, CultureInfo culture) => day.ToString("Y", culture);

    public static string Day(DateOnly day, CultureInfo culture) => day.ToString("d MMM yyyy", culture);

    /// <summary>The change of a figure, signed; empty when it cannot be compared.</summary>
    public static string Change(Figure figure, CultureInfo culture) =>
        figure.Change is { } change ? Of(new Quantity(change, figure.Now.Unit == Unit.Percent ? Unit.Points : Unit.Change), culture) : "";

    /// <summary>A number and its unit stay on one line.</summary>
    private static string Together(string text) => text.Replace(' ', '\u00A0');

    private static string Signed(decimal amount, string format, CultureInfo culture)
    {
        var digits = Math.Abs(amount).ToString(format, culture);
        return digits == 0m.ToString(format, culture) ? "±" + digits : (amount < 0 ? "\u2212" : "+") + digits;
    }

    /// <summary>Whole minutes that have gone by, as a spreadsheet's [h]:mm shows them; from 100 hours on whole hours.</summary>
    private static string Hours(decimal minutes, CultureInfo culture)
    {
        var whole = decimal.Floor(minutes);
        var hours = decimal.Floor(whole / 60);
        return hours == 0 ? $"{whole.ToString("N0", culture)} m"
            : hours >= 100 || whole % 60 == 0 ? $"{hours.ToString("N0", culture)} h"
            : $"{hours.ToString("N0", culture)} h {(whole % 60).ToString("00", culture)} m";
    }

    /// <summary>Whole hours that have gone by; from 100 days on whole days.</summary>
    private static string Days(decimal minutes, CultureInfo culture)
    {
        var hours = decimal.Floor(minutes / 60);
        var days = decimal.Floor(hours / 24);
        return days >= 100 || hours % 24 == 0
            ? $"{days.ToString("N0", culture)} d"
            : $"{days.ToString("N0", culture)} d {(hours % 24).ToString("0", culture)} h";
    }
}
