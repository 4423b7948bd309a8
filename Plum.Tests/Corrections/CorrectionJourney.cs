using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Corrections;

/// <summary>An agent asks for goodwill, a checker decides in another browser, money moves, and both screens follow by themselves.</summary>
[Collection(PortalCollection.Name)]
public partial class CorrectionJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Fact]
    public async Task Goodwill_is_asked_for_decided_and_credited_and_both_screens_follow()
    {
        var agent = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(agent, Role.Agent);
        var (ticket, recipient) = await OpenTicketAsync();
        await agent.GotoAsync(Portal.At($"/tickets/{TicketReference.Of(ticket)}").ToString());
        await Browser.ReadyAsync(agent);
        await agent.GetByRole(AriaRole.Button, new() { Name = "Goodwill", Exact = true }).ClickAsync();
        var form = agent.GetByRole(AriaRole.Dialog, new() { Name = "Credit goodwill" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(form.GetByText("Choose the reason.")).ToBeVisibleAsync();
        await form.GetByLabel("Amount").FillAsync("12");
        await form.GetByLabel("Reason", new() { Exact = true })
            .SelectOptionAsync(new SelectOptionValue { Label = "We failed the recipient" });
        await form.GetByLabel("Why, for whoever decides").FillAsync("Three weeks late, and nobody told them.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(agent.GetByText("after a checker has approved it.")).ToBeVisibleAsync();
        await Browser.ShootAsync(agent, "correction-consequence");
        await agent.GetByRole(AriaRole.Button, new() { NameRegex = AskToCredit() }).ClickAsync();
        var mine = agent.GetByRole(AriaRole.List, new() { Name = "Requests of this ticket" });
        await Expect(mine.GetByText("Pending")).ToBeVisibleAsync();
        var reference = (await mine.GetByRole(AriaRole.Link).First.TextContentAsync())!;

        var checker = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(checker, Role.Checker);
        await checker.GotoAsync(Portal.At($"/approvals/{reference}").ToString());
        await Browser.ReadyAsync(checker);
        await Expect(checker.GetByText("Three weeks late, and nobody told them.")).ToBeVisibleAsync();
        await Browser.ShootAsync(checker, "correction-decide");
        var decision = checker.GetByRole(AriaRole.Region, new() { Name = "Decision" });
        await decision.GetByRole(AriaRole.Button, new() { NameRegex = Approve() }).ClickAsync();
        await decision.GetByRole(AriaRole.Form).GetByRole(AriaRole.Button, new() { NameRegex = Approve() }).ClickAsync();

        // Nobody reloads anything.
        await Expect(mine.GetByText("Executed")).ToBeVisibleAsync();
        await Browser.ShootAsync(agent, "correction-done");
        await using var db = Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContext();
        var id = RequestReference.Parse(reference)!.Value;
        var request = await db.ApprovalRequests.SingleAsync(r => r.Id == id);
        Assert.Equal((RequestState.Executed, recipient), (request.State, request.RecipientId!.Value));
        var entry = await db.JournalEntries.Include(e => e.Postings).SingleAsync(e => e.RequestId == id && e.Phase == EntryPhase.Settled);
        Assert.Equal([-request.Amount.MinorUnits, request.Amount.MinorUnits], entry.Postings.Select(p => p.MinorUnits).Order());
        Assert.Equal(
            ["Asked for", "Approved", "Taken for execution", "Executed"],
            await db.AuditEntries.Where(a => a.Subject == reference).OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
        var trial = await Portal.Get<LedgerService>().TryAsync(PlumDatabase.Auditor, default);
        Assert.True(trial.IsRight);
    }

    [System.Text.RegularExpressions.GeneratedRegex("^Ask to credit ")]
    private static partial System.Text.RegularExpressions.Regex AskToCredit();

    [System.Text.RegularExpressions.GeneratedRegex("^(Approve|Credit)")]
    private static partial System.Text.RegularExpressions.Regex Approve();

    /// <summary>A ticket about an order in euros for which nothing was asked yet.</summary>
    private async Task<(long Ticket, long Recipient)> OpenTicketAsync()
    {
        await using var db = Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContext();
        var order = await db
            .Orders.Where(o => o.Status == OrderStatus.Delivered && o.Value.Currency == "EUR")
            .Where(o => db.Clients.Any(c => c.Id == o.ClientId && c.IsActive))
            .Where(o => !db.ApprovalRequests.Any(r => r.RecipientId == o.RecipientId))
            .OrderBy(o => o.Id)
            .FirstAsync();
        var category = await db.Categories.Where(c => c.IsActive).OrderBy(c => c.Name).FirstAsync();
        var outcome = await Portal
            .Get<TicketService>()
            .OpenAsync(
                new OpenTicket(
                    order.ClientId,
                    category.Id,
                    "Nobody told me for three weeks",
                    IntakeChannel.Phone,
                    RecipientId: order.RecipientId,
                    OrderId: order.Id
                ),
                PlumDatabase.Lead,
                default
            );
        return (TicketReference.Parse(Assert.IsType<Outcome.Done>(outcome).Key)!.Value, order.RecipientId);
    }
}
