using System.Globalization;
using System.Text;
using System.Text.Json;
using ClosedXML.Excel;
using Plum.Data.Reports;
using Plum.Domain.Reports;
using Plum.Portal.Reports;
using Plum.Portal.Reports.Workbook;

namespace Plum.Tests.Reports;

public class ReportFilesTests
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    private static ReportContent Content(KpiFacts facts) =>
        new(
            new ReportRow(
                Guid.NewGuid(),
                Guid.NewGuid(),
                facts.ClientCode,
                facts.ClientName,
                facts.Frame.This.FirstDay,
                facts.Frame.This.LastDay,
                facts.Frame.MadeAtUtc,
                facts.MadeBy,
                false
            ),
            KpiReport.Write(facts),
            facts.Lines
        );

    [Fact]
    public void The_workbook_has_the_summary_a_sheet_a_section_the_tickets_and_the_definitions()
    {
        var report = Content(SampleFacts.Of(300));

        using var workbook = Open(WorkbookReport.Render(report, British));

        Assert.Equal(
            ["Summary", .. report.Document.Sections.Select(s => s.Title), "Tickets", "Definitions"],
            workbook.Worksheets.Select(w => w.Name)
        );
        var summary = workbook.Worksheet("Summary");
        var created = summary.RowsUsed().Single(r => r.Cell(1).GetString() == "Tickets created");
        Assert.Equal(XLDataType.Number, created.Cell(2).DataType);
        Assert.Equal(report.Document.Figure(Kpis.Created).Now.Amount, created.Cell(2).GetValue<decimal>());
        var median = summary.RowsUsed().Single(r => r.Cell(1).GetString() == "First response, median, working time");
        var minutes = median.Cell(2).GetDateTime().ToOADate() * 1440; // by its format ClosedXML reads it as a time of day
        Assert.Equal((double)report.Document.Figure(Kpis.ReplyMedian).Now.Amount!, minutes, 0.01);
        Assert.Equal("[h]:mm", median.Cell(2).Style.NumberFormat.Format);
    }

    [Fact]
    public void The_workbook_lists_each_ticket_that_some_figure_counts_once_with_what_it_counts_in()
    {
        var report = Content(SampleFacts.Of(300));
        var counted = new CountedTickets(report.Lines, report.Document.Frame);
        var expected = Enum.GetValues<Population>()
            .Where(p => p != Population.Identified)
            .SelectMany(p => counted.Of(p))
            .Select(c => c.Ticket.Id)
            .Distinct()
            .Count();

        using var workbook = Open(WorkbookReport.Render(report, British));

        var sheet = workbook.Worksheet("Tickets");
        var last = sheet.Row(1).LastCellUsed().Address.ColumnNumber;
        Assert.Equal("Counts in", sheet.Cell(1, last).GetString());
        Assert.Equal(expected, sheet.RowsUsed().Count() - 1);
        Assert.Equal(
            counted.Of(Population.Created).Count,
            sheet.RowsUsed().Count(r => r.Cell(last).GetString().Split("; ").Contains("Tickets created"))
        );
        Assert.Equal(XLDataType.DateTime, sheet.Cell(2, 2).DataType);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("+441234")]
    [InlineData("-2")]
    [InlineData("00123")]
    [InlineData("<b>&\u0001\uD83D\uDE00")]
    public void Text_from_outside_is_text_in_the_workbook_and_never_a_formula_or_a_number(string name)
    {
        var facts = SampleFacts.Of(120);
        var report = Content(
            facts with
            {
                ClientName = name,
                Lines = [.. facts.Lines.Select(l => l with { Category = name, Brand = name })],
            }
        );

        using var workbook = Open(WorkbookReport.Render(report, British));

        Assert.All(workbook.Worksheets.SelectMany(w => w.CellsUsed()), cell => Assert.False(cell.HasFormula));
        var brand = workbook.Worksheet("Tickets").Cell(2, 5);
        Assert.Equal(XLDataType.Text, brand.DataType);
        Assert.DoesNotContain(brand.GetString()[0], "=+-@");
        Assert.Equal(XLDataType.Text, workbook.Worksheet("Summary").Cell(1, 1).DataType);
    }

    [Fact]
    public void The_figures_are_json_by_code_with_null_for_no_data()
    {
        var some = JsonDocument.Parse(ReportFiles.Figures(Content(SampleFacts.Of(200)).Document)).RootElement;
        var none = JsonDocument.Parse(ReportFiles.Figures(Content(SampleFacts.Of(0)).Document)).RootElement;

        Assert.Equal("2026-06-01", some.GetProperty("from").GetString());
        Assert.Equal(Kpis.All.Count, some.GetProperty("figures").EnumerateObject().Count());
        var adherence = some.GetProperty("figures").GetProperty("sla.adherence");
        Assert.Equal(("percent", 95m), (adherence.GetProperty("unit").GetString(), adherence.GetProperty("benchmark").GetDecimal()));
        Assert.Equal(JsonValueKind.Null, none.GetProperty("figures").GetProperty("sla.adherence").GetProperty("value").ValueKind);
        Assert.Equal(0, none.GetProperty("figures").GetProperty("tickets.created").GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task All_three_files_are_written_under_the_clients_code_and_month()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"plum-report-{Guid.NewGuid():n}");
        try
        {
            var paths = await ReportFiles.WriteAsync(Content(SampleFacts.Of(50)), folder, British, default);

            Assert.Equal(["NORDBANK-2026-06.pdf", "NORDBANK-2026-06.xlsx", "NORDBANK-2026-06.json"], paths.Select(Path.GetFileName));
            Assert.Equal("%PDF", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(paths[0]), 0, 4));
            Assert.Equal("PK", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(paths[1]), 0, 2));
            Assert.Equal((byte)'{', (await File.ReadAllBytesAsync(paths[2]))[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static XLWorkbook Open(byte[] file) => new(new MemoryStream(file));
}
