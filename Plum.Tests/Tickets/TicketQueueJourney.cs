using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Tickets;

/// <summary>The queue as people meet it who live in it all day.</summary>
[Collection(PortalCollection.Name)]
public class TicketQueueJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_queue_is_accessible_and_fits_its_window_whatever_is_open_on_it(ColorScheme scheme, int width)
    {
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GotoAsync(Portal.At("/tickets?view=open&severity=p2,p3").ToString());
        await Browser.ReadyAsync(page);
        await CheckAsync("queue");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await CheckAsync("queue-save-view");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views", Exact = true }).ClickAsync();
        await CheckAsync("queue-views");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        await CheckAsync("queue-export", dialog: false);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByLabel("Select PLM-").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Owner")).ToBeVisibleAsync();
        await CheckAsync("queue-edit");

        async Task CheckAsync(string what, bool dialog = true)
        {
            if (dialog && what != "queue")
            {
                await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            }

            await Browser.ShootAsync(page, $"{what}-{scheme}-{width}".ToLowerInvariant());
            Assert.Equal(
                (what, 0, ""),
                (what, await Browser.SidewaysAsync(page), string.Join('\n', await Browser.AccessibilityFaultsAsync(page)))
            );
        }
    }

    [Fact]
    public async Task An_ops_lead_finds_sorts_pages_selects_changes_exports_and_keeps_the_view()
    {
        await HaveAsync("Journeyman", 60);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GotoAsync(Portal.At("/tickets?view=all").ToString());
        await Browser.ReadyAsync(page);

        await page.GetByLabel("Search subjects and messages").FillAsync("journeyman");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("60 tickets, 1 to 50")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Severity" }).ClickAsync();
        await page.GetByLabel("P3", new() { Exact = true }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Severity: P3" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ticket", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("Ticket");
        await Expect(page.Locator(".queue-table .row-link").First).ToHaveTextAsync(await ReferenceAsync("Journeyman 0"));
        await page.GetByLabel("Next page").ClickAsync();
        await Expect(page.GetByText("60 tickets, 51 to 60")).ToBeVisibleAsync();

        await page.GetByLabel("Select the page").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all 60" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Change 60 tickets" });
        await sheet.GetByLabel("Waits on").SelectOptionAsync("the supplier");
        await sheet.GetByLabel("Why").FillAsync("The brand is down");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Change 60 tickets" }).ClickAsync();
        await Expect(page.GetByText("60 of 60 tickets changed:")).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "queue-changed");
        var results = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync()
        );
        Assert.Equal(60, (await LinesAsync(results)).Count(l => l.EndsWith(",changed,", StringComparison.Ordinal)));
        await page.GetByLabel("Put away").ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "CSV, 60 tickets" }).ClickAsync()
        );
        var lines = await LinesAsync(file);
        Assert.Equal(61, lines.Count);
        Assert.All(lines.Skip(1), l => Assert.Contains(",Journeyman ", l, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Of the journey");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Expect(
                page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { Name = "Of the journey 60" })
            )
            .ToHaveAttributeAsync("aria-current", "page");

        await using var db = await DbAsync();
        Assert.Equal(60, await db.AuditEntries.CountAsync(a => a.What == "Waiting changed" && a.Why == "The brand is down"));
        var exported = await db.AuditEntries.Where(a => a.What == "Exported").OrderBy(a => a.Id).LastAsync();
        Assert.Contains("\"tickets\":60", exported.After, StringComparison.Ordinal);
        Assert.True(await db.AuditEntries.AnyAsync(a => a.What == "View saved" && a.Subject == "View Of the journey"));
    }

    [Fact]
    public async Task What_somebody_else_changes_is_marked_while_one_stays_where_one_is()
    {
        await HaveAsync("Bystander", 55);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GotoAsync(Portal.At("/tickets?view=open&q=bystander&sort=number&page=2").ToString());
        await Browser.ReadyAsync(page);
        await Expect(page.Locator(".queue-table .row-link")).ToHaveCountAsync(5);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x"); // the second row is ticked, and has the focus
        var before = await page.Locator(".queue-table .row-link").AllTextContentsAsync();

        await using var db = await DbAsync();
        var theirs = await db.Tickets.AsNoTracking().SingleAsync(t => t.Subject == "Bystander 52");
        var moved = await Portal
            .Get<TicketService>()
            .MoveAsync(new MoveTicket(theirs.Id, theirs.Version, Dispositions.Resolved), PlumDatabase.Lead, default);
        Assert.IsType<Outcome.Done>(moved);

        // Nobody asked for it: the count follows and the row is marked, and no row moves, nor the focus, nor the tick.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "1 changed, show" })).ToBeVisibleAsync();
        await Expect(page.Locator("tr.changed .row-link")).ToHaveTextAsync([TicketReference.Of(theirs.Id)]);
        Assert.Equal(before, await page.Locator(".queue-table .row-link").AllTextContentsAsync());
        Assert.Equal(before[1], await page.EvaluateAsync<string>("() => document.activeElement.querySelector('.row-link').textContent"));
        await Browser.ShootAsync(page, "queue-others");

        await page.Keyboard.PressAsync(".");
        await Expect(page.Locator(".queue-table .row-link")).ToHaveTextAsync(before.Where(r => r != TicketReference.Of(theirs.Id)));
        await Expect(page.GetByLabel($"Select {before[1]}")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task An_agent_takes_the_next_ticket_by_a_key()
    {
        await HaveAsync("Next please", 1);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Agent);
        await page.GotoAsync(Portal.At("/tickets?view=unassigned").ToString());
        await Browser.ReadyAsync(page);

        await page.Keyboard.PressAsync("t");

        await Browser.ComesToAsync(page, "/tickets/PLM-*");
        var reference = page.Url.Split('/')[^1];
        await Expect(page.GetByText($"{reference} is yours.")).ToBeVisibleAsync();
        await using var db = await DbAsync();
        Assert.Equal(
            "Ana Agent",
            await db.AuditEntries.Where(a => a.Subject == reference && a.What == "Assigned").Select(a => a.Who).SingleAsync()
        );
    }

    /// <summary>Open tickets that nobody owns, P3, of the demonstration's first client: "Journeyman 0", "Journeyman 1" ...</summary>
    private async Task HaveAsync(string subject, int count)
    {
        await using var db = await DbAsync();
        var client = await db.Clients.OrderBy(c => c.Code).FirstAsync();
        var category = await db.Categories.OrderBy(c => c.Name).FirstAsync(c => c.IsActive);
        for (var n = 0; n < count; n++)
        {
            var opened = await Portal
                .Get<TicketService>()
                .OpenAsync(
                    new OpenTicket(client.Id, category.Id, $"{subject} {n}", IntakeChannel.Email, Severity: Severity.P3),
                    PlumDatabase.Lead,
                    TestContext.Current.CancellationToken
                );
            Assert.IsType<Outcome.Done>(opened);
        }
    }

    private async Task<string> ReferenceAsync(string subject)
    {
        await using var db = await DbAsync();
        return TicketReference.Of(await db.Tickets.Where(t => t.Subject == subject).Select(t => t.Id).SingleAsync());
    }

    private Task<PlumDbContext> DbAsync() => Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();

    private static async Task<IReadOnlyList<string>> LinesAsync(IDownload file) =>
        (await File.ReadAllTextAsync(await file.PathAsync())).TrimEnd().Split("\r\n");
}
