using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Corrections;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Approvals;

/// <summary>The checker's desk as a checker uses it.</summary>
[Collection(PortalCollection.Name)]
public class ApprovalsJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Fact]
    public async Task A_checker_decides_by_the_keyboard_and_another_screen_says_who_decided()
    {
        var reference = await AskGoodwillAsync();
        var (mine, others) = (await Browser.NewPageAsync(), await Browser.NewPageAsync());
        await Portal.SignInAsAsync(mine, Role.Checker);
        await Portal.SignInAsAsync(others, Role.OpsLead);
        await mine.GotoAsync(Portal.At($"/approvals?q={reference}").ToString());
        await Browser.ReadyAsync(mine);
        await mine.Keyboard.PressAsync("j");
        await mine.Keyboard.PressAsync("Enter");
        await Browser.ComesToAsync(mine, $"/approvals/{reference}");
        await Expect(mine.Locator(".decide")).ToBeVisibleAsync();
        await others.GotoAsync(Portal.At($"/approvals/{reference}").ToString());
        await Browser.ReadyAsync(others);
        await others.Keyboard.PressAsync("n");
        await others.GetByLabel("Reason").FillAsync("Half a sen");

        await mine.Keyboard.PressAsync("y");
        await Expect(mine.GetByText("as goodwill.").First).ToBeVisibleAsync();
        await mine.GetByRole(AriaRole.Form).GetByRole(AriaRole.Button, new() { NameString = "Approve" }).ClickAsync();

        await Expect(mine.GetByText($"{reference}: approved.")).ToBeVisibleAsync();
        await Expect(others.GetByText("Chao Checker approved")).ToBeVisibleAsync();
        await Expect(others.GetByLabel("Reason")).ToHaveValueAsync("Half a sen");
        await Expect(others.Locator($".desk-rows a[href*='{reference}']")).ToHaveCountAsync(0);
    }

    /// <summary>By Ana, on some open ticket of the demonstration.</summary>
    private async Task<string> AskGoodwillAsync()
    {
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var ana = await db.Users.SingleAsync(u => u.Email == "ana.agent@plum.example");
        var ticket = await db
            .Tickets.Where(t => t.Stage != Stage.Final && t.RecipientId != null && t.MergedIntoId == null)
            .Where(t => !db.ApprovalRequests.Any(r => r.TicketId == t.Id))
            .OrderBy(t => t.Id)
            .FirstAsync();
        var key = AccountKey.Goodwill(partnerId: null, "EUR");
        var fund = await db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.Id).SingleAsync();
        var asked = await Portal
            .Get<CorrectionService>()
            .AskAsync(
                new AskCorrection.Goodwill(
                    ticket.Id,
                    ticket.RecipientId!.Value,
                    fund,
                    new Money(1_500, "EUR"),
                    ReasonCode.ServiceFailure,
                    "Waited nine days for an answer."
                ),
                new Actor(ana.Id, ana.DisplayName, RoleActs.Of(Role.Agent)),
                default
            );
        return asked is Outcome.Done { Key: { } made } ? made : throw new InvalidOperationException($"{asked}");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_desk_the_limits_and_the_ledger_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        foreach (
            var (name, path) in new[]
            {
                ("approvals", "/approvals?shelf=all"),
                ("limits", "/settings/limits?kind=refund"),
                ("delegations", "/approvals/delegations"),
                ("emergency", "/approvals/emergency"),
                ("ledger", "/ledger?kind=goodwillfund"),
                ("trial", "/ledger/trial"),
            }
        )
        {
            await page.GotoAsync(Portal.At(path).ToString());
            await Browser.ReadyAsync(page);
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            await CheckAsync(name);
        }

        await page.GotoAsync(Portal.At("/approvals?shelf=all&state=executed").ToString());
        await Browser.ReadyAsync(page);
        await page.Locator(".desk-rows .row-link").First.ClickAsync();
        await Expect(page.Locator(".decide")).ToBeVisibleAsync();
        await CheckAsync("request");

        async Task CheckAsync(string what)
        {
            await Browser.ShootAsync(page, $"{what}-{scheme}-{width}".ToLowerInvariant());
            Assert.Empty((await Browser.AccessibilityFaultsAsync(page)).Select(fault => $"{what} {fault}"));
            Assert.Equal((what, 0), (what, await Browser.SidewaysAsync(page)));
        }
    }
}
