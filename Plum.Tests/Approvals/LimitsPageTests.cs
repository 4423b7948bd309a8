using Bunit;
using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class LimitsPageTests
{
    private static async Task<IRenderedComponent<LimitsPage>> OpenAsync(PlumScreen screen)
    {
        screen.Get<NavigationManager>().NavigateTo("/settings/limits?kind=refund");
        var page = screen.Render<LimitsPage>();
        await page.WaitForElementAsync("table");
        return page;
    }

    [Fact]
    public async Task A_change_of_a_limit_is_asked_for_says_who_decides_and_changes_nothing_by_itself()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using var screen = PlumScreen.Of(world.Plum, world.Lead, Role.OpsLead);
        var page = await OpenAsync(screen);

        await page.FindAll("tbody .row-link")[0].ClickAsync(); // the agent's
        Assert.Contains("ops lead or administrator", page.Find("#Reason-hint").TextContent, StringComparison.Ordinal);
        await page.Find("#field-MakeAlone").InputAsync("12.5O");
        await page.Find("#field-Reason").InputAsync("Agents wait too long for small refunds");
        await page.Find("dialog form").SubmitAsync();
        Assert.Equal("Write an amount in GBP, without marks between thousands.", page.Find("#MakeAlone-error").TextContent);
        await page.Find("#field-MakeAlone").InputAsync("12.50");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("One change waits for a decision", page.Find(".notice").TextContent, StringComparison.Ordinal)
        );
        var agents = (await world.Plum.Get<LimitService>().ListAsync(world.Lead, default)).Single(l =>
            l is { Role: Role.Agent, Kind: RequestKind.Refund }
        );
        Assert.Equal(1000, agents.Values.MakeAlone);
    }

    [Fact]
    public async Task An_administrator_sees_changes_of_limits_to_decide_and_no_other_request()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var admin = await world.Plum.HasUserAsync("Ada Admin", Role.Administrator);
        await world.AskAsync(world.Goodwill(1_500));
        var change = new ChangeLimit(null, Role.Agent, RequestKind.Funding, "GBP", new LimitValues(0, 0, 100, 100), "A trial");
        var asked = Assert.IsType<Outcome.Done>(await world.Plum.Get<LimitService>().AskAsync(change, world.Lead, default));

        var queue = world.Plum.Get<ApprovalQueue>();
        var waiting = await queue.ListAsync(new RequestQuery(), admin, default);
        Assert.Equal([asked.Key!], waiting.Rows.Select(r => RequestReference.Of(r.Id)));
        Assert.Equal(1, (await queue.ListAsync(new RequestQuery(RequestShelf.All), admin, default)).Total);
        var row = waiting.Rows[0];
        Assert.IsType<Outcome.Done>(
            await world.Approvals.ApproveAsync(new ApproveRequest(row.Id, row.Version, row.Fingerprint), admin, default)
        );
        Assert.DoesNotContain(
            (await queue.ListAsync(new RequestQuery(), world.Checker, default)).Rows,
            r => r.Kind == RequestKind.LimitChange // which a checker may not decide
        );
    }
}
