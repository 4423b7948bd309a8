using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Tickets;

/// <summary>A client's contact hands a complaint over, an agent takes it on, and the client sees where it stands.</summary>
[Collection(PortalCollection.Name)]
public class ComplaintJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_pages_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.Partner, Binding.Client);
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var contact = await db.Users.SingleAsync(u => u.Email == "cleo.contact@plum.example");
        var answered = await db
            .Tickets.Where(t => t.ClientId == contact.ClientId && t.Stage == Stage.Final)
            .Where(t => db.TicketMessages.Any(m => m.TicketId == t.Id && m.Kind == MessageKind.Reply))
            .OrderBy(t => t.Id)
            .Select(t => t.Id)
            .FirstAsync();

        foreach (var path in new[] { "/complaints", "/complaints/new", $"/complaints/{TicketReference.Of(answered)}" })
        {
            await page.GotoAsync(Portal.At(path).ToString());
            await Browser.ReadyAsync(page);
            await Expect(page.Locator("main table, main form, main .said").First).ToBeVisibleAsync();
            if (path.EndsWith("new", StringComparison.Ordinal))
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Hand it over" }).ClickAsync();
                await Expect(page.GetByText("Subject is missing. Fill it in.")).ToBeVisibleAsync();
            }

            await Browser.ShootAsync(page, $"{path.Split('/')[^1]}-{scheme}-{width}".ToLowerInvariant());
            Assert.Empty((await Browser.AccessibilityFaultsAsync(page)).Select(fault => $"{path} {fault}"));
            Assert.Equal((path, 0), (path, await Browser.SidewaysAsync(page)));
        }
    }

    [Fact]
    public async Task A_complaint_is_handed_over_accepted_by_an_agent_and_seen_to_be_on_its_way()
    {
        var client = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(client, Role.Partner, Binding.Client);
        await client.GetByRole(AriaRole.Link, new() { Name = "Complaints" }).First.ClickAsync();
        await client.GetByRole(AriaRole.Link, new() { Name = "Hand over a complaint" }).First.ClickAsync();
        await client.GetByLabel("What is it about?").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await client.GetByLabel("Subject").FillAsync("Nobody in Lyon got a card");
        await client.GetByLabel("What happened").FillAsync("Eleven people wait since Monday.");
        await client.GetByRole(AriaRole.Button, new() { Name = "Hand it over" }).ClickAsync();
        await Browser.ComesToAsync(client, "/complaints/PLM-*");
        var reference = client.Url.Split('/')[^1];
        await Expect(client.Locator(".page-header").GetByText("Handed over")).ToBeVisibleAsync();

        var agent = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(agent, Role.Agent);
        await agent.GotoAsync(Portal.At($"/tickets/{reference}").ToString());
        await Browser.ReadyAsync(agent);
        await agent.GetByLabel("Disposition").SelectOptionAsync("CancellationRequested");

        await Expect(client.Locator(".page-header").GetByText("Handed over")).ToBeHiddenAsync(new() { Timeout = 10_000 });
        await client.GotoAsync(Portal.At($"/tickets/{reference}").ToString());
        await Browser.ComesToAsync(client, $"/complaints/{reference}");
    }
}
