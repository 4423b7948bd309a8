using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class MacrosPageTests
{
    private static PlumScreen Screen(PlumDatabase plum, Actor lead) => PlumScreen.Of(plum, lead, Role.OpsLead);

    private static async Task<IRenderedComponent<MacrosPage>> OpenAsync(PlumScreen screen)
    {
        screen.Get<NavigationManager>().NavigateTo("/settings/macros");
        var page = screen.Render<MacrosPage>();
        await page.WaitForElementAsync("main, table, .empty");
        return page;
    }

    private static Task<Actor> LeadAsync(PlumDatabase plum) => plum.HasUserAsync("Lea Lead", Role.OpsLead);

    private static Task PressAsync(IRenderedComponent<MacrosPage> page, string text) =>
        page.FindAll("button").First(b => b.TextContent.Trim() == text).ClickAsync();

    [Fact]
    public async Task A_macro_is_written_from_placeholders_and_previewed_before_it_is_saved()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = Screen(plum, await LeadAsync(plum));
        var page = await OpenAsync(screen);

        await PressAsync(page, "Write macro");
        await page.Find("#field-Name").InputAsync("Apology");
        await page.Find("#field-Body").InputAsync("Dear");
        await PressAsync(page, "{{recipient.name}}");
        Assert.Equal("Dear Jane Okafor", page.Find(".mail-body").TextContent);
        Assert.Equal(MacroText.Examples.Keys.Select(k => $"{{{{{k}}}}}"), page.FindAll(".placeholders button").Select(b => b.TextContent));
        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("Apology", page.Find("tbody .row-link").TextContent));
        Assert.Equal(["Apology is written, and offered on tickets."], screen.Said);
        Assert.Equal("Dear {{recipient.name}}", (await plum.Get<MacroService>().ListAsync(PlumDatabase.Lead, default)).Single().Body);
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_its_field_with_the_place_of_the_placeholder()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = Screen(plum, await LeadAsync(plum));
        var page = await OpenAsync(screen);

        await PressAsync(page, "Write macro");
        await page.Find("#field-Body").InputAsync("Dear {{recipient.nmae}}");
        await page.Find("form").SubmitAsync();

        Assert.Equal("Name is missing. Fill it in.", page.Find("#Name-error").TextContent);
        Assert.Equal(
            "There is no placeholder {{recipient.nmae}} at character 6 (line 1). Did you mean {{recipient.name}}?",
            page.Find("#Body-error").TextContent
        );
    }

    [Fact]
    public async Task What_was_typed_is_there_again_after_the_page_was_left_and_theirs_is_shown_beside_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var lead = await LeadAsync(plum);
        var macros = plum.Get<MacroService>();
        await macros.WriteAsync(new WriteMacro(new MacroTerms("Apology", "Sorry.")), PlumDatabase.Lead, default);
        var macro = (await macros.ListAsync(PlumDatabase.Lead, default)).Single();
        await using (var screen = Screen(plum, lead))
        {
            var left = await OpenAsync(screen);
            await left.Find("tbody .row-link").ClickAsync();
            await left.Find("#field-Body").InputAsync("We are very sorry.");
            plum.Clock.Advance(DraftKeeper.Rest);
            await left.WaitForAssertionAsync(() => Assert.Equal("Draft saved", left.Find("form .draft-state").TextContent));
        }

        await macros.ChangeAsync(
            new ChangeMacro(macro.Id, macro.Version, new MacroTerms("Apology", "We regret it.")),
            PlumDatabase.Lead,
            default
        );
        await using var later = Screen(plum, lead);
        var page = await OpenAsync(later);
        await page.Find("tbody .row-link").ClickAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal(["We regret it.", "We are very sorry."], page.FindAll(".stale-table td").Select(td => td.TextContent))
        );
        await PressAsync(page, "Keep mine");
        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Apology is saved."], later.Said));
        Assert.Equal("We are very sorry.", (await macros.ListAsync(PlumDatabase.Lead, default)).Single().Body);
        await using var db = plum.Peek();
        Assert.Empty(await db.Drafts.ToListAsync());
    }

    [Fact]
    public async Task A_macro_is_switched_off_and_found_by_that()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.Get<MacroService>().WriteAsync(new WriteMacro(new MacroTerms("Apology", "Sorry.")), PlumDatabase.Lead, default);
        await using var screen = Screen(plum, await LeadAsync(plum));
        var page = await OpenAsync(screen);

        await page.Find("tbody .row-link").ClickAsync();
        await page.Find("#field-IsActive").ChangeAsync(false);
        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Apology is saved."], screen.Said));
        Assert.False((await plum.Get<MacroService>().ListAsync(PlumDatabase.Lead, default)).Single().IsActive);
        screen.Get<NavigationManager>().NavigateTo("/settings/macros?active=yes");
        await page.WaitForAssertionAsync(() => Assert.Contains("No macro matches", page.Markup, StringComparison.Ordinal));
    }
}
