using System.Globalization;
using Plum.Domain.Reports;
using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>Charts drawn as vectors with real text, from the same data as the tables beside them.</summary>
internal sealed class PdfCharts(PdfFlow flow, CultureInfo culture)
{
    private const float Small = 7.5f;
    private const float SmallLine = Small * PdfFlow.Line;
    private const float Plot = 104;

    public void Write(ReportChart chart)
    {
        var upright = chart.Kind is ChartKind.Columns or ChartKind.Stacked;
        var height = upright ? Plot + (2 * SmallLine) : (chart.Labels.Count * 18) + 6;
        flow.Heading(chart.Title, height + SmallLine + 6);
        if (chart.Series.All(s => s.Values.All(v => v is null or 0)))
        {
            flow.Paragraph(FigureText.NoData, 8.5f, Ink.Muted);
            return;
        }

        Legend(chart);
        if (upright)
        {
            Upright(chart);
        }
        else
        {
            Lying(chart);
        }
    }

    private string Number(decimal? value, Unit unit) => FigureText.Of(new Quantity(value, unit), culture);

    private void Legend(ReportChart chart)
    {
        var x = PdfPage.Left;
        if (chart.Series.Count > 1)
        {
            for (var i = 0; i < chart.Series.Count; i++)
            {
                var ink = InkOf(chart, i);
                var y = flow.Y + (SmallLine / 2);
                if (chart.Kind == ChartKind.Columns && i == 1)
                {
                    flow.Page.Rule(x, y, x + 10, y, ink, 1.5f);
                }
                else if (chart.Kind == ChartKind.Bars && i == 1)
                {
                    flow.Page.Rule(x + 4, y - 4, x + 4, y + 4, ink, 1.8f);
                }
                else
                {
                    flow.Page.Fill(new SKRect(x, y - 3.5f, x + 8, y + 3.5f), ink);
                }

                x = Label(chart.Series[i].Name, x + 13) + 14;
            }
        }

        if (chart.Benchmark is { } benchmark)
        {
            var y = flow.Y + (SmallLine / 2);
            flow.Page.Rule(x, y, x + 12, y, Ink.Text, 0.8f, dashed: true);
            x = Label($"Benchmark {Number(benchmark, chart.Unit)}", x + 15);
        }

        if (x > PdfPage.Left)
        {
            flow.Down(SmallLine + 4);
        }
    }

    private float Label(string text, float x)
    {
        var fitted = Typesetter.Fit(text, Small, Weight.Regular, Math.Min(160, PdfPage.Right - x));
        var width = Typesetter.Width(fitted, Small, Weight.Regular);
        flow.Page.Text(fitted, new SKRect(x, flow.Y, x + width + 0.5f, flow.Y + SmallLine), Small, Ink.Muted);
        return x + width;
    }

    private static SKColor InkOf(ReportChart chart, int series) =>
        chart.Kind switch
        {
            ChartKind.Columns => series == 0 ? Ink.Plum : Ink.Series[2],
            ChartKind.Bars => series == 0 ? Ink.Plum : Ink.Text,
            _ => Ink.Series[series % Ink.Series.Length],
        };

    private void Upright(ReportChart chart)
    {
        var stacked = chart.Kind == ChartKind.Stacked;
        var sums = chart.Labels.Select((_, i) => chart.Series.Sum(s => s.Values[i] ?? 0)).ToArray();
        var largest = Math.Max(stacked ? sums.Max() : chart.Series.SelectMany(s => s.Values).Max() ?? 0, chart.Benchmark ?? 0);
        var scale = ChartScale.For(largest, chart.Unit);
        var axis = scale.Ticks.Max(t => Typesetter.Width(Number(t, chart.Unit), Small, Weight.Regular)) + 6;
        var (left, top, bottom) = (PdfPage.Left + axis, flow.Y + 6, flow.Y + 6 + Plot);
        float At(decimal value) => bottom - ((float)(value / scale.Top) * Plot);

        foreach (var tick in scale.Ticks)
        {
            flow.Page.Rule(left, At(tick), PdfPage.Right, At(tick), tick == 0 ? Ink.Text : Ink.Hair, tick == 0 ? 0.7f : 0.5f);
            flow.Page.Text(
                Number(tick, chart.Unit),
                new SKRect(PdfPage.Left, At(tick) - (SmallLine / 2), left - 5.5f, At(tick) + (SmallLine / 2)),
                Small,
                Ink.Muted,
                align: Align.Right
            );
        }

        var slot = (PdfPage.Right - left) / chart.Labels.Count;
        var bar = Math.Min(slot * 0.66f, 44);
        var line = new List<SKPoint>();
        for (var i = 0; i < chart.Labels.Count; i++)
        {
            var centre = left + (slot * (i + 0.5f));
            var from = 0m;
            for (var s = 0; s < chart.Series.Count; s++)
            {
                if (chart.Series[s].Values[i] is not { } value)
                {
                    continue;
                }

                if (!stacked && s > 0)
                {
                    line.Add(new SKPoint(centre, At(value)));
                }
                else if (value > 0)
                {
                    flow.Page.Fill(new SKRect(centre - (bar / 2), At(from + value), centre + (bar / 2), At(from)), InkOf(chart, s));
                    from += value;
                }
            }

            if (chart.Labels.Count <= 12)
            {
                var text = Number(stacked ? sums[i] : chart.Series[0].Values[i], chart.Unit);
                var y = At(stacked ? sums[i] : chart.Series[0].Values[i] ?? 0) - SmallLine;
                flow.Page.Text(
                    Typesetter.Fit(text, Small, Weight.SemiBold, slot),
                    new SKRect(centre - (slot / 2), y, centre + (slot / 2), y + SmallLine),
                    Small,
                    Ink.Text,
                    Weight.SemiBold,
                    Align.Centre
                );
            }
        }

        if (line.Count > 1)
        {
            flow.Page.Path(line, Ink.Series[2], 1.3f);
        }

        line.ForEach(p => flow.Page.Dot(p.X, p.Y, 1.6f, Ink.Series[2]));
        flow.To(bottom + 3);
        Below(chart, left, slot);
        flow.Down(SmallLine + 2);
    }

