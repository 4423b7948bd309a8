using Microsoft.Playwright;
using Plum.Domain.Access;

namespace Plum.Tests.Shared;

/// <summary>What every page has around it, as a person meets it.</summary>
[Collection(PortalCollection.Name)]
public class ShellJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_shell_is_accessible_and_fits_its_window(ColorScheme scheme, int width)
    {
        var page = await Browser.NewPageAsync(scheme, width);
        var outside = new List<string>();
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(Portal.Address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
            {
                outside.Add(request.Url);
            }
        };
        await Portal.SignInAsAsync(page, Role.OpsLead);

        await page.GetByRole(AriaRole.Heading, new() { Name = "Home", Level = 1 }).WaitForAsync();
        await Browser.ShootAsync(page, $"home-{scheme}-{width}".ToLowerInvariant());
        Assert.Empty(await Browser.AccessibilityFaultsAsync(page));
        Assert.Equal(0, await Browser.SidewaysAsync(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Profile" }).WaitForAsync();
        Assert.Empty(await Browser.AccessibilityFaultsAsync(page));
        Assert.Empty(outside);
    }

    [Fact]
    public async Task A_narrow_window_has_the_rail_in_a_drawer_that_closes_when_it_has_led_somewhere()
    {
        var page = await Browser.NewPageAsync(width: 400);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        var clients = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Clients" });
        await Assertions.Expect(clients).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await Browser.ShootAsync(page, "drawer-400");
        await clients.ClickAsync();

        await Browser.ComesToAsync(page, "/clients");
        await Assertions.Expect(clients).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_rail_shows_a_role_what_it_may_open_and_nothing_else()
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Auditor);
        var rail = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });

        Assert.Equal(
            [
                "Home",
                "Tickets",
                "Orders",
                "Deliveries",
                "Recipients",
                "Approvals",
                "Allocations",
                "Clients",
                "Catalogue",
                "Reports",
                "Limits",
                "Ledger",
                "Audit",
            ],
            (await rail.GetByRole(AriaRole.Listitem).AllInnerTextsAsync()).Select(t => t.Trim())
        );
    }

    [Fact]
    public async Task Dark_is_kept_by_who_chose_it_over_a_system_that_is_light()
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Agent);
        var light = await CanvasAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("body")).Not.ToHaveCSSAsync("background-color", light);
        var dark = await CanvasAsync(page);
        await page.ReloadAsync();

        Assert.Equal(dark, await CanvasAsync(page));

        static Task<string> CanvasAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }

    [Fact]
    public async Task The_keyboard_goes_anywhere_and_its_sheet_says_how()
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);

        await page.Keyboard.PressAsync("?");
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" });
        await sheet.GetByText("Go to Tickets").WaitForAsync();
        await Browser.ShootAsync(page, "keyboard");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await Browser.ComesToAsync(page, "/clients");
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_says_so()
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Agent);

        var answer = await page.GotoAsync(Portal.At("/nowhere/at/all").ToString());

        Assert.Equal(404, answer!.Status);
        await page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing at this address" }).WaitForAsync();
    }
}
