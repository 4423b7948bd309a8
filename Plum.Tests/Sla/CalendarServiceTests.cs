using Microsoft.EntityFrameworkCore;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Tests.Shared;

namespace Plum.Tests.Sla;

public class CalendarServiceTests
{
    private static readonly CalendarHours Office = CalendarHours.Week(
        "Asia/Kolkata",
        CalendarHours.MondayToFriday,
        new Opening(9 * 60, 18 * 60)
    );

    [Theory]
    [EachDatabase]
    public async Task A_drawn_calendar_comes_back_as_it_was_written(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var hours = Office with
        {
            Holidays = [new(new DateOnly(2026, 11, 8), "Diwali")],
            OneOffs = [new(new DateOnly(2026, 11, 7), [new(9 * 60, 13 * 60)], "Half day")],
        };

        var outcome = await plum.Get<CalendarService>()
            .DrawAsync(new DrawCalendar("IN-OFFICE", " India office ", hours), PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Done("IN-OFFICE"), outcome);
        var view = (await plum.Get<CalendarService>().FindAsync("IN-OFFICE", PlumDatabase.Lead, default))!;
        Assert.Equal(("India office", hours), (view.Name, view.Hours));
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Calendar drawn");
        Assert.Equal(("IN-OFFICE", "Lea Lead"), (line.Subject, line.Who));
        Assert.Contains("\"Monday\":\"09:00-18:00\"", line.After, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task The_audit_line_of_a_change_holds_what_changed_and_nothing_else(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var calendar = await plum.HasCalendarAsync("IN", Office);
        var changed = Office with { Holidays = [new(new DateOnly(2026, 1, 26), "Republic Day")] };

        await plum.Get<CalendarService>()
            .ChangeAsync(new ChangeCalendar(calendar.Id, calendar.Version, "IN", changed), PlumDatabase.Lead, default);

        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Calendar changed");
        Assert.Equal(("""{"holidays":{}}""", """{"holidays":{"2026-01-26":"Republic Day"}}"""), (line.Before, line.After));
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_who_change_a_calendar_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var calendar = await plum.HasCalendarAsync("IN", Office);
        var calendars = plum.Get<CalendarService>();
        await calendars.ChangeAsync(new ChangeCalendar(calendar.Id, calendar.Version, "First", Office), PlumDatabase.Lead, default);

        var second = await calendars.ChangeAsync(
            new ChangeCalendar(calendar.Id, calendar.Version, "Second", Office),
            PlumDatabase.Lead,
            default
        );

        Assert.IsType<Outcome.Stale>(second);
        await using var db = plum.Peek();
        Assert.Equal("First", (await db.BusinessCalendars.SingleAsync()).Name);
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.What == "Calendar changed"));
    }

    [Theory]
    [EachDatabase]
    public async Task Saving_a_calendar_unchanged_leaves_no_trace(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var calendar = await plum.HasCalendarAsync("IN", Office);

        var outcome = await plum.Get<CalendarService>()
            .ChangeAsync(new ChangeCalendar(calendar.Id, calendar.Version, calendar.Name, Office), PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Done("IN"), outcome);
        await using var db = plum.Peek();
        Assert.Equal((calendar.Version, 0), ((await db.BusinessCalendars.SingleAsync()).Version, await db.AuditEntries.CountAsync()));
    }

    [Theory]
    [EachDatabase]
    public async Task A_calendar_is_refused_without_right_name_hours_or_a_free_code(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasCalendarAsync("TAKEN", Office);
        var calendars = plum.Get<CalendarService>();
        var bound = PlumDatabase.Bound(await plum.HasClientAsync(), Role.OpsLead);
        async Task<string> Code(string code, string name, CalendarHours hours, Actor by) =>
            Assert.IsType<Outcome.Refused>(await calendars.DrawAsync(new DrawCalendar(code, name, hours), by, default)).Why.Code;

        Assert.Equal(
            [
                "shared.not-allowed",
                "shared.not-found",
                "sla.code-form",
                "shared.missing",
                "calendar.no-hours",
                "calendar.time-zone",
                "sla.code-taken",
            ],
            [
                await Code("NEW", "New", Office, PlumDatabase.Agent),
                await Code("NEW", "New", Office, bound),
                await Code("new", "New", Office, PlumDatabase.Lead),
                await Code("NEW", " ", Office, PlumDatabase.Lead),
                await Code("NEW", "New", Office with { Weekly = [] }, PlumDatabase.Lead),
                await Code("NEW", "New", Office with { TimeZoneId = "Mars/Olympus" }, PlumDatabase.Lead),
                await Code("TAKEN", "New", Office, PlumDatabase.Lead),
            ]
        );
        Assert.Null(await calendars.FindAsync("TAKEN", bound, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await calendars.ChangeAsync(new ChangeCalendar(Guid.NewGuid(), 0, "New", Office), PlumDatabase.Lead, default)
        );
    }
}
