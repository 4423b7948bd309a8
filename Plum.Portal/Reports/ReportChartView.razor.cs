using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Domain.Reports;
using Plum.Portal.Shared;
using Unit = Plum.Domain.Reports.Unit;

namespace Plum.Portal.Reports;

/// <summary>
/// A chart drawn in the page itself: widths in percent, so that it fits any screen without its text growing or shrinking; colours from the
/// theme; its table one click away.
/// </summary>
public partial class ReportChartView(Viewer viewer)
{
    private const int Height = 168;
    private const double Headroom = 16;

    private ChartScale _scale = null!;

    [Parameter, EditorRequired]
    public ReportChart Chart { get; set; } = null!;

    /// <summary>The address of the tickets behind a selection.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Href { get; set; } = null!;

    protected override void OnParametersSet()
    {
        var largest =
            Chart.Kind == ChartKind.Stacked
                ? Enumerable.Range(0, Chart.Labels.Count).Max(Top)
                : Chart.Series.SelectMany(s => s.Values).Max() ?? 0;
        _scale = ChartScale.For(Math.Max(largest, Chart.Benchmark ?? 0), Chart.Unit);
    }

    private bool IsBlank => Chart.Series.All(s => s.Values.All(v => v is null or 0));

    private string Says => FigureText.Of(Chart.Says, viewer.Culture);

    private string Number(decimal? value) => FigureText.Of(new Quantity(value, Chart.Unit), viewer.Culture);

    private string InkOf(int series) =>
        Chart.Kind == ChartKind.Stacked ? $"var(--series-{(series == 0 ? 1 : 3)})" : $"var(--series-{series + 1})";

    private string KeyOf(int series) =>
        (Chart.Kind, series) switch
        {
            (ChartKind.Columns, 1) => "line",
            (ChartKind.Bars, 1) => "tick",
            _ => "box",
        };

    private string LabelOf(int i) => Chart.LabelsAreDays ? DayOf(i).Day.ToString(viewer.Culture) : Chart.Labels[i];

    private string NameOf(int i) => Chart.LabelsAreDays ? viewer.Day(DayOf(i)) : Chart.Labels[i];

    private string Tip(int i, int series) => $"{NameOf(i)}, {Chart.Series[series].Name}: {Number(Chart.Series[series].Values[i])}";

    private DateOnly DayOf(int i) => DateOnly.Parse(Chart.Labels[i], CultureInfo.InvariantCulture);

    /// <summary>The columns of a label: the series, from where, to where.</summary>
    private IEnumerable<(int Series, decimal From, decimal To)> Columns(int label)
    {
        var from = 0m;
        for (var s = 0; s < (Chart.Kind == ChartKind.Stacked ? Chart.Series.Count : 1); s++)
        {
            if (Chart.Series[s].Values[label] is > 0 and { } value)
            {
                yield return (s, from, from + value);
                from += value;
            }
        }
    }

    private decimal Top(int label) =>
        Chart.Kind == ChartKind.Stacked ? Chart.Series.Sum(s => s.Values[label] ?? 0) : Chart.Series[0].Values[label] ?? 0;

    private string Line =>
        Chart.Kind == ChartKind.Columns && Chart.Series.Count > 1
            ? string.Join(' ', Chart.Series[1].Values.Select((v, i) => $"{Plain((i + 0.5) * 100 / Chart.Labels.Count)},{Y(v ?? 0)}"))
            : "";

    /// <summary>The number over a column. In code, for in markup Razor takes a text element for a tag of its own.</summary>
    private RenderFragment Above(int label) =>
        builder =>
        {
            builder.OpenElement(0, "text");
            builder.AddAttribute(1, "x", Plain(Slot * (label + 0.5)) + "%");
            builder.AddAttribute(2, "y", Plain(Down(Top(label)) - 5));
            builder.AddContent(3, Number(Top(label)));
            builder.CloseElement();
        };

    private double Slot => 100.0 / Chart.Labels.Count;

    private string Left(int i) => Plain(Slot * (i + 0.17)) + "%";

    private string Wide => Plain(Slot * 0.66) + "%";

    private string Share(decimal value) => Plain((double)(value / _scale.Top) * 100) + "%";

    private double Down(decimal value) => Height - 1 - ((double)(value / _scale.Top) * (Height - 1 - Headroom));

    private string Y(decimal value) => Plain(Down(value));

    private static string Px(double value) => Plain(value);

    private static string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
