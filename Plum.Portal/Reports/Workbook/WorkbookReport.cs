using System.Globalization;
using ClosedXML.Excel;
using Plum.Data.Reports;
using Plum.Domain.Reports;

namespace Plum.Portal.Reports.Workbook;

/// <summary>
/// A report as a workbook: the summary, a sheet a section, the tickets behind the figures, the definitions. Every number is a typed number with
/// a format, so that a reader can go on reckoning with it; every text is inert.
/// </summary>
public static class WorkbookReport
{
    public const string Tickets = "Tickets";

    public static byte[] Render(ReportContent report, CultureInfo culture)
    {
        using var workbook = new XLWorkbook();
        workbook.Style.Font.FontName = "Arial";
        workbook.Style.Font.FontSize = 10;
        workbook.Properties.Title = WorkbookSheet.Inert($"Service report, {report.Document.ClientName}");
        workbook.Properties.Author = "Plum";
        workbook.Properties.Created = report.Document.Frame.MadeAtUtc;

        Summary(workbook, report.Document, culture);
        foreach (var section in report.Document.Sections)
        {
            Section(workbook, report.Document, section, culture);
        }

        var tickets = new WorkbookTickets(report);
        tickets.Lay(workbook);
        Definitions(workbook, report.Document);

        using var stream = new MemoryStream();
        workbook.SaveAs(stream);
        return tickets.Fill(stream);
    }

    private static void Summary(XLWorkbook workbook, ReportDocument report, CultureInfo culture)
    {
        var sheet = new WorkbookSheet(workbook, "Summary", [46, 14, 14, 12, 14, 12, 44]);
        var frame = report.Frame;
        sheet.Title(report.ClientName);
        sheet.Line($"Service report, {FigureText.Month(frame.This.FirstDay, culture)}");
        sheet.Line(
            $"{FigureText.Day(frame.This.FirstDay, culture)} to {FigureText.Day(frame.This.LastDay, culture)}, in the time of {frame.TimeZoneId}. Compared with {FigureText.Month(frame.Before.FirstDay, culture)}."
        );
        sheet.Line($"Made {frame.MadeAtUtc.ToString("d MMM yyyy HH:mm", culture)} UTC by {report.MadeBy}.");
        sheet.Skip();
        foreach (var sentence in report.Summary)
        {
            sheet.Line(FigureText.Of(sentence, culture));
        }

        sheet.Skip();
        sheet.Figures(report.AtAGlance, report.Frame, culture);
        foreach (var note in report.Footnotes)
        {
            sheet.Line(FigureText.Of(note, culture));
        }

        sheet.Print();
    }

    private static void Section(XLWorkbook workbook, ReportDocument report, ReportSection section, CultureInfo culture)
    {
        var sheet = new WorkbookSheet(workbook, section.Title, [46, 24, 16, 24, 16, 16, 16, 16]);
        sheet.Title(section.Title);
        foreach (var sentence in section.Lead)
        {
            sheet.Line(FigureText.Of(sentence, culture));
        }

        if (section.Figures.Count > 0)
        {
            sheet.Skip();
            sheet.Figures(section.Figures, report.Frame, culture);
        }

        foreach (var table in section.Tables)
        {
            sheet.Skip();
            sheet.Table(table, culture);
        }

        // A chart whose numbers no table of the section has is given as a table.
        foreach (var chart in section.Charts.Where(c => c.LabelsAreDays))
        {
            sheet.Skip();
            sheet.Table(Data(chart), culture);
        }

        foreach (var note in section.Notes)
        {
            sheet.Line(FigureText.Of(note, culture));
        }

        sheet.Print();
    }

    private static ReportTable Data(ReportChart chart) =>
        new(
            chart.Key,
            chart.Title,
            [new("Day"), .. chart.Series.Select(s => new TableColumn(s.Name, chart.Unit))],
            [
                .. chart.Labels.Select(
                    (label, i) =>
                        new TableRow([Cell.Of(label), .. chart.Series.Select(s => Cell.Of(new Quantity(s.Values[i], chart.Unit)))])
                ),
            ],
            null,
            ""
        );

    private static void Definitions(XLWorkbook workbook, ReportDocument report)
    {
        var sheet = new WorkbookSheet(workbook, "Definitions", [32, 110]);
        sheet.Title("Definitions");
        sheet.Skip();
        foreach (var definition in report.Definitions)
        {
            sheet.Pair(definition.Term, definition.Text);
        }

        sheet.Print();
    }
}
