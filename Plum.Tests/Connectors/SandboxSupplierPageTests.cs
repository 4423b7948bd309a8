using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Connectors;
using Plum.Domain.Access;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Portal.Connectors;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

public class SandboxSupplierPageTests
{
    [Fact]
    public async Task The_switch_of_behaviours_is_changed_and_the_next_order_feels_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = Screen(plum, Role.OpsLead);
        var page = screen.Render<SandboxSupplierPage>();
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("Fulfils at once", page.Find("[aria-label=Rules]").TextContent, StringComparison.Ordinal)
        );

        await page.Find("[aria-label=Rules] button").ClickAsync();
        await page.Find("#field-Behaviour").ChangeAsync(nameof(SandboxBehaviour.OutOfStock));
        await page.Find("#field-FeePercent").InputAsync("250");
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("The fee is 0 to 100 %.", page.Markup, StringComparison.Ordinal));
        await page.Find("#field-FeePercent").InputAsync("25");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["The sandbox now does so with every order."], screen.Said));
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("Is out of stock", page.Find("[aria-label=Rules]").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(SupplierFaultClass.Stock, Assert.IsType<PlaceOutcome.Rejected>(await PlaceAsync(plum)).Fault.Class);
    }

    [Fact]
    public async Task An_order_is_cancelled_as_the_supplier_and_plum_is_told_by_webhook()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await PlaceAsync(plum);
        await using var screen = Screen(plum, Role.OpsLead);
        screen.Get<NavigationManager>().NavigateTo("/sandbox/supplier?id=1");
        var page = screen.Render<SandboxSupplierPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("****-", page.Find("dialog").TextContent, StringComparison.Ordinal));

        await page.FindAll("dialog button").Single(b => b.TextContent == "Cancel it as the supplier").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["REQ-1 is cancelled by the supplier, and Plum is told."], screen.Said));
        Assert.Contains("Given back", page.Find("dialog").TextContent, StringComparison.Ordinal);
        var hint = Assert.Single(await plum.Get<SupplierHintService>().WaitingAsync(10, default));
        Assert.Equal(("Sandbox", "REQ-1"), (hint.Gateway, hint.Reference));
        await using var db = plum.Peek();
        Assert.Equal("Sandbox order cancelled by the supplier", (await db.AuditEntries.SingleAsync(a => a.Room == "Connectors")).What);
    }

    [Fact]
    public async Task A_badly_signed_webhook_tells_nobody()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await PlaceAsync(plum);
        await plum.Get<SandboxService>()
            .SetRuleAsync(new SetSandboxRule("*", null, SandboxBehaviour.BadlySigned, null, 0), PlumDatabase.Lead, default);
        await using var screen = Screen(plum, Role.OpsLead);
        screen.Get<NavigationManager>().NavigateTo("/sandbox/supplier?id=1");
        var page = screen.Render<SandboxSupplierPage>();
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("dialog button")));

        await page.FindAll("dialog button").Single(b => b.TextContent == "Redeem the voucher").ClickAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal(["REQ-1 has a redeemed voucher. Its webhook was badly signed, and not taken."], screen.Said)
        );
        Assert.Empty(await plum.Get<SupplierHintService>().WaitingAsync(10, default));
    }

    [Fact]
    public async Task An_order_leads_to_its_sheet_and_no_code_is_on_the_page()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var code = Assert.IsType<PlaceOutcome.Fulfilled>(await PlaceAsync(plum)).Order.Vouchers[0].Code;
        await using var screen = Screen(plum, Role.Administrator);
        screen.Get<NavigationManager>().NavigateTo("/sandbox/supplier");
        var page = screen.Render<SandboxSupplierPage>();

        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith(
                "/sandbox/supplier?id=1",
                page.Find("[aria-label='Orders of the sandbox'] a").GetAttribute("href"),
                StringComparison.Ordinal
            )
        );

        Assert.DoesNotContain(code, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("jane@acme.example", page.Markup, StringComparison.Ordinal);
    }

    private static PlumScreen Screen(PlumDatabase plum, Role role) =>
        PlumScreen.Of(
            plum,
            PlumDatabase.Person("Lea Lead", role),
            role,
            services => services.AddLogging().AddPlumConnectors(new ConfigurationBuilder().Build())
        );

    private static async Task<PlaceOutcome> PlaceAsync(PlumDatabase plum)
    {
        var reward = await plum.HasRewardAsync();
        return await plum.Get<SandboxGateway>()
            .PlaceAsync(
                new PlaceOrder(
                    "REQ-1",
                    "GIFTCO",
                    reward.Id.ToString(),
                    new Money(2500, "GBP"),
                    1,
                    new("Jane Okafor", "jane@acme.example", null)
                ),
                default
            );
    }
}
