using Microsoft.Playwright;
using Plum.Domain.Access;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Tickets;

/// <summary>Macros as an ops lead writes them.</summary>
[Collection(PortalCollection.Name)]
public class MacroJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_list_and_the_sheet_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GotoAsync(Portal.At("/settings/macros").ToString());
        await Browser.ReadyAsync(page);
        await CheckAsync("macros");

        await page.GetByRole(AriaRole.Button, new() { Name = "Write macro" }).First.ClickAsync();
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Dear {{recipient.name}}, {{order.refrence}}");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Write macro" }).ClickAsync();
        await Expect(page.GetByText("Did you mean {{order.reference}}?")).ToBeVisibleAsync();
        await CheckAsync("macro");

        async Task CheckAsync(string what)
        {
            await Browser.ShootAsync(page, $"{what}-{scheme}-{width}".ToLowerInvariant());
            Assert.Empty((await Browser.AccessibilityFaultsAsync(page)).Select(fault => $"{what} {fault}"));
            Assert.Equal((what, 0), (what, await Browser.SidewaysAsync(page)));
        }
    }
}
