using System.Text;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Imports;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Imports;
using Plum.Portal.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Imports;

public class ImportPagesTests
{
    private const string Csv = """
        Ref,Received,Product,Issue,Via
        A-1,1/25/2026,Voucher,Late,Web
        A-2,1/26/2026,Voucher,Late,Postal mail
        A-3,1/27/2026,Voucher,Broken,Pigeon

        """;

    private static async Task<PlumScreen> ScreenAsync(PlumDatabase plum, ImportOptions? options = null) =>
        PlumScreen.Of(
            plum,
            await plum.HasUserAsync("Lea Lead", Role.OpsLead),
            Role.OpsLead,
            services => services.AddSingleton(options ?? new ImportOptions())
        );

    private static async Task<long> UploadedAsync(PlumDatabase plum, Client client, string csv = Csv)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var outcome = await plum.Get<ImportService>()
            .UploadAsync(new UploadImport(client.Id, "history.csv"), content, PlumDatabase.Lead, default);
        return ImportReference.Parse(Assert.IsType<Outcome.Done>(outcome).Key)!.Value;
    }

    private static async Task<IRenderedComponent<ImportPage>> OpenAsync(PlumScreen screen, string reference, string step = "")
    {
        screen.Get<NavigationManager>().NavigateTo($"/imports/{reference}{step}");
        var page = screen.Render<ImportPage>(p => p.Add(i => i.Reference, reference));
        await page.WaitForElementAsync("h1");
        return page;
    }

    private static async Task<ImportMapping> SavedAsync(PlumDatabase plum, long number) =>
        (await plum.Get<ImportService>().ViewAsync(number, PlumDatabase.Lead, default))!.Mapping;

    private static async Task ChooseAsync(IRenderedComponent<ImportPage> page, string label, string value) =>
        await (await page.WaitForElementAsync($"select[aria-label='{label}']")).ChangeAsync(value);

    [Fact]
    public async Task A_file_is_taken_for_the_client_chosen_and_its_page_opens()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasClientAsync();
        await using var screen = await ScreenAsync(plum);
        screen.Get<NavigationManager>().NavigateTo("/imports/new?client=ACME");
        var page = screen.Render<NewImportPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal("ACME", screen.Get<NavigationManager>().Uri[^4..]));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Csv, "history.csv"));

        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith("/imports/IMP-1", screen.Get<NavigationManager>().Uri, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("", 1000, "history.csv is a workbook")]
    [InlineData("?client=ACME", 1000, "history.csv is a workbook")]
    [InlineData("?client=ACME", 3, "larger than 1 MB")]
    public async Task A_file_that_will_not_do_is_told_beside_the_place_where_it_was_dropped(string query, long most, string said)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasClientAsync();
        await using var screen = await ScreenAsync(plum, new ImportOptions(most));
        screen.Get<NavigationManager>().NavigateTo($"/imports/new{query}");
        var page = screen.Render<NewImportPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("PK\u0003\u0004rest", "history.csv"));

        var place = query.Length == 0 ? "#ClientId-error" : "#File-error";
        var error = await page.WaitForElementAsync(place);
        Assert.Contains(query.Length == 0 ? "Choose the client" : said, error.TextContent, StringComparison.Ordinal);
        Assert.Empty(await plum.Get<ImportService>().ListAsync(PlumDatabase.Lead, default));
    }

    [Fact]
    public async Task Columns_are_mapped_by_hand_with_what_is_in_them_beside_and_every_choice_is_kept()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var number = await UploadedAsync(plum, await plum.HasClientAsync());
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "IMP-1");
        await page.WaitForElementAsync("table");
        Assert.Equal(["Web", "Postal mail", "Pigeon"], page.FindAll("tr")[5].QuerySelectorAll(".sample").Select(s => s.TextContent));

        await ChooseAsync(page, "How Received is written", "M/d/yyyy");
        await ChooseAsync(page, "Issue becomes", nameof(ImportField.Category));

        await page.WaitForAssertionAsync(() => Assert.Contains("What a ticket needs is mapped", page.Markup, StringComparison.Ordinal));
        var saved = await SavedAsync(plum, number);
        Assert.Equal(["Product", "Issue"], saved[ImportField.Category]!.Columns);
        Assert.Equal((1, "M/d/yyyy"), (saved[ImportField.Created]!.Columns.Count, saved[ImportField.Created]!.Format));
        Assert.Empty((await OpenAsync(screen, "IMP-1")).FindAll("select[aria-invalid]"));
    }

    [Fact]
    public async Task What_is_still_missing_is_said_and_the_rows_cannot_be_checked_before()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await UploadedAsync(plum, await plum.HasClientAsync());
        await using var screen = await ScreenAsync(plum);

        var page = await OpenAsync(screen, "IMP-1", "?step=check");

        await page.WaitForAssertionAsync(() => Assert.Contains("State how Created is written", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Check all rows", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_mapped_by_hand_by_proposal_or_to_a_category_that_is_made()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var number = await MappedAsync(plum, await plum.HasClientAsync());
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "IMP-1", "?step=values");
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("2 values; 2 still need one of ours", page.Markup, StringComparison.Ordinal)
        );
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("3 values; 2 still need one of ours", page.Markup, StringComparison.Ordinal)
        );

        await Button(page, "Make the 2 missing as categories").ClickAsync();
        await Button(page, "Take the 1 proposed").ClickAsync();
        await ChooseAsync(page, "Pigeon is", nameof(IntakeChannel.Social));
        await ChooseAsync(page, "Severity of Voucher / Broken", nameof(Severity.P1));

        await page.WaitForAssertionAsync(() => Assert.Contains("3 values, all understood", page.Markup, StringComparison.Ordinal));
        var saved = await SavedAsync(plum, number);
        Assert.Equal(
            [("Voucher / Broken", Severity.P1), ("Voucher / Late", Severity.P3)],
            saved.NewCategories!.Select(c => (c.Name, c.Severity)).OrderBy(c => c.Name)
        );
        Assert.Equal(
            [("Pigeon", "Social"), ("Postal mail", "Post")],
            saved[ImportField.Channel]!.Values!.Select(v => (v.Key, v.Value)).OrderBy(v => v.Key)
        );
    }

    [Fact]
    public async Task Rows_are_checked_previewed_and_rejected_with_their_place_and_remedy_then_imported_and_undone()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var number = await MappedAsync(plum, await plum.HasClientAsync());
        await plum.HasCategoryAsync("Voucher / Late");
        await plum.HasCategoryAsync("Voucher / Broken");
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "IMP-1", "?step=check");

        await (await page.WaitForElementAsync("button.btn-primary")).ClickAsync();
        await page.WaitForElementAsync(".import-faults");
        Assert.Equal(["3", "1", "2"], page.FindAll(".figures .value").Take(3).Select(v => v.TextContent));
        Assert.Equal(
            ["3", "Via", "Postal mail"],
            page.FindAll(".import-faults tbody tr")[0].QuerySelectorAll("td").Take(3).Select(c => c.TextContent)
        );
        Assert.Contains("Map this value", page.FindAll(".import-faults tbody tr")[0].TextContent, StringComparison.Ordinal);

        await Button(page, "Import 1 ticket").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("Waiting for its turn", page.Markup, StringComparison.Ordinal));
        await plum.Get<ImportWork>().RunDueAsync(default);
        plum.Clock.Advance(TimeSpan.FromSeconds(1));
        await page.WaitForAssertionAsync(() => Assert.Equal(["IMP-1 made 1 ticket."], screen.Said));

        var undoing = Button(page, "Undo this import").ClickAsync();
        var confirm = screen.Get<Confirmations>();
        await page.WaitForStateAsync(() => confirm.Asked is not null);
        Assert.StartsWith("1 ticket of", confirm.Asked!.Consequence, StringComparison.Ordinal);
        await page.InvokeAsync(() => confirm.Answer(true));
        await undoing;
        await plum.Get<ImportWork>().RunDueAsync(default);
        plum.Clock.Advance(TimeSpan.FromSeconds(1));

        await page.WaitForAssertionAsync(() => Assert.Contains("Taken away", page.Markup, StringComparison.Ordinal));
        Assert.Equal(ImportState.Undone, (await plum.Get<ImportService>().ViewAsync(number, PlumDatabase.Lead, default))!.State);
    }

    [Fact]
    public async Task Whoever_maps_second_is_told_and_sees_what_is_saved()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var number = await UploadedAsync(plum, await plum.HasClientAsync());
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "IMP-1");
        await page.WaitForElementAsync("table");
        await plum.Get<ImportService>().MapAsync(new MapImport(number, 0, ImportMapping.Nothing), PlumDatabase.Lead, default);

        await ChooseAsync(page, "Issue becomes", nameof(ImportField.Category));

        await page.WaitForAssertionAsync(() => Assert.Equal([Toasts.StaleText], screen.Said));
        Assert.Empty((await SavedAsync(plum, number)).Fields);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("select[aria-label='How Received is written']")));
    }

    [Theory]
    [InlineData("IMP-77")]
    [InlineData("nonsense")]
    public async Task An_import_that_is_not_there_says_so_and_leads_back(string reference)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = await ScreenAsync(plum);

        var page = await OpenAsync(screen, reference);

        Assert.Equal("There is no such import", page.Find("h1").TextContent);
    }

    private static async Task<long> MappedAsync(PlumDatabase plum, Client client)
    {
        var number = await UploadedAsync(plum, client);
        var mapping = new ImportMapping([
            new(ImportField.SourceReference, ["Ref"]),
            new(ImportField.Created, ["Received"], Format: "M/d/yyyy"),
            new(ImportField.Category, ["Product", "Issue"]),
            new(ImportField.Channel, ["Via"]),
        ]);
        Assert.IsType<Outcome.Done>(
            await plum.Get<ImportService>().MapAsync(new MapImport(number, 0, mapping), PlumDatabase.Lead, default)
        );
        return number;
    }

    private static IElement Button(IRenderedComponent<ImportPage> page, string says) =>
        page.FindAll("button").Single(b => b.TextContent.Contains(says, StringComparison.Ordinal));
}
