using System.Globalization;
using System.Text;
using Plum.Domain.Reports;
using Plum.Portal.Reports.Pdf;

namespace Plum.Tests.Reports;

public class PdfReportTests
{
    /// <summary>300 characters that hardly break.</summary>
    private static readonly string Long = string.Concat(
        Enumerable.Repeat("Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung ", 5)
    )[..300];

    public static TheoryData<string, string, int> Readers =>
        new()
        {
            { "en-GB", "Acme", 500 },
            { "de-CH", Long, 500 },
            { "fr-FR", "Société Générale Récompenses", 90_000 },
            { "hi-IN", "भारतीय स्टेट बैंक कर्मचारी पुरस्कार", 500 },
            { "ar-SA", "مكافآت الموظفين شركة المملكة", 500 },
            { "ka-GE", new string('W', 300), 500 },
            { "en-GB", "Nothing happened here", 0 },
        };

    [Theory]
    [MemberData(nameof(Readers))]
    public void Nothing_leaves_its_box_or_touches_another_text_whatever_the_names_numbers_and_locale(
        string culture,
        string client,
        int tickets
    )
    {
        var report = Huge(KpiReport.Write(SampleFacts.Of(tickets, client, client.Length > 60 ? client : null)));

        var pages = PdfReport.Lay(report, CultureInfo.GetCultureInfo(culture));

        PdfLayout.IsSound(pages);
    }

    [Fact]
    public void The_first_page_says_whose_report_it_is_and_holds_all_headline_figures()
    {
        var report = KpiReport.Write(SampleFacts.Of(640));

        var first = PdfReport.Lay(report, CultureInfo.GetCultureInfo("en-GB"))[0].Placed.OfType<PlacedText>().Select(t => t.Text).ToList();

        Assert.Contains("Nordbank Employee Rewards", first);
        Assert.Contains("June 2026", first);
        Assert.All(report.AtAGlance, f => Assert.Contains(FigureText.Of(f.Now, CultureInfo.GetCultureInfo("en-GB")), first));
        Assert.Equal("Page 1 of 12", first[^1]);
    }

    [Fact]
    public void The_file_is_an_archivable_pdf_with_its_fonts_inside_and_real_text()
    {
        var report = KpiReport.Write(SampleFacts.Of(200));

        var pdf = PdfReport.Render(report, CultureInfo.GetCultureInfo("en-GB"));

        var text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-1.", text, StringComparison.Ordinal);
        Assert.Contains("+Inter-SemiBold", text, StringComparison.Ordinal);
        Assert.Contains("/ToUnicode", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/Subtype /Image", text, StringComparison.Ordinal);
        Assert.Contains("pdfaid:part", text, StringComparison.Ordinal);
    }

    /// <summary>Figures as large as they can get.</summary>
    private static ReportDocument Huge(ReportDocument report) =>
        report with
        {
            Headlines =
            [
                .. report.Headlines.Select(f => f.Now.Amount is { } n ? f with { Now = f.Now with { Amount = n * 1_000_000_000m } } : f),
            ],
            AtAGlance =
            [
                .. report.AtAGlance.Select(f => f.Now.Amount is { } n ? f with { Now = f.Now with { Amount = n * 1_000_000_000m } } : f),
            ],
        };
}
