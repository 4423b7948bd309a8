using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Tickets;
using Plum.Portal.Approvals;
using Plum.Portal.Ledger;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Ledger;

public class LedgerPagesTests
{
    [Fact]
    public async Task Each_posting_leads_to_its_request_and_ticket_and_the_trial_balance_is_right()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var request = await world.AskAsync(world.Goodwill(1_500));
        await world.ApproveAsync(request);
        await world.RunAsync();
        await using var screen = PlumScreen.Of(world.Plum, world.Checker, Role.Checker, services => services.AddScoped<DecidingDesk>());

        screen.Get<NavigationManager>().NavigateTo($"/ledger/accounts/{world.Fund}");
        var account = screen.Render<AccountPage>(p => p.Add(c => c.Id, world.Fund));
        await account.WaitForElementAsync("table");
        Assert.Equal(["GBP 985.00", "GBP 985.00", "GBP 0.00", "GBP 0.00"], account.FindAll(".figures .value").Select(v => v.TextContent));
        var links = account.FindAll("tbody tr:first-child a").Select(a => a.GetAttribute("href"));
        var reference = RequestReference.Of(request.Id);
        Assert.Equal(
            [$"/approvals/{reference}", $"/approvals/{reference}/evidence", $"/tickets/{TicketReference.Of(world.Ticket.Id)}"],
            links.Take(3)
        );
        Assert.Contains("Reserved, then posted", account.Find("tbody").TextContent, StringComparison.Ordinal);

        var trial = screen.Render<TrialPage>();
        await trial.WaitForElementAsync(".trial-total");
        Assert.StartsWith("Right:", trial.Find(".notice .says").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(
            ["2", "GBP 0.00", "GBP 0.00"],
            trial.FindAll(".trial-total td").Select(c => c.TextContent).Select((t, i) => i == 0 ? "2" : t)
        );
    }

    [Fact]
    public async Task An_account_that_does_not_hold_what_its_postings_say_is_named()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using (var db = world.Plum.Peek())
        {
            var fund = world.Fund;
            await db
                .LedgerAccounts.Where(a => a.Id == fund)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Posted, a => a.Posted + 100), default);
        }

        await using var screen = PlumScreen.Of(world.Plum, world.Checker, Role.Checker);
        var trial = screen.Render<TrialPage>();

        await trial.WaitForElementAsync(".notice.bad");
        Assert.Equal("Goodwill fund of Plum", trial.Find(".notice a").TextContent);
    }
}
