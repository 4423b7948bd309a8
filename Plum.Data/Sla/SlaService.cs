using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

public sealed class SlaService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>
    /// Records the warnings and breaches that have come, each as the instant at which it came, with an event and a notice; and
    /// reckons again the tickets whose policy or calendar changed. At most <paramref name="batch"/> tickets; safe to run twice.
    /// </summary>
    /// <returns>How many tickets were looked at.</returns>
    public Task<int> FlagDueAsync(int batch, Actor by, CancellationToken ct) =>
        by.UserId is null
            ? SlaBatch.SweepAsync(contexts, batch, clock.GetUtcNow().UtcDateTime, ct)
            : throw new InvalidOperationException("Clocks are flagged by a job.");

    /// <summary>A ticket's clocks as they read now, oldest first; none when it is not to be seen.</summary>
    public async Task<IReadOnlyList<SlaClockView>> ClocksAsync(long ticketId, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await (
            from ticket in db.Tickets
            join client in db.Clients on ticket.ClientId equals client.Id
            join calendar in db.BusinessCalendars on client.CalendarId equals calendar.Id
            where ticket.Id == ticketId
            select new
            {
                ticket.ClientId,
                CalendarId = calendar.Id,
                calendar.Name,
                calendar.Hours,
            }
        ).SingleOrDefaultAsync(ct);
        if (found is null || !by.May(Act.ReadTickets) || !by.Sees(found.ClientId))
        {
            return [];
        }

        var working = SlaSettings.Compile(found.CalendarId, found.Hours);
        var clocks = await (
            from running in db.SlaClocks.AsNoTracking()
            join version in db.SlaPolicyVersions on running.PolicyVersionId equals version.Id
            join policy in db.SlaPolicies on version.PolicyId equals policy.Id
            where running.TicketId == ticketId
            orderby running.StartedAtUtc, running.Target, running.Id
            select new { Clock = running, Policy = policy.Name + " v" + version.Number }
        ).ToListAsync(ct);
        return [.. clocks.Select(c => SlaClockView.Of(c.Clock, c.Policy, found.Name, working, now))];
    }

    /// <summary>The calendar by which each of these clients' tickets is reckoned: for countdowns in working time.</summary>
    public async Task<IReadOnlyDictionary<Guid, WorkingCalendar>> CalendarsOfAsync(
        IReadOnlyCollection<Guid> clientIds,
        Actor by,
        CancellationToken ct
    )
    {
        var seen = clientIds.Where(by.Sees).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var calendars = await (
            from client in db.Clients
            join calendar in db.BusinessCalendars on client.CalendarId equals calendar.Id
            where seen.Contains(client.Id)
            select new
            {
                client.Id,
                CalendarId = calendar.Id,
                calendar.Hours,
            }
        ).ToListAsync(ct);
        return calendars.ToDictionary(c => c.Id, c => SlaSettings.Compile(c.CalendarId, c.Hours));
    }
}

/// <param name="Left">Working time until it is due, negative once it is overdue; null unless it runs.</param>
/// <param name="DueAtUtc">Null while paused, and when it ended early unmet.</param>
public sealed record SlaClockView(
    SlaTarget Target,
    DateTime StartedAtUtc,
    int TargetMinutes,
    TimeSpan Used,
    TimeSpan? Left,
    DateTime? DueAtUtc,
    DateTime? WarnAtUtc,
    DateTime? PausedSinceUtc,
    DateTime? MetAtUtc,
    DateTime? EndedAtUtc,
    DateTime? WarnedAtUtc,
    DateTime? BreachedAtUtc,
    string Policy,
    string Calendar
)
{
    internal static SlaClockView Of(SlaClock clock, string policy, string calendar, WorkingCalendar working, DateTime nowUtc)
    {
        var left = clock is { IsRunning: true, DueAtUtc: { } due } ? working.Elapsed(nowUtc, due) : (TimeSpan?)null;
        return new SlaClockView(
            clock.Target,
            clock.StartedAtUtc,
            clock.TargetMinutes,
            left is { } rest ? TimeSpan.FromMinutes(clock.TargetMinutes) - rest : TimeSpan.FromMinutes(clock.UsedMinutes),
            left,
            clock.DueAtUtc,
            clock.WarnAtUtc,
            clock.PausedSinceUtc,
            clock.MetAtUtc,
            clock.EndedAtUtc,
            clock.WarnedAtUtc,
            clock.BreachedAtUtc,
            policy,
            calendar
        );
    }
}
