using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Access;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Partners;

/// <summary>A bank's maker adds a customer and asks for goodwill, its checker grants it in another browser, and the evidence opens as a PDF.</summary>
[Collection(PortalCollection.Name)]
public class PartnerJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Fact]
    public async Task A_banks_own_people_grant_their_own_customer_goodwill_and_see_nothing_else()
    {
        var maker = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(maker, Role.Agent, Binding.Partner);
        var rail = maker.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        Assert.Equal(
            ["Home", "Customers", "Approvals"],
            (await rail.GetByRole(AriaRole.Listitem).AllInnerTextsAsync()).Select(t => t.Trim())
        );
        await maker.GotoAsync(Portal.At("/customers").ToString());
        await Browser.ReadyAsync(maker);
        await maker.GetByRole(AriaRole.Button, new() { Name = "Add customer" }).ClickAsync();
        var adding = maker.GetByRole(AriaRole.Dialog, new() { Name = "Add customer" });
        await adding.GetByLabel("Your number of the customer").FillAsync("J-4711");
        await adding.GetByLabel("Name", new() { Exact = true }).FillAsync("Jana Journey");
        await adding.GetByRole(AriaRole.Button, new() { Name = "Add customer" }).ClickAsync();
        await Browser.ComesToAsync(maker, "/customers/*");
        await maker.GetByRole(AriaRole.Button, new() { Name = "Grant goodwill" }).ClickAsync();
        var form = maker.GetByRole(AriaRole.Dialog, new() { Name = "Grant goodwill to Jana Journey" });
        await Expect(form.GetByLabel("Amount")).ToBeVisibleAsync();
        var fund = await form.GetByLabel("From", new() { Exact = true }).Locator("option").AllTextContentsAsync();
        await form.GetByLabel("From", new() { Exact = true })
            .SelectOptionAsync(new SelectOptionValue { Label = fund.Single(f => f.Contains("EUR", StringComparison.Ordinal)) });
        await form.GetByLabel("Amount").FillAsync("18");
        await form.GetByLabel("Reason", new() { Exact = true })
            .SelectOptionAsync(new SelectOptionValue { Label = "We failed the recipient" });
        await form.GetByLabel("Why, for whoever decides").FillAsync("The branch sent her away twice.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await maker.GetByRole(AriaRole.Button, new() { Name = "Ask to credit EUR 18.00" }).ClickAsync();
        var asked = maker.GetByRole(AriaRole.Table, new() { Name = "Goodwill credits, newest first" });
        await Expect(asked.GetByText("Pending")).ToBeVisibleAsync();
        var reference = (await asked.GetByRole(AriaRole.Link).TextContentAsync())!;

        var checker = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(checker, Role.Checker, Binding.Partner);
        await checker.GotoAsync(Portal.At($"/approvals/{reference}").ToString());
        await Browser.ReadyAsync(checker);
        await Expect(checker.GetByText("The branch sent her away twice.")).ToBeVisibleAsync();
        var decision = checker.GetByRole(AriaRole.Region, new() { Name = "Decision" });
        await decision.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await decision.GetByRole(AriaRole.Form).GetByRole(AriaRole.Button, new() { Name = "Approve EUR 18.00" }).ClickAsync();
        await Expect(checker.GetByText($"{reference}: approved.")).ToBeVisibleAsync();

        await using var db = Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContext();
        await maker.GotoAsync(Portal.At($"/approvals/{reference}/evidence").ToString());
        await Browser.ReadyAsync(maker);
        await Expect(maker.GetByText("Paula Partner approved")).ToBeVisibleAsync();
        await Expect(maker.GetByText("Checker, for Nordbank")).ToBeVisibleAsync();
        await Browser.ShootAsync(maker, "partner-evidence");
        var pdf = await maker.RunAndWaitForDownloadAsync(() =>
            maker.GetByRole(AriaRole.Link, new() { Name = "Download PDF" }).ClickAsync()
        );
        Assert.Equal($"evidence-{reference}.pdf", pdf.SuggestedFilename);
        await using (var stream = await pdf.CreateReadStreamAsync())
        {
            var head = new byte[5];
            await stream.ReadExactlyAsync(head);
            Assert.Equal("%PDF-"u8.ToArray(), head);
        }

        var id = RequestReference.Parse(reference)!.Value;
        var partner = await db.PartnerInstitutions.Where(p => p.Name == "Nordbank").Select(p => p.Id).SingleAsync();
        Assert.Equal(partner, await db.ApprovalRequests.Where(r => r.Id == id).Select(r => r.PartnerId).SingleAsync());
        var audited = await db.AuditEntries.Where(a => a.Subject == reference).OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(["Asked for", "Approved"], audited.Take(2).Select(a => a.What));
        Assert.All(audited, a => Assert.Equal(partner, a.PartnerId));
        Assert.True((await Portal.Get<LedgerService>().TryAsync(PlumDatabase.Auditor, default)).IsRight);

        // Plum's own requests, and every place of Plum's, are as if they were not there.
        var other = await db.ApprovalRequests.Where(r => r.PartnerId == null).Select(r => r.Id).FirstAsync();
        await checker.GotoAsync(Portal.At($"/approvals/{RequestReference.Of(other)}").ToString());
        await Expect(checker.GetByText("That request does not exist, or is not yours to see")).ToBeVisibleAsync();
    }
}
