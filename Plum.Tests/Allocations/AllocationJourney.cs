using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Allocations;

[Collection(PortalCollection.Name)]
public class AllocationJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Fact]
    public async Task Bad_rows_are_mended_in_place_many_at_once_and_as_a_file_until_none_is_left()
    {
        var (programme, code) = await RewardAsync();
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.ProgrammeAdmin);
        await GiveAsync(page, programme, Csv("J", code));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the rows" }).ClickAsync();
        await Expect(page.GetByText("8 rows are bad.")).ToBeVisibleAsync();
        var number = AllocationReference.Parse(new Uri(page.Url).AbsolutePath.Split('/')[^1])!.Value;
        await Browser.ShootAsync(page, "allocation-mend");

        // In place.
        var cell = page.GetByLabel("Email, line 4", new() { Exact = true });
        await cell.FillAsync("cy.mended@example.com");
        await cell.PressAsync("Enter");
        await Expect(page.GetByText("7 rows are bad.")).ToBeVisibleAsync();

        // Find and replace, of what was counted first.
        await OpenManyAsync(page);
        var many = page.GetByRole(AriaRole.Group, new() { Name = "Change many rows" });
        await many.GetByRole(AriaRole.Combobox, new() { Name = "Column" }).SelectOptionAsync("Country");
        await many.GetByRole(AriaRole.Textbox, new() { Name = "Find" }).FillAsync("Englandia");
        await many.GetByRole(AriaRole.Textbox, new() { Name = "Replace with" }).FillAsync("GB");
        await many.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await many.GetByRole(AriaRole.Button, new() { Name = "Change 3 rows" }).ClickAsync();
        await Expect(page.GetByText("4 rows are bad.")).ToBeVisibleAsync();

        // Fill, only where the reward is missing.
        var missing = page.GetByRole(AriaRole.Navigation, new() { Name = "Kinds of faults" })
            .GetByRole(AriaRole.Link, new() { Name = "No reward" });
        await missing.ClickAsync();
        await Expect(missing).ToHaveAttributeAsync("aria-current", "true");
        await OpenManyAsync(page);
        await many.GetByRole(AriaRole.Combobox, new() { Name = "Column" }).SelectOptionAsync("Reward");
        await many.GetByRole(AriaRole.Combobox, new() { Name = "Do" }).SelectOptionAsync("Fill");
        await many.GetByRole(AriaRole.Textbox, new() { Name = "Fill with" }).FillAsync(code);
        await many.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await many.GetByRole(AriaRole.Button, new() { Name = "Change 2 rows" }).ClickAsync();
        await Expect(page.GetByText("2 rows are bad.")).ToBeVisibleAsync();

        // As a file, out and back.
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Bad rows as CSV" }).ClickAsync()
        );
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Equal(3, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await page.GetByLabel("Give mended rows", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "mended.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(text.Replace(",abc,", ",10.00,", StringComparison.Ordinal)),
                }
            );
        await Expect(page.GetByText("Every row is good.")).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "allocation-mended");

        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var file = await db.AllocationFiles.SingleAsync(f => f.Number == number);
        Assert.Equal((AllocationState.Checked, 10L, 10L, 0L), (file.State, file.Rows, file.Good, file.Bad));
        Assert.Equal(
            [
                "Uploaded",
                "Check asked for",
                "Checked",
                "Row corrected",
                "Change of many rows asked for",
                "Change of many rows asked for",
                "Mended rows given",
            ],
            await db
                .AuditEntries.Where(a =>
                    a.Subject.StartsWith(file.Reference) && a.What != "Mapped" && a.What != "Rows changed" && a.What != "Mended"
                )
                .OrderBy(a => a.Id)
                .Select(a => a.What)
                .ToListAsync()
        );
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_pages_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var (programme, code) = await RewardAsync();
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.ProgrammeAdmin);
        await CheckAsync("/allocations/new", "new", page.GetByLabel("File", new() { Exact = true }));
        await GiveAsync(page, programme, Csv($"W{width}", code));
        var path = new Uri(page.Url).AbsolutePath;
        await CheckAsync(path, "columns", page.GetByRole(AriaRole.Table));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the rows" }).ClickAsync();
        await Expect(page.GetByText("8 rows are bad.")).ToBeVisibleAsync();
        await CheckAsync(path, "mend", page.GetByRole(AriaRole.Table));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change many" }).ClickAsync();
        await Browser.ShootAsync(page, $"allocation-many-{scheme}-{width}".ToLowerInvariant());
        await CheckAsync("/allocations", "list", page.GetByRole(AriaRole.Table));

        async Task CheckAsync(string at, string name, ILocator shown)
        {
            await page.GotoAsync(Portal.At(at).ToString());
            await Browser.ReadyAsync(page);
            await Expect(shown).ToBeVisibleAsync();
            await Browser.ShootAsync(page, $"allocation-{name}-{scheme}-{width}".ToLowerInvariant());
            Assert.Equal(
                (at, 0, ""),
                (at, await Browser.SidewaysAsync(page), string.Join('\n', await Browser.AccessibilityFaultsAsync(page)))
            );
        }
    }

    /// <summary>Two good rows; one with a wrong address, three with a wrong country, two without a reward, two without a number.</summary>
    private static string Csv(string key, string code) =>
        "Reference,Name,Email,Country,Reward,Value,Message\r\n"
        + string.Concat(
            Enumerable
                .Range(1, 10)
                .Select(i =>
                    $"{key}-{Guid.NewGuid():N},Maximiliane Featherstonehaugh-Cholmondeley {i},{(i == 3 ? "cy@nowhere" : $"person{i}@example.com")},{(i is 4 or 5 or 6 ? "Englandia" : "GB")},{(i is 7 or 8 ? "" : code)},{(i is 9 or 10 ? "abc" : "10.00")},Thank you\r\n"
                )
        );

    private static async Task OpenManyAsync(IPage page)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Change many" });
        if (await button.GetAttributeAsync("aria-expanded") == "false")
        {
            await button.ClickAsync();
        }
    }

    private async Task GiveAsync(IPage page, string programme, string csv)
    {
        await page.GotoAsync(Portal.At("/allocations/new").ToString());
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Programme" }).PressSequentiallyAsync(programme);
        await page.GetByRole(AriaRole.Option, new() { Name = programme }).ClickAsync();
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "everybody-who-had-an-anniversary-in-the-northern-region-second-version-final.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(csv),
                }
            );
        await Browser.ComesToAsync(page, "/allocations/IPA-*");
        await Browser.ReadyAsync(page);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Check the rows" })).ToBeEnabledAsync();
    }

    /// <summary>A programme in pounds of this journey's own, and a reward that is sold at ten of them.</summary>
    private async Task<(string Programme, string Code)> RewardAsync()
    {
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var client = await db.Clients.OrderBy(c => c.Code).FirstAsync();
        var tag = Guid.NewGuid().ToString("N")[..8];
        var programme = Programme.Start(client.Id, $"J-{tag.ToUpperInvariant()}", $"Journey {tag}", "GBP", DeliveryChannel.Email);
        db.Add(programme);
        var (brand, supplier) = (await db.Brands.FirstAsync(b => b.IsActive), await db.Suppliers.FirstAsync(s => s.IsActive));
        var reward = Domain.Catalogue.Reward.Offer(
            brand.Id,
            supplier.Id,
            $"J-{tag}",
            $"Journey card {tag}",
            Domain.Catalogue.RewardKind.GiftCard,
            "GB",
            "GBP",
            [1000, 2500],
            0,
            0
        );
        db.Add(reward);
        db.Add(Domain.Audit.AuditEntry.For("Allocations", "journey", "Made", Actor.Job("test"), DateTime.UnixEpoch));
        await db.SaveChangesAsync();
        return (programme.Name, reward.Code);
    }
}
