using System.Globalization;
using Plum.Domain.Reports;
using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>
/// A report as a document to keep: a first page of figures, then why, then what the figures mean.
/// </summary>
public static class PdfReport
{
    public static byte[] Render(ReportDocument report, CultureInfo culture) =>
        PdfFile.Write(
            Lay(report, culture),
            $"Service report, {report.ClientName}, {FigureText.Month(report.Frame.This.FirstDay, culture)}",
            "Service desk KPIs",
            report.Frame.MadeAtUtc
        );

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
        PdfFile.Frame(
            flow.Pages,
            report.ClientName,
            $"Service report, {now}",
            $"Made {report.Frame.MadeAtUtc.ToString("d MMM yyyy HH:mm", culture)} UTC by {report.MadeBy}",
            culture
        );
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
}
