using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class DelegationsPageTests
{
    private static PlumScreen Screen(CorrectionWorld world, Actor person, Role role) =>
        PlumScreen.Of(world.Plum, person, role, services => services.AddScoped<DecidingDesk>());

    [Fact]
    public async Task A_checker_names_a_delegate_and_both_names_stand_in_the_list()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using var screen = Screen(world, world.Checker, Role.Checker);
        var page = screen.Render<DelegationsPage>();
        await page.WaitForElementAsync(".empty");

        await page.Find(".actions button").ClickAsync();
        var choices = page.FindAll("#field-To option").Select(o => o.TextContent).ToList();
        Assert.Equal(["Choose a person", "Cheryl Checker", "Lou Lead"], choices); // who could decide anyway, and not oneself
        await page.Find("#field-Until").InputAsync("2026-03-01T10:00");
        await page.Find("#field-Reason").InputAsync("Two days off");
        await page.Find("dialog form").SubmitAsync();
        Assert.NotEmpty(page.Find("#To-error").TextContent); // nobody is named yet

        await page.Find("#field-To").ChangeAsync(world.Second.UserId.ToString());
        await page.Find("#field-From").InputAsync("2026-03-02T09:00");
        await page.Find("#field-Until").InputAsync("2026-03-04T09:00");
        await page.Find("dialog form").SubmitAsync();

        var row = await page.WaitForElementAsync("tbody tr");
        Assert.Contains("Chao Checker (you)", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Cheryl Checker", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Two days off", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Now", row.TextContent, StringComparison.Ordinal);
        var kept = Assert.Single(await world.Plum.Get<DelegationService>().ListAsync(world.Second, default)); // the delegate hears of it
        Assert.Equal(("Chao Checker", "Cheryl Checker"), (kept.From, kept.To));
    }

    [Fact]
    public async Task What_the_service_refuses_stays_in_the_form_with_what_was_typed()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var (from, until) = (world.Plum.Now, world.Plum.Now.AddDays(3));
        var first = new GrantDelegation(world.Second.UserId!.Value, from, until, "Away");
        Assert.IsType<Outcome.Done>(await world.Plum.Get<DelegationService>().GrantAsync(first, world.Lead, default));
        await using var screen = Screen(world, world.Second, Role.Checker);
        var page = screen.Render<DelegationsPage>();
        await page.WaitForElementAsync("tbody tr");

        await page.Find(".actions button").ClickAsync();
        await page.Find("#field-To").ChangeAsync(world.Checker.UserId.ToString());
        await page.Find("#field-From").InputAsync("2026-03-02T09:00");
        await page.Find("#field-Until").InputAsync("2026-03-03T09:00");
        await page.Find("#field-Reason").InputAsync("Passing it on");
        await page.Find("dialog form").SubmitAsync();

        Assert.NotEmpty(page.FindAll("dialog [role=alert]")); // no chains
        Assert.Equal("Passing it on", page.Find("#field-Reason").GetAttribute("value"));
        Assert.Empty(await world.Plum.Get<DelegationService>().ListAsync(world.Checker, default));
    }
}
