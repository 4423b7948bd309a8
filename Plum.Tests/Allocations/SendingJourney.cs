using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Portal.Allocations;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Allocations;

/// <summary>Ten thousand rows from a dropped file into people's hands.</summary>
[Collection(PortalCollection.Name)]
public partial class SendingJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    private const int Rows = 10_000;
    private const float Patience = 120_000;

    private string _reward = "";
    private string _product = "";
    private string _tag = "";

    [Fact]
    public async Task Ten_thousand_rows_are_mended_approved_by_another_person_sent_and_what_failed_is_sent_again()
    {
        var programme = await HasProgrammeAsync();
        var admin = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(admin, Role.ProgrammeAdmin);
        var number = await DropAsync(admin, programme);
        await MendAsync(admin);
        await SubmitAsync(admin);
        await ApproveAsync(admin);
        await WatchAsync(admin);
        await MendDeliveriesAsync(admin, number);
        await AccountsForAllAsync(number);
    }

    private async Task<long> DropAsync(IPage page, string programme)
    {
        await page.GotoAsync(Portal.At("/allocations/new").ToString());
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Programme" }).PressSequentiallyAsync(programme);
        await page.GetByRole(AriaRole.Option, new() { Name = programme }).ClickAsync();
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "summer.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(Csv()),
                }
            );
        await Browser.ComesToAsync(page, "/allocations/IPA-*");
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the rows" }).ClickAsync();
        await Expect(page.GetByText("300 rows are bad.", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Patience });
        return AllocationReference.Parse(new Uri(page.Url).AbsolutePath.Split('/')[^1])!.Value;
    }

    /// <summary>In place, many at once, and as a file.</summary>
    private static async Task MendAsync(IPage page)
    {
        var cell = page.GetByLabel("Email, line 2", new() { Exact = true });
        await cell.FillAsync("first.person@example.com");
        await cell.PressAsync("Enter");
        await Expect(page.GetByText("299 rows are bad.", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Change many" }).ClickAsync();
        var many = page.GetByRole(AriaRole.Group, new() { Name = "Change many rows" });
        await many.GetByRole(AriaRole.Combobox, new() { Name = "Column" }).SelectOptionAsync("Country");
        await many.GetByRole(AriaRole.Textbox, new() { Name = "Find" }).FillAsync("Englandia");
        await many.GetByRole(AriaRole.Textbox, new() { Name = "Replace with" }).FillAsync("GB");
        await many.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await many.GetByRole(AriaRole.Button, new() { Name = "Change 200 rows" }).ClickAsync();
        await Expect(page.GetByText("99 rows are bad.", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Patience });

        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Bad rows as CSV" }).ClickAsync()
        );
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        await page.GetByLabel("Give mended rows", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "mended.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(text.Replace(",two pounds fifty,", ",2.50,", StringComparison.Ordinal)),
                }
            );
        await Expect(page.GetByText("Every row is good.")).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    private static async Task SubmitAsync(IPage page)
    {
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Submission" });
        await form.GetByLabel("What it is for, for whoever decides").FillAsync("The summer's thanks to everybody in the north.");
        await Browser.ShootAsync(page, "allocation-submit");
        await form.GetByRole(AriaRole.Button, new() { Name = "Submit 10,000 rewards" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "On its way" })).ToBeVisibleAsync(new() { Timeout = Patience });
        await Browser.ShootAsync(page, "allocation-submitted");
    }

    private async Task ApproveAsync(IPage admin)
    {
        var reference = await admin
            .GetByRole(AriaRole.Table, new() { Name = "What was asked for" })
            .GetByRole(AriaRole.Link)
            .TextContentAsync();
        var checker = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(checker, Role.Checker);
        await checker.GotoAsync(Portal.At($"/approvals/{reference}").ToString());
        await Browser.ReadyAsync(checker);
        await Expect(checker.GetByText("The summer's thanks to everybody in the north.")).ToBeVisibleAsync();
        await Browser.ShootAsync(checker, "allocation-decide");
        var decision = checker.GetByRole(AriaRole.Region, new() { Name = "Decision" });
        await decision.GetByRole(AriaRole.Button, new() { NameRegex = Approve() }).ClickAsync();
        await decision.GetByRole(AriaRole.Form).GetByRole(AriaRole.Button, new() { NameRegex = Approve() }).ClickAsync();
        await Expect(checker.GetByText($"{reference}: approved.")).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    /// <summary>Nobody reloads anything.</summary>
    private static async Task WatchAsync(IPage page)
    {
        await Expect(Step(page, "Approved")).ToContainTextAsync("10,000", new() { Timeout = Patience });
        await Browser.ShootAsync(page, "allocation-moving");
        await Expect(Step(page, "Delivered")).ToContainTextAsync("9,990", new() { Timeout = Patience });
        await Expect(Step(page, "Not delivered")).ToContainTextAsync("10", new() { Timeout = Patience });
        await Expect(Step(page, "Ordered")).ToContainTextAsync("10,000");
        await Browser.ShootAsync(page, "allocation-sent");
    }

    private static ILocator Step(IPage page, string name) =>
        page.GetByRole(AriaRole.Status, new() { Name = "How far its rows are" })
            .Locator("> *", new() { Has = page.GetByText(name, new() { Exact = true }) });

    /// <summary>One by hand, and nine at once; the file's page counts them by itself.</summary>
    private static async Task MendDeliveriesAsync(IPage page, long number)
    {
        await Step(page, "Not delivered").ClickAsync();
        await Browser.ComesToAsync(page, "/deliveries?file=*");
        await Browser.ReadyAsync(page);
        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(11);
        await Browser.ShootAsync(page, "allocation-undelivered");
        await rows.Filter(new() { HasText = $"person{Rows}{SandboxAddresses.NoMailbox}" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("the.last.person@example.com");
        await Browser.ShootAsync(page, "allocation-resend");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(10, new() { Timeout = Patience });

        await page.GetByRole(AriaRole.Button, new() { Name = "Mend many" }).ClickAsync();
        await page.GetByLabel("Find", new() { Exact = true }).FillAsync(SandboxAddresses.NoMailbox);
        await page.GetByLabel("Replace with", new() { Exact = true }).FillAsync("@example.com");
        await Browser.ShootAsync(page, "allocation-resend-many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace and send again" }).ClickAsync();
        await Expect(page.GetByText("9 are sent again, 0 are not.")).ToBeVisibleAsync(new() { Timeout = Patience });

        await page.GotoAsync(new Uri(new Uri(page.Url), AllocationLinks.Of(number)).ToString());
        await Browser.ReadyAsync(page);
        await Expect(Step(page, "Delivered")).ToContainTextAsync("10,000", new() { Timeout = Patience });
        await Browser.ShootAsync(page, "allocation-finished");
    }

    /// <summary>Each reward ordered once, each recipient with one delivered message, every account right to the penny.</summary>
    private async Task AccountsForAllAsync(long number)
    {
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var file = await db.AllocationFiles.AsNoTracking().SingleAsync(f => f.Number == number);
        Assert.Equal((AllocationState.Finished, 10_000L, 10_000L), (file.State, file.Rows, file.Ordered));
        var placements = db.OrderPlacements.Where(p => p.FileId == file.Id);
        Assert.Equal(Rows, await placements.CountAsync(p => p.State == PlacementState.Done));
        Assert.Equal(Rows, await db.SandboxOrders.CountAsync(o => o.ProductId == _product));
        Assert.Equal(Rows, await db.Deliveries.CountAsync(d => d.AllocationFileId == file.Id && d.State == DeliveryState.Delivered));
        var sent = db.SandboxMessages.Where(m => db.Deliveries.Any(d => d.Id == m.DeliveryId && d.AllocationFileId == file.Id));
        Assert.Equal((Rows, 10), (await sent.CountAsync(m => m.Code == null), await sent.CountAsync(m => m.Code != null)));
        var budget = AccountKey.Budget(file.ProgrammeId, "GBP");
        Assert.Equal(500_000, await db.LedgerAccounts.Where(a => a.Key == budget).Select(a => a.Posted - a.PendingOut).SingleAsync());
        Assert.True((await Portal.Get<LedgerService>().TryAsync(PlumDatabase.Auditor, default)).IsRight);
    }

    /// <summary>Of ten thousand rows 300 are bad: one address, 200 countries, 99 values. Ten more are good, and nothing arrives at them.</summary>
    private string Csv()
    {
        var text = new StringBuilder("Reference,Name,Email,Country,Reward,Value,Message\r\n");
        for (var i = 1; i <= Rows; i++)
        {
            var mail =
                i == 1 ? "first.person@nowhere"
                : i > Rows - 10 ? $"person{i}{SandboxAddresses.NoMailbox}"
                : $"person{i}@example.com";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{_tag}-{i},Person {i},{mail},{(i is > 1000 and <= 1200 ? "Englandia" : "GB")},{_reward},{(i is > 5000 and < 5100 ? "two pounds fifty" : "2.50")},Thank you\r\n"
            );
        }

        return text.ToString();
    }

    /// <summary>A programme with 30,000 pounds, and a reward at two pounds fifty.</summary>
    private async Task<string> HasProgrammeAsync()
    {
        _tag = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        var contexts = Portal.Get<IDbContextFactory<PlumDbContext>>();
        await using var db = await contexts.CreateDbContextAsync();
        var client = await db.Clients.OrderBy(c => c.Code).FirstAsync(c => c.IsActive);
        var programme = Programme.Start(client.Id, $"S-{_tag}", $"Sending {_tag}", "GBP", DeliveryChannel.Email);
        db.Add(programme);
        var supplier = await db.Suppliers.FirstAsync(s => s.IsActive);
        var brand = await db.Brands.FirstAsync(b => b.IsActive);
        var reward = Reward.Offer(
            brand.Id,
            supplier.Id,
            $"S-{_tag}",
            $"Sending card {_tag}",
            RewardKind.GiftCard,
            "GB",
            "GBP",
            [250],
            0,
            0
        );
        db.Add(reward);
        db.Add(AuditEntry.For("Allocations", "journey", "Made", Actor.Job("test"), DateTime.UnixEpoch));
        await db.SaveChangesAsync();
        (_reward, _product) = (reward.Code, $"{reward.Id:n}");

        var now = Portal.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var funding = await contexts.OpenAsync(AccountTerms.Funding("GBP"), now, default);
        var budget = await contexts.OpenAsync(AccountTerms.Budget(client.Id, programme.Id, "GBP", programme.Name), now, default);
        await using var posting = await contexts.CreateDbContextAsync();
        await using var transaction = await posting.Database.BeginTransactionAsync();
        var terms = new EntryTerms(
            $"journey/{_tag}",
            "Funding",
            "For the journey",
            Legs.Move(funding, budget, new Money(3_000_000, "GBP"))
        );
        Assert.Null(await posting.PostAsync(terms, Actor.Job("test"), now, default));
        await posting.SaveChangesAsync();
        await transaction.CommitAsync();
        return programme.Name;
    }

    [GeneratedRegex("^(Approve|Send)")]
    private static partial Regex Approve();
}
