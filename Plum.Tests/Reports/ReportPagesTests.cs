using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Reports;
using Plum.Domain.Access;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Portal.Reports;
using Plum.Tests.Shared;

namespace Plum.Tests.Reports;

public class ReportPagesTests
{
    [Fact]
    public async Task A_report_says_whose_it_is_and_each_of_its_numbers_leads_to_its_tickets()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var view = await MadeAsync(plum);
        await using var screen = PlumScreen.Of(plum, PlumDatabase.Lead, Role.OpsLead);

        var page = screen.Render<ReportPage>(p => p.Add(c => c.Id, view.Row.Id));

        await page.WaitForElementAsync("h1");
        Assert.Equal("ACME Corporation", page.Find("h1").TextContent);
        Assert.Contains("March 2026", page.Find(".page-header").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            view.Document.Headlines.Select(f => FigureText.Of(f.Now, System.Globalization.CultureInfo.GetCultureInfo("en-GB"))),
            page.FindAll(".figures .value").Select(v => v.TextContent)
        );
        Assert.Equal(
            view.Document.Sections.Select(s => s.Title).Append("Definitions"),
            page.FindAll(".report h2").Select(h => h.TextContent)
        );
        Assert.Equal($"/reports/{view.Row.Id}/tickets?figure=Created", page.Find(".figures a").GetAttribute("href"));
        Assert.Equal($"/reports/{view.Row.Id}/pdf", page.FindAll(".actions a")[0].GetAttribute("href"));
    }

    [Fact]
    public async Task Every_chart_has_a_name_words_for_those_who_cannot_see_it_and_its_table()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var view = await MadeAsync(plum);
        await using var screen = PlumScreen.Of(plum, PlumDatabase.Lead, Role.OpsLead);

        var page = screen.Render<ReportPage>(p => p.Add(c => c.Id, view.Row.Id));

        await page.WaitForElementAsync("h1");
        var drawn = page.FindAll("figure.report-chart").Where(f => f.QuerySelector("[role=img]") is not null).ToList();
        Assert.NotEmpty(drawn);
        Assert.All(drawn, f => Assert.NotEmpty(f.QuerySelector("figcaption")!.TextContent));
        Assert.All(drawn, f => Assert.NotEmpty(f.QuerySelector("[role=img]")!.GetAttribute("aria-label")!));
        Assert.All(drawn, f => Assert.NotEmpty(f.QuerySelectorAll("details table tbody tr")));
    }

    [Fact]
    public async Task The_tickets_behind_a_number_are_as_many_as_it_says()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var view = await MadeAsync(plum);
        await using var screen = PlumScreen.Of(plum, PlumDatabase.Lead, Role.OpsLead);
        screen.Get<NavigationManager>().NavigateTo(ReportTicketsPage.Address(view.Row.Id, view.Document.Figure(Kpis.Created).Opens!, 1));

        var page = screen.Render<ReportTicketsPage>(p => p.Add(c => c.Id, view.Row.Id));

        await page.WaitForElementAsync("h1");
        Assert.Equal("Tickets created, 2026-03-01 to 2026-03-31", page.Find("h1").TextContent);
        Assert.Equal(view.Document.Figure(Kpis.Created).Now.Amount, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Somebody_elses_report_and_a_figure_that_does_not_exist_say_so()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var view = await MadeAsync(plum);
        var stranger = PlumDatabase.Bound(await plum.HasClientAsync("OTHER"), Role.Executive);
        await using var screen = PlumScreen.Of(plum, stranger, Role.Executive);

        var page = screen.Render<ReportPage>(p => p.Add(c => c.Id, view.Row.Id));
        await page.WaitForAssertionAsync(() => Assert.Contains("No such report", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("ACME", page.Markup, StringComparison.Ordinal);

        screen.Get<NavigationManager>().NavigateTo(ReportTicketsPage.Address(view.Row.Id, "Nonsense", 1));
        var behind = screen.Render<ReportTicketsPage>(p => p.Add(c => c.Id, view.Row.Id));
        await behind.WaitForAssertionAsync(() => Assert.Contains("No such figure", behind.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_library_lists_reports_with_their_files_and_makes_one_now()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var view = await MadeAsync(plum);
        await using var screen = PlumScreen.Of(plum, PlumDatabase.Lead, Role.OpsLead);
        var page = screen.Render<ReportsPage>();
        await page.WaitForElementAsync("tbody tr");
        Assert.Equal($"/reports/{view.Row.Id}/workbook", page.FindAll("tbody tr a")[^1].GetAttribute("href"));

        await page.FindAll("button").Single(b => b.TextContent.Contains("Make a report", StringComparison.Ordinal)).ClickAsync();
        await page.Find("form select").ChangeAsync("ACME");
        await page.Find("form").SubmitAsync();
        Assert.Equal(ReportRefusals.MonthForm.Message, page.Find("form [role=alert]").TextContent.Trim());
        Assert.Equal("ACME", page.Find("form select").GetAttribute("value")); // nothing chosen is lost
        await page.Find("form input[type=month]").ChangeAsync("2031-01");
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Equal(ReportRefusals.NotBegun.Message, page.Find("form [role=alert]").TextContent.Trim())
        );
        await page.Find("form input[type=month]").ChangeAsync("2026-02");
        await page.Find("form").SubmitAsync();

        var made = (await plum.Get<ReportService>().ListAsync(new ReportListQuery(null, null, 0, 10), PlumDatabase.Lead, default)).Rows;
        Assert.Equal(2, made.Count);
        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith($"/reports/{made[1].Id}", screen.Get<BunitNavigationManager>().Uri, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_reader_sees_the_library_and_cannot_make_reports()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = PlumScreen.Of(plum, PlumDatabase.Person("Exe Cutive", Role.Executive), Role.Executive);

        var page = screen.Render<ReportsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("No reports yet", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Make a report", page.Markup, StringComparison.Ordinal);
    }

    private static async Task<ReportView> MadeAsync(PlumDatabase plum)
    {
        var history = await ReportHistory.OfAsync(plum);
        var first = await history.At(3, 4).OpenedAsync();
        await history.At(3, 4, 2).RepliedAsync(first);
        await history.At(3, 6).MovedAsync(first, "Resolved");
        await history.At(3, 10).OpenedAsync("Failed redemption");
        return await history.At(4, 1, 6).MadeAsync();
    }
}
