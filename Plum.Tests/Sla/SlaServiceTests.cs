using Microsoft.EntityFrameworkCore;
using Plum.Data.Sla;
using Plum.Data.Tickets;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Sla;

/// <summary>A P3 ticket of the standard policy has four hours to its first response, around the clock, and warns after three.</summary>
public class SlaServiceTests
{
    private static readonly Actor Job = Actor.Job("test");

    [Theory]
    [EachDatabase]
    public async Task Opening_starts_the_clocks_and_puts_the_next_due_time_on_the_ticket(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);

        var ticket = await plum.HasTicketAsync();

        Assert.Equal(
            (SlaTarget.FirstResponse, plum.Now.AddHours(4), plum.Now.AddHours(3), plum.Now.AddHours(3)),
            (ticket.NextTarget, ticket.NextDueAtUtc, ticket.NextWarnAtUtc, ticket.SlaCheckAtUtc)
        );
        await using var db = plum.Peek();
        Assert.Equal(
            [(SlaTarget.FirstResponse, 240), (SlaTarget.Resolution, 2400)],
            (await db.SlaClocks.OrderBy(c => c.Id).ToListAsync()).Select(c => (c.Target, c.TargetMinutes)).OrderBy(c => c.Target)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_breach_is_recorded_once_at_the_due_instant_and_the_account_team_hears_of_it_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await HasClientWithTeamAsync(plum);
        var ticket = await plum.HasTicketAsync();
        var due = ticket.NextDueAtUtc!.Value;
        plum.Clock.Advance(TimeSpan.FromHours(4) + TimeSpan.FromSeconds(9));

        Assert.Equal(1, await plum.Get<SlaService>().FlagDueAsync(10, Job, default));
        Assert.Equal(0, await plum.Get<SlaService>().FlagDueAsync(10, Job, default));

        await using var db = plum.Peek();
        var (saved, clock) = (await db.Tickets.SingleAsync(), await db.SlaClocks.SingleAsync(c => c.Target == SlaTarget.FirstResponse));
        Assert.Equal((due, (DateTime?)null), (clock.BreachedAtUtc, clock.WarnedAtUtc));
        Assert.Equal((SlaTargets.FirstResponse, due, ticket.Version), (saved.BreachedTargets, saved.NextDueAtUtc, saved.Version));
        var line = await db.TicketEvents.SingleAsync(e => e.Kind == TicketEventKind.SlaBreached);
        Assert.Equal((due, "FirstResponse", "SLA clocks"), (line.AtUtc, line.To, line.Who));
        var notice = await db.Outbox.SingleAsync();
        Assert.Equal(
            ("team@acme.example", "PLM-1001 breached: first response was due 2 Mar 2026, 13:00 (UTC)", ticket.Id, ticket.ClientId),
            (notice.To, notice.Subject, notice.TicketId, notice.ClientId)
        );
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Room == "Sla" && a.What == "Breached" && a.Subject == "PLM-1001"));
    }

    [Theory]
    [EachDatabase]
    public async Task Nothing_is_flagged_a_moment_too_early(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromTicks(1));

        Assert.Equal(0, await plum.Get<SlaService>().FlagDueAsync(10, Job, default));
    }

    [Theory]
    [EachDatabase]
    public async Task A_warning_comes_at_the_share_of_the_target_and_the_breach_after_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await HasClientWithTeamAsync(plum);
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(3));
        await plum.Get<SlaService>().FlagDueAsync(10, Job, default);
        plum.Clock.Advance(TimeSpan.FromHours(1));
        await plum.Get<SlaService>().FlagDueAsync(10, Job, default);

        await using var db = plum.Peek();
        Assert.Equal(
            [(TicketEventKind.SlaWarned, ticket.CreatedAtUtc.AddHours(3)), (TicketEventKind.SlaBreached, ticket.CreatedAtUtc.AddHours(4))],
            (await db.TicketEvents.Where(e => e.Who == "SLA clocks").OrderBy(e => e.Id).ToListAsync()).Select(e => (e.Kind, e.AtUtc))
        );
        Assert.Equal(
            [
                "PLM-1001 at risk: first response due 2 Mar 2026, 13:00 (UTC)",
                "PLM-1001 breached: first response was due 2 Mar 2026, 13:00 (UTC)",
            ],
            await db.Outbox.OrderBy(o => o.Id).Select(o => o.Subject).ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_reply_meets_the_first_response_and_leaves_its_working_minutes_on_the_ticket(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromMinutes(90));

        await HappensAsync(plum, ticket, TicketEventKind.Replied);

        await using var db = plum.Peek();
        var saved = await db.Tickets.SingleAsync();
        Assert.Equal(
            (90, SlaTarget.Resolution, SlaTargets.None),
            (saved.FirstResponseWorkingMinutes, saved.NextTarget, saved.BreachedTargets)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_reply_that_comes_late_records_the_breach_even_before_the_sweep_does(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(5));

        await HappensAsync(plum, ticket, TicketEventKind.Replied);

        await using var db = plum.Peek();
        var clock = await db.SlaClocks.SingleAsync(c => c.Target == SlaTarget.FirstResponse);
        Assert.Equal((ticket.NextDueAtUtc, plum.Now), (clock.BreachedAtUtc, clock.MetAtUtc));
        Assert.Equal(SlaTargets.FirstResponse, (await db.Tickets.SingleAsync()).BreachedTargets);
    }

    [Theory]
    [EachDatabase]
    public async Task Waiting_on_the_recipient_shows_on_the_ticket_as_a_pause(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        await HappensAsync(plum, ticket, TicketEventKind.Replied);

        await HappensAsync(plum, ticket, TicketEventKind.WaitingChanged, nameof(WaitingOn.Recipient));

        await using var db = plum.Peek();
        var saved = await db.Tickets.SingleAsync();
        Assert.Equal((true, null, null, null), (saved.IsSlaPaused, saved.NextTarget, saved.NextDueAtUtc, saved.SlaCheckAtUtc));
    }

    [Theory]
    [EachDatabase]
    public async Task A_policy_made_gentler_moves_due_times_and_erases_no_breach(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (policies, sla) = (plum.Get<SlaPolicyService>(), plum.Get<SlaService>());
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(5));
        await sla.FlagDueAsync(10, Job, default);
        var policy = (await policies.FindAsync("STANDARD", PlumDatabase.Lead, default))!;
        var gentler = policy.Terms with { Targets = [.. policy.Terms.Targets.Select(t => t with { FirstResponse = 1440 })] };

        await policies.ChangeAsync(new ChangePolicy(policy.Id, policy.Version, policy.Name, gentler, "Agreed"), PlumDatabase.Lead, default);

        await using var db = plum.Peek();
        var (saved, clock) = (await db.Tickets.SingleAsync(), await db.SlaClocks.SingleAsync(c => c.Target == SlaTarget.FirstResponse));
        Assert.Equal(
            (ticket.CreatedAtUtc.AddHours(24), 1440, ticket.CreatedAtUtc.AddHours(4)),
            (clock.DueAtUtc, clock.TargetMinutes, clock.BreachedAtUtc)
        );
        Assert.Equal((SlaTargets.FirstResponse, ticket.CreatedAtUtc.AddHours(24)), (saved.BreachedTargets, saved.NextDueAtUtc));
        Assert.Equal(1, await db.TicketEvents.CountAsync(e => e.Kind == TicketEventKind.SlaBreached));
    }

    [Theory]
    [EachDatabase]
    public async Task A_recorded_breach_is_not_recorded_again_when_a_change_puts_the_due_time_elsewhere_in_the_past(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(5));
        await plum.Get<SlaService>().FlagDueAsync(10, Job, default);
        var policy = (await plum.Get<SlaPolicyService>().FindAsync("STANDARD", PlumDatabase.Lead, default))!;
        var stricter = policy.Terms with { Targets = [.. policy.Terms.Targets.Select(t => t with { FirstResponse = 60 })] };

        await plum.Get<SlaPolicyService>()
            .ChangeAsync(new ChangePolicy(policy.Id, policy.Version, policy.Name, stricter), PlumDatabase.Lead, default);

        await using var db = plum.Peek();
        var clock = await db.SlaClocks.SingleAsync(c => c.Target == SlaTarget.FirstResponse);
        Assert.Equal((ticket.CreatedAtUtc.AddHours(1), ticket.CreatedAtUtc.AddHours(4)), (clock.DueAtUtc, clock.BreachedAtUtc));
        Assert.Equal(1, await db.TicketEvents.CountAsync(e => e.Kind == TicketEventKind.SlaBreached));
    }

    [Theory]
    [EachDatabase]
    public async Task A_closed_ticket_is_reckoned_by_the_version_under_which_it_was_closed_whatever_happens_on_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.Resolved), PlumDatabase.Agent, default);
        var policy = (await plum.Get<SlaPolicyService>().FindAsync("STANDARD", PlumDatabase.Lead, default))!;
        await plum.Get<SlaPolicyService>()
            .ChangeAsync(
                new ChangePolicy(policy.Id, policy.Version, policy.Name, policy.Terms with { WarnPercent = 50 }),
                PlumDatabase.Lead,
                default
            );

        await HappensAsync(plum, ticket, TicketEventKind.Messaged);

        await using var db = plum.Peek();
        Assert.Equal(policy.History[0].Id, (await db.Tickets.SingleAsync()).SlaPolicyVersionId);
    }

    [Theory]
    [EachDatabase]
    public async Task A_changed_policy_reckons_open_tickets_at_once_with_the_new_version_and_leaves_closed_ones(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var policies = plum.Get<SlaPolicyService>();
        var (open, closed) = (await plum.HasTicketAsync(), await plum.HasTicketAsync());
        await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(closed.Id, closed.Version, Dispositions.Resolved), PlumDatabase.Agent, default);
        var policy = (await policies.FindAsync("STANDARD", PlumDatabase.Lead, default))!;
        var stricter = policy.Terms with { Targets = [.. policy.Terms.Targets.Select(t => t with { FirstResponse = 30 })] };

        await policies.ChangeAsync(new ChangePolicy(policy.Id, policy.Version, policy.Name, stricter), PlumDatabase.Lead, default);

        await using var db = plum.Peek();
        var versions = await db.SlaPolicyVersions.OrderBy(v => v.Number).Select(v => v.Id).ToListAsync();
        var tickets = await db.Tickets.OrderBy(t => t.Id).ToListAsync();
        Assert.Equal([versions[1], versions[0]], tickets.Select(t => t.SlaPolicyVersionId!.Value));
        Assert.Equal(open.CreatedAtUtc.AddMinutes(30), tickets[0].NextDueAtUtc);
        Assert.Equal(open.Version, tickets[0].Version); // nobody's open form went stale
        var stamp = await db.TicketEvents.SingleAsync(e => e.Kind == TicketEventKind.SlaPolicyChanged);
        Assert.Equal((open.Id, "STANDARD v1", "STANDARD v2"), (stamp.TicketId, stamp.From, stamp.To));
    }

    [Theory]
    [EachDatabase]
    public async Task A_changed_calendar_reckons_open_tickets_at_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var calendars = plum.Get<CalendarService>();
        await plum.HasTicketAsync(); // Monday at nine
        var calendar = (await calendars.FindAsync("ALWAYS", PlumDatabase.Lead, default))!;
        var mornings = CalendarHours.Week("UTC", CalendarHours.MondayToFriday, new Opening(9 * 60, 12 * 60));

        await calendars.ChangeAsync(new ChangeCalendar(calendar.Id, calendar.Version, "Mornings", mornings), PlumDatabase.Lead, default);

        await using var db = plum.Peek();
        Assert.Equal(plum.Now.Date.AddDays(1).AddHours(10), (await db.Tickets.SingleAsync()).NextDueAtUtc);
    }

    [Theory]
    [EachDatabase]
    public async Task Many_breaches_at_once_make_one_message(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await HasClientWithTeamAsync(plum);
        for (var i = 0; i <= SlaNotices.MostSingly; i++)
        {
            await plum.HasTicketAsync(client);
        }

        plum.Clock.Advance(TimeSpan.FromHours(4));
        await plum.Get<SlaService>().FlagDueAsync(100, Job, default);

        await using var db = plum.Peek();
        Assert.Equal("ACME Corporation: 6 targets breached", (await db.Outbox.SingleAsync()).Subject);
        Assert.Equal(6, await db.TicketEvents.CountAsync(e => e.Kind == TicketEventKind.SlaBreached));
    }

    [Theory]
    [EachDatabase]
    public async Task One_ticket_that_cannot_be_reckoned_holds_up_no_other(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (broken, sound) = (await plum.HasTicketAsync(), await plum.HasTicketAsync());
        await using (var arranging = plum.Peek())
        {
            var ancient = new DateTime(1, 1, 2, 0, 0, 0, DateTimeKind.Utc);
            await arranging.Tickets.Where(t => t.Id == broken.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.CreatedAtUtc, ancient));
        }

        plum.Clock.Advance(TimeSpan.FromHours(4));
        var failure = await Assert.ThrowsAsync<AggregateException>(() => plum.Get<SlaService>().FlagDueAsync(10, Job, default));

        Assert.Equal("PLM-1001 could not be reckoned.", Assert.Single(failure.InnerExceptions).Message);
        await using var db = plum.Peek();
        Assert.Equal(SlaTargets.FirstResponse, (await db.Tickets.SingleAsync(t => t.Id == sound.Id)).BreachedTargets);
        Assert.Equal(0, await plum.Get<SlaService>().FlagDueAsync(10, Job, default)); // put off, not tried without end
    }

    private static async Task<Client> HasClientWithTeamAsync(PlumDatabase plum)
    {
        var id = (await plum.HasClientAsync()).Id;
        await using var db = plum.Peek();
        var client = await db.Clients.SingleAsync(c => c.Id == id);
        client.Change(
            new ClientTerms(
                client.Name,
                client.TimeZoneId,
                client.CalendarId,
                client.SlaPolicyId,
                client.Cadence,
                "team@acme.example",
                client.RepeatWindowDays,
                client.ReopenWindowDays,
                client.Benchmarks,
                IsActive: true
            )
        );
        await db.SaveChangesAsync();
        return client;
    }

    /// <summary>What a ticket command does: its event, then the step, then one save.</summary>
    private static async Task HappensAsync(PlumDatabase plum, Ticket ticket, TicketEventKind kind, string? to = null)
    {
        await using var db = plum.Peek();
        var tracked = await db.Tickets.SingleAsync(t => t.Id == ticket.Id);
        db.Add(TicketEvent.Of(ticket.Id, kind, PlumDatabase.Agent, plum.Now, to: to));
        await SlaStep.ReckonAsync(db, tracked, plum.Now, default);
        await db.SaveChangesAsync();
    }
}
