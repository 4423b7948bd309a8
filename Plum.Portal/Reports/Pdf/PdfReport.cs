using System.Globalization;
using Plum.Domain.Reports;
using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>
/// A report as a document to keep: a first page of figures, then why, then what the figures mean. The one place that knows Skia; another PDF
/// library would take over from here.
/// </summary>
public static class PdfReport
{
    public static byte[] Render(ReportDocument report, CultureInfo culture)
    {
        using var stream = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata
        {
            Title = $"Service report, {report.ClientName}, {FigureText.Month(report.Frame.This.FirstDay, culture)}",
            Author = "Plum",
            Subject = "Service desk KPIs",
            Creation = report.Frame.MadeAtUtc,
            Modified = report.Frame.MadeAtUtc,
            RasterDpi = 144,
            EncodingQuality = 100,
            PdfA = true,
        };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            foreach (var page in Lay(report, culture))
            {
                page.Draw(document.BeginPage(PdfPage.Width, PdfPage.Height));
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    /// <summary>The pages as they will be drawn.</summary>
    internal static IReadOnlyList<PdfPage> Lay(ReportDocument report, CultureInfo culture)
    {
        var flow = new PdfFlow();
        var (tables, charts) = (new PdfTables(flow, culture), new PdfCharts(flow, culture));
        new PdfFront(flow, tables, culture).Write(report);

        var (now, before) = (
            FigureText.Month(report.Frame.This.FirstDay, culture),
            FigureText.Month(report.Frame.Before.FirstDay, culture)
        );
        flow.NewPage();
        foreach (var section in report.Sections)
        {
            flow.Section(section.Title, keep: 90);
            foreach (var sentence in section.Lead)
            {
                flow.Paragraph(FigureText.Of(sentence, culture), 9.5f, Ink.Text);
            }

            if (section.Figures.Count > 0)
            {
                flow.Down(6);
                tables.Write(
                    section.Figures,
                    now,
                    section.Figures.Any(f => f.Remark is not null) && section.Key == "escalations" ? "Before" : before
                );
            }

            foreach (var chart in section.Charts)
            {
                charts.Write(chart);
            }

            foreach (var table in section.Tables)
            {
                tables.Write(table);
            }

            foreach (var note in section.Notes)
            {
                flow.Down(4);
                flow.Paragraph(FigureText.Of(note, culture), 8, Ink.Muted);
            }
        }

        Definitions(flow, report);
        Frame(flow.Pages, report, culture);
        return flow.Pages;
    }

    private static void Definitions(PdfFlow flow, ReportDocument report)
    {
        const float size = 8.5f;
        const float term = 130;
        flow.NewPage();
        flow.Section("Definitions", keep: 60);
        foreach (var definition in report.Definitions)
        {
            var names = Typesetter.Wrap(definition.Term, size, Weight.SemiBold, term - 12);
            var lines = Typesetter.Wrap(definition.Text, size, Weight.Regular, PdfPage.Measure - term);
            flow.Need((Math.Max(names.Count, lines.Count) * size * PdfFlow.Line) + 8);
            flow.Page.Rule(PdfPage.Left, flow.Y, PdfPage.Right, flow.Y, Ink.Hair);
            var top = flow.Y + 4;
            flow.To(top);
            Put(names, PdfPage.Left, term - 12, Weight.SemiBold);
            var below = flow.Y;
            flow.To(top);
            Put(lines, PdfPage.Left + term, PdfPage.Measure - term, Weight.Regular);
            flow.To(Math.Max(below, flow.Y) + 4);
        }

        void Put(IReadOnlyList<string> lines, float left, float width, Weight weight)
        {
            foreach (var line in lines)
            {
                flow.Page.Text(line, new SKRect(left, flow.Y, left + width, flow.Y + (size * PdfFlow.Line)), size, Ink.Text, weight);
                flow.Down(size * PdfFlow.Line);
            }
        }
    }

    /// <summary>Running head and foot, put last because only now the number of pages is known.</summary>
    private static void Frame(IReadOnlyList<PdfPage> pages, ReportDocument report, CultureInfo culture)
    {
        const float size = 7.5f;
        var month = FigureText.Month(report.Frame.This.FirstDay, culture);
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            if (i > 0)
            {
                const float y = 34;
                var half = PdfPage.Measure * 0.65f;
                page.Text(
                    Typesetter.Fit(report.ClientName, size, Weight.SemiBold, half),
                    new SKRect(PdfPage.Left, y, PdfPage.Left + half, y + 11),
                    size,
                    Ink.Text,
                    Weight.SemiBold
                );
                page.Text(
                    Typesetter.Fit($"Service report, {month}", size, Weight.Regular, PdfPage.Measure - half - 8),
                    new SKRect(PdfPage.Left + half + 8, y, PdfPage.Right, y + 11),
                    size,
                    Ink.Muted,
                    align: Align.Right
                );
                page.Rule(PdfPage.Left, y + 14, PdfPage.Right, y + 14, Ink.Hair);
            }

            const float foot = PdfPage.Height - 36;
            var made = $"Made {report.Frame.MadeAtUtc.ToString("d MMM yyyy HH:mm", culture)} UTC by {report.MadeBy}";
            page.Text(
                Typesetter.Fit(made, size, Weight.Regular, PdfPage.Measure * 0.7f),
                new SKRect(PdfPage.Left, foot, PdfPage.Left + (PdfPage.Measure * 0.7f), foot + 11),
                size,
                Ink.Muted
            );
            page.Text(
                $"Page {(i + 1).ToString(culture)} of {pages.Count.ToString(culture)}",
                new SKRect(PdfPage.Right - 120, foot, PdfPage.Right, foot + 11),
                size,
                Ink.Muted,
                align: Align.Right
            );
        }
    }
}
