using System.Globalization;
using Plum.Domain.Reports;
using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>The first page, which stands alone: whose report, what happened, the figures.</summary>
internal sealed class PdfFront(PdfFlow flow, PdfTables tables, CultureInfo culture)
{
    public void Write(ReportDocument report)
    {
        Cover(report);
        Headlines(report);
        Summary(report);

        flow.Down(12);
        tables.Write(
            report.AtAGlance,
            FigureText.Month(report.Frame.This.FirstDay, culture),
            FigureText.Month(report.Frame.Before.FirstDay, culture),
            padding: 2.5f
        );
        foreach (var note in report.Footnotes)
        {
            flow.Down(3);
            flow.Paragraph(FigureText.Of(note, culture), 7.5f, Ink.Muted);
        }
    }

    private void Cover(ReportDocument report)
    {
        flow.To(44);
        flow.Page.Fill(new SKRect(0, 0, PdfPage.Width, 7), Ink.Plum);
        flow.Paragraph("Service report", 9, Ink.Plum, Weight.SemiBold);
        var (lines, size) = Typesetter.WrapOrShrink(report.ClientName, 25, 13, Weight.SemiBold, PdfPage.Measure, 2);
        foreach (var line in lines)
        {
            flow.Paragraph(line, size, Ink.Text, Weight.SemiBold);
        }

        flow.Paragraph(FigureText.Month(report.Frame.This.FirstDay, culture), 14, Ink.Text);
        var days =
            $"{FigureText.Day(report.Frame.This.FirstDay, culture)} to {FigureText.Day(report.Frame.This.LastDay, culture)}, in the time of {report.Frame.TimeZoneId}. Compared with {FigureText.Month(report.Frame.Before.FirstDay, culture)}.";
        flow.Paragraph(days, 8.5f, Ink.Muted);
        flow.Down(12);
    }

    private void Headlines(ReportDocument report)
    {
        const float gap = 12;
        const float height = 84;
        var width = (PdfPage.Measure - (gap * (report.Headlines.Count - 1))) / report.Headlines.Count;
        for (var i = 0; i < report.Headlines.Count; i++)
        {
            var figure = report.Headlines[i];
            var x = PdfPage.Left + (i * (width + gap));
            flow.Page.Rule(x, flow.Y, x + width, flow.Y, Ink.Plum, 1.2f);

            var y = flow.Y + 5;
            var (name, nameSize) = Typesetter.WrapOrShrink(figure.Name, 8.5f, 7, Weight.Regular, width, 2);
            foreach (var line in name)
            {
                Put(line, nameSize, Ink.Muted, Weight.Regular, nameSize * PdfFlow.Line);
            }

            y = flow.Y + 31;
            var number = FigureText.Of(figure.Now, culture);
            var size = Typesetter.Shrink(number, 20, 7, width, Weight.SemiBold);
            Put(
                Typesetter.Fit(number, size, Weight.SemiBold, width),
                size,
                figure.Now.Amount is null ? Ink.Muted : Ink.Text,
                Weight.SemiBold,
                28,
                20
            );

            var arrow = figure.Change switch
            {
                > 0 => "\u25B2 ",
                < 0 => "\u25BC ",
                _ => "",
            };
            var change =
                FigureText.Change(figure, culture) is { Length: > 0 } changed ? arrow + changed
                : figure.Before is null ? ""
                : "no comparison";
            var word = figure.HasImproved switch
            {
                true => " better",
                false => " worse",
                null => "",
            };
            Small(change + word, PdfTables.Judged(figure.HasImproved) ?? Ink.Muted);
            if (FigureWords.Benchmark(figure, culture) is { Length: > 0 } benchmark)
            {
                Small($"Benchmark {benchmark}", PdfTables.Judged(figure.MeetsBenchmark) ?? Ink.Muted);
            }
            else if (figure.Of is { } n)
            {
                Small($"n = {n.ToString("N0", culture)}", Ink.Muted);
            }

            void Small(string text, SKColor ink)
            {
                var fitting = Typesetter.Shrink(text, 7.5f, 5, width, Weight.Regular);
                Put(Typesetter.Fit(text, fitting, Weight.Regular, width), fitting, ink, Weight.Regular, 7.5f * PdfFlow.Line);
            }

            // Smaller text keeps the base line of the size that it was shrunk from.
            void Put(string text, float size, SKColor ink, Weight weight, float room, float full = 0)
            {
                var down = Math.Max(full - size, 0) * Faces.Ascent;
                flow.Page.Text(
                    text,
                    new SKRect(x, y + down, x + width, y + Math.Max(room, down + (size * PdfFlow.Line))),
                    size,
                    ink,
                    weight
                );
                y += room;
            }
        }

        flow.Down(height);
    }

    private void Summary(ReportDocument report)
    {
        flow.Down(6);
        flow.Paragraph(string.Join(' ', report.Summary.Select(s => FigureText.Of(s, culture))), 9.5f, Ink.Text);
    }
}
