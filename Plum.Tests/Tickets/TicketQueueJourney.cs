using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
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
        await page.GetByLabel("Select PLM-").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Owner")).ToBeVisibleAsync();
        await CheckAsync("queue-edit");

        async Task CheckAsync(string what)
        {
            if (what != "queue")
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
}