    /// <summary>As many labels under the columns as stand beside each other without touching.</summary>
    private void Below(ReportChart chart, float left, float slot)
    {
        var texts = chart
            .Labels.Select(l => chart.LabelsAreDays ? DateOnly.Parse(l, CultureInfo.InvariantCulture).Day.ToString(culture) : l)
            .ToArray();
        var widest = texts.Max(t => Typesetter.Width(t, Small, Weight.Regular)) + 4;
        var every = chart.LabelsAreDays ? Math.Max(1, (int)MathF.Ceiling(widest / slot)) : 1;
        var room = slot * every;
        for (var i = 0; i < texts.Length; i += every)
        {
            var centre = left + (slot * (i + 0.5f));
            var box = new SKRect(centre - (room / 2), flow.Y, centre + (room / 2), flow.Y + SmallLine);
            flow.Page.Text(Typesetter.Fit(texts[i], Small, Weight.Regular, room - 2), box, Small, Ink.Muted, align: Align.Centre);
        }
    }

    private void Lying(ReportChart chart)
    {
        const float row = 18;
        var largest = Math.Max(chart.Series.SelectMany(s => s.Values).Max() ?? 0, chart.Benchmark ?? 0);
        var scale = ChartScale.For(largest, chart.Unit);
        var names = Math.Min(chart.Labels.Max(l => Typesetter.Width(l, Small + 0.5f, Weight.Regular)), PdfPage.Measure * 0.36f) + 8;
        var numbers = chart.Series[0].Values.Max(v => Typesetter.Width(Number(v, chart.Unit), Small + 0.5f, Weight.SemiBold)) + 8;
        var (left, width, top) = (PdfPage.Left + names, PdfPage.Measure - names - numbers, flow.Y);
        float At(decimal value) => left + ((float)(value / scale.Top) * width);

        for (var i = 0; i < chart.Labels.Count; i++)
        {
            var y = top + (row * i);
            var text = new SKRect(PdfPage.Left, y + 2.5f, left - 7.5f, y + 2.5f + ((Small + 0.5f) * PdfFlow.Line));
            flow.Page.Text(Typesetter.Fit(chart.Labels[i], Small + 0.5f, Weight.Regular, text.Width), text, Small + 0.5f, Ink.Text);
            flow.Page.Fill(new SKRect(left, y + 3.5f, left + width, y + 13.5f), Ink.Wash);
            var value = chart.Series[0].Values[i];
            flow.Page.Fill(new SKRect(left, y + 3.5f, At(value ?? 0), y + 13.5f), Ink.Plum);
            if (chart.Series.Count > 1 && chart.Series[1].Values[i] is { } before)
            {
                flow.Page.Rule(At(before), y + 1.5f, At(before), y + 15.5f, SKColors.White, 3.4f);
                flow.Page.Rule(At(before), y + 1.5f, At(before), y + 15.5f, Ink.Text, 1.8f);
            }

            var number = new SKRect(left + width + 1, text.Top, PdfPage.Right, text.Bottom);
            flow.Page.Text(
                Number(value, chart.Unit),
                number,
                Small + 0.5f,
                value is null ? Ink.Muted : Ink.Text,
                Weight.SemiBold,
                Align.Right
            );
        }

        if (chart.Benchmark is { } benchmark && benchmark <= scale.Top)
        {
            flow.Page.Rule(At(benchmark), top, At(benchmark), top + (row * chart.Labels.Count), Ink.Text, 0.8f, dashed: true);
        }

        flow.To(top + (row * chart.Labels.Count) + 4);
    }
}
