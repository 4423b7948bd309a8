using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Tickets;

/// <summary>Two agents on one ticket, each in a browser of their own: they see each other, and neither overwrites the other.</summary>
[Collection(PortalCollection.Name)]
public class TicketJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    private async Task<PlumDbContext> DatabaseAsync() => await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();

    /// <summary>A ticket of this journey alone, of a recipient who can be written to.</summary>
    private async Task<string> HasTicketAsync(string subject)
    {
        await using var db = await DatabaseAsync();
        var recipient = await db
            .Recipients.Where(r => r.Email != null && db.Clients.Any(c => c.Id == r.ClientId && c.IsActive))
            .OrderBy(r => r.Id)
            .FirstAsync();
        var category = await db.Categories.Where(c => c.IsActive).OrderBy(c => c.Name).FirstAsync();
        var opened = await Portal
            .Get<TicketService>()
            .OpenAsync(
                new OpenTicket(recipient.ClientId, category.Id, subject, IntakeChannel.Email, "Where is it?", RecipientId: recipient.Id),
                PlumDatabase.Person("The journey", Role.Agent),
                default
            );
        return Assert.IsType<Outcome.Done>(opened).Key!;
    }

    private async Task<IPage> OpenAsync(Role role, string reference)
    {
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, role);
        await page.GotoAsync(Portal.At($"/tickets/{reference}").ToString());
        await Browser.ReadyAsync(page);
        await Expect(page.GetByLabel("Your reply")).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Present(IPage page) => page.GetByRole(AriaRole.Status, new() { Name = "Also on this ticket" });

    [Fact]
    public async Task What_one_says_and_moves_appears_to_the_other_at_once_and_takes_nothing_of_what_they_type()
    {
        var reference = await HasTicketAsync("Two browsers, one ticket");
        var ana = await OpenAsync(Role.Agent, reference);
        var sam = await OpenAsync(Role.SeniorAgent, reference);
        await sam.EvaluateAsync("() => window.notReloaded = true");
        await Expect(Present(sam).GetByText("Ana Agent is looking")).ToBeVisibleAsync();

        await sam.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        var note = sam.GetByLabel("Your note, for colleagues only");
        await note.FillAsync("Asked the supplier, half a sen");
        await ana.GetByLabel("Your reply").PressSequentiallyAsync("We are looking into it.");
        await Expect(Present(sam).GetByText("Ana Agent is typing")).ToBeVisibleAsync();
        await Expect(Present(ana).GetByText("Sam Senior is typing")).ToBeVisibleAsync();
        await Browser.ShootAsync(sam, "ticket-two-agents");

        await ana.GetByRole(AriaRole.Button, new() { Name = "Send the reply" }).ClickAsync();
        await Expect(sam.GetByRole(AriaRole.Article, new() { Name = "replied by Ana Agent" }).GetByText("We are looking into it."))
            .ToBeVisibleAsync();
        await ana.GetByLabel("Disposition").SelectOptionAsync(Dispositions.CancellationRequested);

        await Expect(sam.GetByLabel("Disposition")).ToHaveValueAsync(Dispositions.CancellationRequested);
        await Expect(note).ToHaveValueAsync("Asked the supplier, half a sen");
        Assert.True(await sam.EvaluateAsync<bool>("() => window.notReloaded === true"));

        await note.FillAsync("Asked the supplier, they answer on Friday.");
        await sam.GetByRole(AriaRole.Button, new() { Name = "Keep the note" }).ClickAsync();
        await Expect(ana.GetByText("Asked the supplier, they answer on Friday.")).ToBeVisibleAsync();
        await using var db = await DatabaseAsync();
        Assert.Equal(
            ["Opened by The journey", "Replied by Ana Agent", "Moved by Ana Agent", "Noted by Sam Senior"],
            await db
                .AuditEntries.Where(a => a.Subject == reference && a.Room == "Tickets")
                .OrderBy(a => a.Id)
                .Select(a => $"{a.What} by {a.Who}")
                .ToListAsync()
        );
    }

    [Fact]
    public async Task Whoever_saves_second_is_shown_what_changed_and_overwrites_nothing_unasked()
    {
        var reference = await HasTicketAsync("Both of us edit this");
        var id = TicketReference.Parse(reference)!.Value;
        var ana = await OpenAsync(Role.Agent, reference);
        var sam = await OpenAsync(Role.SeniorAgent, reference);
        await EditAsync(ana, "As Ana names it");
        await EditAsync(sam, "As Sam names it");

        await SaveAsync(ana);
        await Expect(ana.GetByText("The details are saved.")).ToBeVisibleAsync();
        await SaveAsync(sam);

        var told = sam.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert);
        var row = told.GetByRole(AriaRole.Row, new() { Name = "Subject" });
        await Expect(row.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["As Ana names it", "As Sam names it"]);
        Assert.Equal("As Ana names it", await SubjectAsync(id)); // not overwritten
        await Browser.ShootAsync(sam, "ticket-second-save");
        await told.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        await SaveAsync(sam);

        await Expect(sam.GetByText("The details are saved.")).ToBeVisibleAsync();
        await Expect(ana.Locator(".ticket-subject")).ToHaveTextAsync("As Sam names it");
        Assert.Equal("As Sam names it", await SubjectAsync(id));
    }

    private async Task<string> SubjectAsync(long id)
    {
        await using var db = await DatabaseAsync();
        return await db.Tickets.Where(t => t.Id == id).Select(t => t.Subject).SingleAsync();
    }

    private static async Task EditAsync(IPage page, string subject)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit details" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Subject").FillAsync(subject);
    }

    private static Task SaveAsync(IPage page) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save the details" }).ClickAsync();
}
