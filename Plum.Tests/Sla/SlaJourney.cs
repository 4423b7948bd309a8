using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Sla;

/// <summary>Calendars, policies and jobs as an ops lead meets them.</summary>
[Collection(PortalCollection.Name)]
public class SlaJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_pages_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        string[] paths =
        [
            "/settings/calendars",
            "/settings/calendars/GB-OFFICE",
            "/settings/policies",
            "/settings/policies/GOLD",
            "/jobs?job=sla.sla-sweep",
        ];

        foreach (var path in paths)
        {
            await page.GotoAsync(Portal.At(path).ToString());
            await Expect(page.GetByRole(AriaRole.Table).First).ToBeVisibleAsync();
            await Browser.ShootAsync(page, $"sla{path.Split('?')[0].Replace('/', '-')}-{scheme}-{width}".ToLowerInvariant());
            Assert.Empty((await Browser.AccessibilityFaultsAsync(page)).Select(fault => $"{path} {fault}"));
            Assert.Equal((path, 0), (path, await Browser.SidewaysAsync(page)));
        }
    }

    [Fact]
    public async Task An_ops_lead_draws_a_policy_and_changes_it_and_the_history_and_the_audit_tell()
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GetByRole(AriaRole.Link, new() { Name = "SLA policies" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New policy" }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync("Journey");
        await page.GetByLabel("Code").FillAsync("JOURNEY");
        await page.GetByLabel("P1 first response").FillAsync("30 m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Browser.ComesToAsync(page, "/settings/policies/JOURNEY");

        await page.GetByLabel("P1 first response").FillAsync("45");
        await page.GetByLabel("P1 next response").FocusAsync();
        await Expect(page.GetByText("Write 45 m, 4 h or 1 h 30 m.")).ToBeVisibleAsync();
        await page.GetByLabel("P1 first response").FillAsync("45m");
        await page.GetByLabel("Why it changes").FillAsync("Agreed in March");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.GetByText("P1 first response: 30 m to 45 m")).ToBeVisibleAsync();
        await Expect(page.GetByText("Agreed in March")).ToBeVisibleAsync();
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var line = await db.AuditEntries.SingleAsync(a => a.Subject == "JOURNEY" && a.What == "Policy changed");
        Assert.Equal(
            ("Agreed in March", """{"P1.FirstResponse":30}""", """{"P1.FirstResponse":45}"""),
            (line.Why, line.Before, line.After)
        );
    }

    [Fact]
    public async Task A_job_asked_for_is_seen_to_have_run()
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GotoAsync(Portal.At("/jobs?job=audit.audit-seal").ToString());
        await page.GetByLabel("Also those that found nothing to do").CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Run now: Seals what was saved" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Last runs" }).GetByText("asked for").First).ToBeVisibleAsync();
    }
}
