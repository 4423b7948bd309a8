using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Clients;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Shared;

/// <summary>What the portal is for: a ticket is worked to its end, and a client's history becomes the report that is handed to them.</summary>
[Collection(PortalCollection.Name)]
public class MainJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    private static readonly DateOnly First = new(2024, 2, 1); // before anything of the demonstration

    private async Task<PlumDbContext> DatabaseAsync() => await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();

    [Fact]
    public async Task An_agent_opens_a_ticket_from_the_queue_answers_it_and_moves_it_to_its_end()
    {
        var id = await OpenTicketAsync("The gift card of the main journey never came");
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.Agent);

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
            .GetByRole(AriaRole.Link, new() { Name = "Tickets" })
            .ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All open" }).First.ClickAsync();
        var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search subjects and messages" });
        await search.FillAsync("gift card of the main journey");
        await search.PressAsync("Enter");
        await page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "of the main journey never came" })
            .GetByRole(AriaRole.Link, new() { Name = TicketReference.Of(id) })
            .ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = TicketReference.Of(id), Level = 1 })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Assign to me" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Assign to me" })).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FillAsync("We have asked the brand to send it again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the reply" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = "asked the brand to send it again" })).ToBeVisibleAsync();
        var disposition = page.GetByRole(AriaRole.Group, new() { Name = "State of the ticket" })
            .GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Disposition") });
        await disposition.SelectOptionAsync(Dispositions.VendorRejection);
        await Expect(disposition).ToHaveValueAsync(Dispositions.VendorRejection);
        await Browser.ShootAsync(page, "ticket");
        await disposition.SelectOptionAsync(Dispositions.Resolved);
        await page.GetByLabel("What was done").FillAsync("A new voucher by e-mail");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close as" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(disposition).ToHaveValueAsync(Dispositions.Resolved);

        await using var db = await DatabaseAsync();
        var ticket = await db.Tickets.SingleAsync(t => t.Id == id);
        Assert.Equal((Dispositions.Resolved, Stage.Final, true), (ticket.Disposition, ticket.Stage, ticket.ResolvedAtUtc is not null));
        Assert.Equal(
            ["VoucherNotReceived VendorRejection", "VendorRejection Resolved"],
            await db
                .TicketEvents.Where(e => e.TicketId == id && e.Kind == TicketEventKind.Moved)
                .OrderBy(e => e.Id)
                .Select(e => $"{e.From} {e.To}")
                .ToListAsync()
        );
        Assert.True(await db.AuditEntries.AnyAsync(a => a.Subject == TicketReference.Of(id) && a.Who == "Ana Agent"));
    }

    [Fact]
    public async Task An_ops_lead_brings_in_a_clients_history_by_hand_and_takes_away_its_report_as_PDF_and_workbook()
    {
        var client = await RegisterClientAsync("MAINJRNY", "Main Journey Bank");
        var file = ComplaintFile.Of(300, First, seed: 11);
        var inMarch = file.Received.Count(d => d.Month == 3);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.OpsLead);

        await UploadAsync(page, client, file);
        await MapAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next: check the rows" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check all rows" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 300 tickets" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Tickets made 300" })).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "import-done");

        await page.GetByRole(AriaRole.Link, new() { Name = "Reports of Main Journey Bank" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a report" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Make a report" });
        await form.GetByLabel("Client").SelectOptionAsync("Main Journey Bank");
        await form.GetByLabel("Month").FillAsync("2024-03");
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the report" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Main Journey Bank", Level = 1 })).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "report");
        var created = page.GetByRole(AriaRole.Table, new() { Name = "Figures at a glance" })
            .GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "Tickets created" });
        await Expect(created.GetByRole(AriaRole.Cell).First).ToHaveTextAsync(inMarch.ToString(CultureInfo.InvariantCulture));

        var pdf = Encoding.Latin1.GetString(await DownloadAsync(page, "Download PDF"));
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Contains("Main Journey Bank, March 2024", pdf, StringComparison.Ordinal);
        using var content = new MemoryStream(await DownloadAsync(page, "Download workbook"));
        using var workbook = new XLWorkbook(content);
        var row = workbook.Worksheet("Summary").RowsUsed().Single(r => r.Cell(1).GetString() == "Tickets created");
        Assert.Equal(inMarch, row.Cell(2).GetValue<int>());

        await using var db = await DatabaseAsync();
        var tickets = db.Tickets.Where(t => t.ClientId == client);
        Assert.Equal((300, file.Disputed), (await tickets.CountAsync(), await tickets.CountAsync(t => t.IsDisputed == true)));
        Assert.True(await db.TicketMessages.AnyAsync(m => m.Body.Contains("First, no answer.\nThen, an answer")));
        Assert.True(await db.AuditEntries.AnyAsync(a => a.Room == "Imports" && a.What == "Imported" && a.ClientId == client));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_import_pages_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var code = $"MAIN{width}";
        var client = await RegisterClientAsync(code, $"Fitting {width}");
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await CheckAsync("/imports/new", page.GetByLabel("CSV file"));
        await UploadAsync(page, client, ComplaintFile.Of(40, First, width));
        await MapAsync(page);
        var import = new Uri(page.Url).AbsolutePath;

        await CheckAsync(import, page.GetByRole(AriaRole.Table));
        await CheckAsync($"{import}?step=values", page.GetByRole(AriaRole.Table).First);
        await CheckAsync($"{import}?step=check", page.GetByRole(AriaRole.Table));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check all rows" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 40 tickets" }).ClickAsync();
        await Expect(page.GetByText("Tickets made")).ToBeVisibleAsync();
        await CheckAsync(import, page.GetByText("Tickets made"));
        await CheckAsync("/imports", page.GetByRole(AriaRole.Table));

        await page.GotoAsync(Portal.At(import).ToString());
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo this import" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete 40 tickets" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Kept" })).ToBeVisibleAsync();
        await using var db = await DatabaseAsync();
        Assert.Equal(0, await db.Tickets.CountAsync(t => t.ClientId == client));

        async Task CheckAsync(string path, ILocator shown)
        {
            await page.GotoAsync(Portal.At(path).ToString());
            await Browser.ReadyAsync(page);
            await Expect(shown).ToBeVisibleAsync();
            await Browser.ShootAsync(page, $"import-{path.Split('=', '/')[^1]}-{scheme}-{width}".ToLowerInvariant());
            Assert.Equal(
                (path, 0, ""),
                (path, await Browser.SidewaysAsync(page), string.Join('\n', await Browser.AccessibilityFaultsAsync(page)))
            );
        }
    }

    private async Task UploadAsync(IPage page, Guid client, ComplaintFile file)
    {
        await using var db = await DatabaseAsync();
        var name = (await db.Clients.SingleAsync(c => c.Id == client)).Name;
        await page.GotoAsync(Portal.At("/imports").ToString());
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Import a file" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Client" }).PressSequentiallyAsync(name);
        await page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await page.GetByLabel("CSV file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "history.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(file.Csv),
                }
            );
        await Browser.ComesToAsync(page, "/imports/IMP-*");
    }

    /// <summary>Columns and values by hand; ends on the values.</summary>
    private static async Task MapAsync(IPage page)
    {
        await Choose("Date received becomes", "Created");
        await Choose("How Date received is written", "M/d/yyyy");
        await Choose("Date sent to company becomes", "Resolved");
        await Choose("How Date sent to company is written", "M/d/yyyy");
        await Choose("Product becomes", "Category");
        await Choose("Issue becomes", "Category");
        await Choose("Consumer complaint narrative becomes", "Message");
        await Choose("Submitted via becomes", "Channel");
        await Choose("Company response to consumer becomes", "Disposition");
        await Choose("Timely response? becomes", "Timely");
        await Choose("Consumer disputed? becomes", "Disputed");
        await Expect(page.GetByText("What a ticket needs is mapped")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next: values" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Values of Disputed" })).ToBeVisibleAsync();
        var make = page.GetByRole(AriaRole.Button, new() { Name = "missing as categories" });
        if (await make.IsVisibleAsync()) // made by an earlier journey, they are known
        {
            await make.ClickAsync();
            await Expect(make).ToBeHiddenAsync();
        }

        await Choose("Postal mail is", "Post");
        await Choose("Closed with explanation is", Dispositions.Resolved);
        await Choose("Closed with monetary relief is", Dispositions.RefundProcessed);
        await Expect(page.GetByText("still need")).ToHaveCountAsync(0);

        async Task Choose(string label, string value)
        {
            var list = page.GetByLabel(label, new() { Exact = true });
            await list.SelectOptionAsync(value);
            await Expect(list).ToHaveValueAsync(value);
        }
    }

    private static async Task<byte[]> DownloadAsync(IPage page, string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private async Task<Guid> RegisterClientAsync(string code, string name)
    {
        await using var db = await DatabaseAsync();
        var like = await db.Clients.OrderBy(c => c.Code).FirstAsync();
        var lead = PlumDatabase.Lead;
        Assert.IsType<Outcome.Done>(
            await Portal
                .Get<ClientService>()
                .RegisterAsync(new RegisterClient(code, name, "Asia/Kolkata", like.CalendarId, like.SlaPolicyId), lead, default)
        );
        return (await db.Clients.SingleAsync(c => c.Code == code)).Id;
    }

    private async Task<long> OpenTicketAsync(string subject)
    {
        await using var db = await DatabaseAsync();
        var recipient = await db.Recipients.Where(r => r.Email != null).OrderByDescending(r => r.Id).FirstAsync();
        var category = await db.Categories.FirstAsync(c => c.IsActive && c.FirstDisposition == Dispositions.VoucherNotReceived);
        var opened = await Portal
            .Get<TicketService>()
            .OpenAsync(
                new OpenTicket(recipient.ClientId, category.Id, subject, IntakeChannel.Phone, "Where is it?", RecipientId: recipient.Id),
                PlumDatabase.Lead,
                default
            );
        return TicketReference.Parse(Assert.IsType<Outcome.Done>(opened).Key)!.Value;
    }
}
