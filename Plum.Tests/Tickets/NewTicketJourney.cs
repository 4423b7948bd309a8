using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Tickets;

/// <summary>A ticket is opened by hand: what is known of the matter already is shown while it is typed.</summary>
[Collection(PortalCollection.Name)]
public class NewTicketJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    private async Task<PlumDbContext> DatabaseAsync() => await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();

    /// <summary>An order about which nobody has complained yet.</summary>
    private async Task<Order> QuietOrderAsync(int skip)
    {
        await using var db = await DatabaseAsync();
        return await db
            .Orders.Where(o => !db.Tickets.Any(t => t.RecipientId == o.RecipientId))
            .Where(o => db.Clients.Any(c => c.Id == o.ClientId && c.IsActive))
            .OrderByDescending(o => o.Id)
            .Skip(skip)
            .FirstAsync();
    }

    [Fact]
    public async Task What_is_complained_of_a_second_time_is_recognised_while_it_is_typed_and_opened_all_the_same()
    {
        var order = await QuietOrderAsync(0);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Agent);
        await page.GotoAsync(Portal.At($"/orders/{OrderReference.Of(order.Id)}").ToString());
        await Browser.ReadyAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Open ticket from this order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New ticket" })).ToBeVisibleAsync();
        await Expect(page.GetByText("It may be known already")).ToBeHiddenAsync();
        await OpenAsync(page, "My gift card never came");
        await Expect(page.GetByText("It was promised for Monday.")).ToBeVisibleAsync();
        var first = page.Url.Split('/')[^1];

        await page.GetByRole(AriaRole.Link, new() { Name = "Open another" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New ticket" })).ToBeFocusedAsync(); // or it takes the cursor away
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Order" }).PressSequentiallyAsync(OrderReference.Of(order.Id));
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = OrderReference.Of(order.Id) }).ClickAsync(); // not what half the number finds
        var known = page.GetByRole(AriaRole.Region, new() { Name = "It may be known already" });
        await Expect(known.GetByRole(AriaRole.Link, new() { Name = first })).ToBeVisibleAsync();
        await Expect(known.GetByText("Same order")).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "new-ticket-known");
        await OpenAsync(page, "Gift cards never came");

        await using var db = await DatabaseAsync();
        var second = TicketReference.Parse(page.Url.Split('/')[^1])!.Value;
        var ticket = await db.Tickets.SingleAsync(t => t.Id == second);
        Assert.Equal((order.Id, TicketReference.Parse(first)), (ticket.OrderId!.Value, ticket.DuplicateOfId));
        Assert.Equal("Opened", (await db.AuditEntries.SingleAsync(a => a.Subject == TicketReference.Of(second))).What);
    }

    [Fact]
    public async Task One_goes_on_in_the_ticket_that_is_known_with_what_was_typed()
    {
        var order = await QuietOrderAsync(1);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Agent);
        await page.GotoAsync(Portal.At($"/tickets/new?order={OrderReference.Of(order.Id)}").ToString());
        await Browser.ReadyAsync(page);
        await OpenAsync(page, "The code is not accepted");
        var known = page.Url.Split('/')[^1];

        await page.GotoAsync(Portal.At($"/tickets/new?order={OrderReference.Of(order.Id)}").ToString());
        await Browser.ReadyAsync(page);
        await page.GetByLabel("What they said").FillAsync("They have called a second time.");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Go on there instead: {known}" }).ClickAsync();

        await Browser.ComesToAsync(page, $"/tickets/{known}");
        await Expect(page.GetByLabel("What they said, in their words")).ToHaveValueAsync("They have called a second time.");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_form_is_accessible_and_fits_its_window(ColorScheme scheme, int width)
    {
        await using var db = await DatabaseAsync();
        var complained = await db
            .Tickets.Where(t => t.OrderId != null && t.Stage != Stage.Final && t.MergedIntoId == null)
            .Where(t => db.Clients.Any(c => c.Id == t.ClientId && c.IsActive))
            .OrderBy(t => t.Id)
            .FirstAsync();
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.Agent);
        await page.GotoAsync(Portal.At($"/tickets/new?order={OrderReference.Of(complained.OrderId!.Value)}").ToString());
        await Browser.ReadyAsync(page);
        await Expect(page.GetByText("It may be known already")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open ticket" }).ClickAsync();
        await Expect(page.GetByText("Subject is missing. Fill it in.")).ToBeVisibleAsync();

        await Browser.ShootAsync(page, $"new-ticket-{scheme}-{width}".ToLowerInvariant());
        Assert.Empty(await Browser.AccessibilityFaultsAsync(page));
        Assert.Equal(0, await Browser.SidewaysAsync(page));
    }

    private static async Task OpenAsync(IPage page, string subject)
    {
        await page.GetByLabel("Category").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Subject").FillAsync(subject);
        await page.GetByLabel("What they said").FillAsync("It was promised for Monday.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open ticket" }).ClickAsync();
        await Browser.ComesToAsync(page, "/tickets/PLM-*");
    }
}
