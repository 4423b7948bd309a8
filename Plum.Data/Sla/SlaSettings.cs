using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Sla;

namespace Plum.Data.Sla;

/// <summary>By what a client's tickets are reckoned, and who hears of it.</summary>
internal sealed record SlaSettings(
    Guid ClientId,
    string ClientName,
    string? AccountTeamEmail,
    WorkingCalendar Calendar,
    SlaPolicyVersion Version,
    string PolicyCode
)
{
    // A compiled calendar lays out whole years; keep it while its hours are what the database says they are.
    private static readonly ConcurrentDictionary<Guid, (CalendarHours Hours, WorkingCalendar Calendar)> Compiled = new();

    public static async Task<Dictionary<Guid, SlaSettings>> OfAsync(
        PlumDbContext db,
        IReadOnlyCollection<Guid> clientIds,
        CancellationToken ct
    )
    {
        var rows = await (
            from client in db.Clients.AsNoTracking().Where(c => clientIds.Contains(c.Id))
            join calendar in db.BusinessCalendars.AsNoTracking() on client.CalendarId equals calendar.Id
            join policy in db.SlaPolicies.AsNoTracking() on client.SlaPolicyId equals policy.Id
            join version in db.SlaPolicyVersions.AsNoTracking()
                on new { PolicyId = policy.Id, Number = policy.CurrentNumber } equals new { version.PolicyId, version.Number }
            select new
            {
                client.Id,
                client.Name,
                client.AccountTeamEmail,
                CalendarId = calendar.Id,
                calendar.Hours,
                Version = version,
                policy.Code,
            }
        ).ToListAsync(ct);

        return rows.ToDictionary(
            r => r.Id,
            r => new SlaSettings(r.Id, r.Name, r.AccountTeamEmail, Compile(r.CalendarId, r.Hours), r.Version, r.Code)
        );
    }

    public static WorkingCalendar Compile(Guid id, CalendarHours hours)
    {
        if (Compiled.TryGetValue(id, out var known) && known.Hours.Equals(hours))
        {
            return known.Calendar;
        }

        var calendar = new WorkingCalendar(hours);
        Compiled[id] = (hours, calendar);
        return calendar;
    }
}
