using System.Globalization;
using Plum.Domain.Reports;

namespace Plum.Portal.Reports;

/// <summary>What stands beside a figure, in words, so that no colour is needed to read it: the same on the page and in the PDF.</summary>
internal static class FigureWords
{
    /// <summary><c>+15% worse</c>; empty where nothing can be compared.</summary>
    public static string Change(Figure figure, CultureInfo culture) =>
        FigureText.Change(figure, culture) is { Length: > 0 } change
            ? figure.HasImproved switch
            {
                true => $"{change} better",
                false => $"{change} worse",
                null => change,
            }
            : "";

    /// <summary><c>95.0% missed</c>; empty where nothing was agreed.</summary>
    public static string Benchmark(Figure figure, CultureInfo culture) =>
        figure.Benchmark is { } agreed
            ? $"{FigureText.Of(agreed, culture)} {figure.MeetsBenchmark switch
            {
                true => "met",
                false => "missed",
                null => "agreed",
            }}"
            : "";

    public static string Name(Figure figure) =>
        figure.Name
        + figure.Now.Unit switch
        {
            Unit.Working => ", working time",
            Unit.Calendar => ", calendar time",
            _ => "",
        };

    /// <summary>The class of a meaning in the portal's sheets.</summary>
    public static string ClassOf(bool? good) =>
        good switch
        {
            true => "is-good",
            false => "is-bad",
            null => "muted",
        };
}
