using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Connectors;

/// <summary>The sandbox supplier as an ops lead plays it.</summary>
[Collection(PortalCollection.Name)]
public class SandboxSupplierJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Fact]
    public async Task One_order_is_told_to_wait_then_delivered_by_hand_and_plum_is_told_of_it()
    {
        var reference = $"ONE-{Guid.NewGuid().ToString("n")[..8]}";
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sandbox supplier" }).ClickAsync();
        await Browser.ComesToAsync(page, "/sandbox/supplier");
        await Browser.ReadyAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await page.GetByLabel("Reference", new() { Exact = true }).FillAsync(reference);
        await page.GetByLabel("What it does").SelectOptionAsync(nameof(SandboxBehaviour.Delayed));
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = reference })).ToBeVisibleAsync();
        Assert.IsType<PlaceOutcome.Accepted>(await PlaceAsync(reference));

        await page.GotoAsync(Portal.At($"/sandbox/supplier?q={reference}").ToString());
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deliver it" }).ClickAsync();
        await Expect(page.GetByText($"{reference} is delivered, and Plum is told.")).ToBeVisibleAsync();

        Assert.IsType<PlaceOutcome.Fulfilled>(await PlaceAsync(reference));
        await using var db = await Portal
            .Get<IDbContextFactory<PlumDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await db.SupplierHints.CountAsync(h => h.Reference == reference, TestContext.Current.CancellationToken));
        Assert.Equal(
            ["Sandbox rule set", "Sandbox order delivered"],
            await db
                .AuditEntries.Where(a => a.Subject == reference)
                .OrderBy(a => a.Id)
                .Select(a => a.What)
                .ToListAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_page_and_its_sheets_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var reference = $"LOOK-{scheme}-{width}".ToUpperInvariant();
        await PlaceAsync(reference);
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await page.GotoAsync(Portal.At("/sandbox/supplier").ToString());
        await Browser.ReadyAsync(page);
        await CheckAsync("sandbox");

        await page.GetByRole(AriaRole.Button, new() { Name = "every order" }).ClickAsync();
        await Expect(page.GetByLabel("What it does")).ToBeVisibleAsync();
        await CheckAsync("sandbox-rule");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redeem the voucher" })).ToBeVisibleAsync();
        await CheckAsync("sandbox-order");

        async Task CheckAsync(string what)
        {
            await Browser.ShootAsync(page, $"{what}-{scheme}-{width}".ToLowerInvariant());
            Assert.Empty((await Browser.AccessibilityFaultsAsync(page)).Select(fault => $"{what} {fault}"));
            Assert.Equal((what, 0), (what, await Browser.SidewaysAsync(page)));
        }
    }

    private async Task<PlaceOutcome> PlaceAsync(string reference)
    {
        var gateway = Portal.Get<SupplierGateways>().Of("ANY");
        var product = Assert
            .IsType<CatalogueOutcome.Listed>(await gateway.CatalogueAsync(null, TestContext.Current.CancellationToken))
            .Products.First(p => p.Denominations.Count > 0);
        return await gateway.PlaceAsync(
            new PlaceOrder(
                reference,
                "ANY",
                product.ProductId,
                new Money(product.Denominations[0], product.Currency),
                Quantity: 2,
                new SupplierContact("Jane Okafor", "jane@acme.example", Phone: null)
            ),
            TestContext.Current.CancellationToken
        );
    }
}
