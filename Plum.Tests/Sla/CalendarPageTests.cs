using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Sla;
using Plum.Portal.Shared;
using Plum.Portal.Sla;
using Plum.Tests.Shared;

namespace Plum.Tests.Sla;

public class CalendarPageTests
{
    private static readonly CalendarHours Office = CalendarHours.Week(
        "Europe/London",
        CalendarHours.MondayToFriday,
        new Opening(9 * 60, 17 * 60)
    );

    private static async Task<PlumScreen> ScreenAsync(PlumDatabase plum) =>
        PlumScreen.Of(
            plum,
            await plum.HasUserAsync("Lea Lead", Role.OpsLead),
            Role.OpsLead,
            services => services.AddScoped<CalendarDesk>()
        );

    private static async Task<IRenderedComponent<CalendarPage>> OpenAsync(PlumScreen screen, string code)
    {
        var page = screen.Render<CalendarPage>(p => p.Add(c => c.Code, code));
        await page.WaitForElementAsync("h1");
        return page;
    }

    [Fact]
    public async Task The_list_names_each_calendar_with_its_zone_and_hours()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);

        var page = screen.Render<CalendarsPage>();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal(["UK", "UK", "Europe/London", "40 h", "0", "0"], page.FindAll("tbody tr td").Select(td => td.TextContent.Trim()))
        );
    }

    [Fact]
    public async Task Without_calendars_the_list_says_why_one_is_needed()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = await ScreenAsync(plum);

        var page = screen.Render<CalendarsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("No calendars yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hours_typed_for_a_day_show_in_the_next_fourteen_days_and_are_saved()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "UK");

        await page.Find("#Monday").ChangeAsync("9-13, 14-18");
        Assert.Contains("09:00-13:00, 14:00-18:00", page.Find(".days-table").TextContent, StringComparison.Ordinal);
        await page.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal)).ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Saved."], screen.Said));
        var saved = (await plum.Get<CalendarService>().FindAsync("UK", PlumDatabase.Lead, default))!;
        Assert.Equal(
            "09:00-13:00, 14:00-18:00",
            Opening.WriteAll(saved.Hours.Weekly.Where(w => w.Day == DayOfWeek.Monday).Select(w => w.Hours))
        );
    }

    [Fact]
    public async Task Hours_that_cannot_be_read_are_told_beside_their_field_and_what_was_typed_stays()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "UK");

        await page.Find("#Tuesday").ChangeAsync("nine to five");
        await page.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal)).ClickAsync();

        Assert.Equal(
            ("nine to five", "true"),
            (page.Find("#Tuesday").GetAttribute("value"), page.Find("#Tuesday").GetAttribute("aria-invalid"))
        );
        Assert.Contains("09:00-13:00", page.Find("#Tuesday-error").TextContent, StringComparison.Ordinal);
        await using var db = plum.Peek();
        Assert.Equal(0, await db.AuditEntries.CountAsync());
    }

    [Fact]
    public async Task Whoever_saves_second_sees_theirs_beside_mine_and_may_keep_mine()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var calendar = await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "UK");
        await plum.Get<CalendarService>()
            .ChangeAsync(new ChangeCalendar(calendar.Id, calendar.Version, "London", Office), PlumDatabase.Lead, default);

        await page.Find("#Name").InputAsync("Britain");
        IElement Save() => page.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal));
        await Save().ClickAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Equal(["London", "Britain"], page.FindAll(".stale-table td").Select(td => td.TextContent))
        );
        await page.FindAll("button").Single(b => b.TextContent == "Keep mine").ClickAsync();
        await Save().ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Saved."], screen.Said));
        Assert.Equal("Britain", (await plum.Get<CalendarService>().FindAsync("UK", PlumDatabase.Lead, default))!.Name);
    }

    [Fact]
    public async Task A_change_that_moves_open_tickets_is_asked_about_first_with_what_it_would_do()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasTicketAsync(); // Monday at nine, by the calendar that is always open
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "ALWAYS");

        await page.Find("input[type=checkbox]").ChangeAsync(false);
        await page.Find("#Monday").ChangeAsync("09:00-10:00");
        var saving = page.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal)).ClickAsync();

        var confirm = screen.Get<Confirmations>();
        await page.WaitForStateAsync(() => confirm.Asked is not null);
        Assert.Equal(
            "1 open ticket is reckoned again at once: 1 due later or not at all. None is breached by it.",
            confirm.Asked!.Consequence
        );
        await page.InvokeAsync(() => confirm.Answer(false));
        await saving;
        Assert.True((await plum.Get<CalendarService>().FindAsync("ALWAYS", PlumDatabase.Lead, default))!.Hours.Is24x7);
    }

    [Fact]
    public async Task Holidays_are_pasted_as_a_list_and_lines_without_a_date_are_given_back()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "UK");

        await page.FindAll("button").Single(b => b.TextContent.Contains("Paste a list", StringComparison.Ordinal)).ClickAsync();
        await page.Find("#paste").ChangeAsync("2026-12-25\tChristmas Day\nBoxing Day\n2026-03-10, Founder's Day");
        await page.FindAll("button").Single(b => b.TextContent == "Add them").ClickAsync();

        Assert.Equal("Boxing Day", page.Find("#paste").GetAttribute("value"));
        Assert.Equal(["2026-03-10", "2026-12-25"], page.FindAll("input[type=date]").Select(i => i.GetAttribute("value")));
        Assert.Contains("Founder's Day", page.Find(".days-table").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_calendar_is_drawn_and_its_own_page_opens()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "new");

        await page.Find("#Name").InputAsync("Nepal");
        await page.Find("#Code").InputAsync("NP");
        await page.Find("#TimeZoneId").ChangeAsync("Asia/Kathmandu");
        await page.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal)).ClickAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith("/settings/calendars/NP", screen.Get<NavigationManager>().Uri, StringComparison.Ordinal)
        );
        Assert.Equal("Asia/Kathmandu", (await plum.Get<CalendarService>().FindAsync("NP", PlumDatabase.Lead, default))!.Hours.TimeZoneId);
    }

    [Fact]
    public async Task What_was_typed_and_not_saved_is_there_again_and_can_be_discarded()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);
        await (await OpenAsync(screen, "UK")).Find("#Tuesday").ChangeAsync("nine to five");

        var again = await OpenAsync(screen, "UK");
        Assert.Equal("nine to five", again.Find("#Tuesday").GetAttribute("value"));
        await again.FindAll("button").Single(b => b.TextContent == "Discard it").ClickAsync();

        Assert.Equal("09:00-17:00", again.Find("#Tuesday").GetAttribute("value"));
        Assert.Equal("09:00-17:00", (await OpenAsync(screen, "UK")).Find("#Tuesday").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_kept_over_an_older_version_does_not_overwrite_the_newer_one_unasked()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var calendar = await plum.HasCalendarAsync("UK", Office);
        await using var screen = await ScreenAsync(plum);
        await (await OpenAsync(screen, "UK")).Find("#Name").InputAsync("Britain");
        await plum.Get<CalendarService>()
            .ChangeAsync(new ChangeCalendar(calendar.Id, calendar.Version, "London", Office), PlumDatabase.Lead, default);

        var again = await OpenAsync(screen, "UK");
        await again.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal)).ClickAsync();

        await again.WaitForAssertionAsync(() =>
            Assert.Equal(["London", "Britain"], again.FindAll(".stale-table td").Select(td => td.TextContent))
        );
    }

    [Fact]
    public async Task An_unknown_code_says_so_and_leads_back()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = await ScreenAsync(plum);

        var page = await OpenAsync(screen, "NOWHERE");

        Assert.Equal("There is no such calendar", page.Find("h1").TextContent);
    }
}
