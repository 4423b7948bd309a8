using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

public sealed class CalendarService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<Outcome> DrawAsync(DrawCalendar command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.EditSla)
                ?? Bound(by)
                ?? SlaRefusals.ForCode(command.Code)
                ?? BusinessCalendar.CannotBe(command.Name, command.Hours)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var calendar = BusinessCalendar.Draw(command.Code, command.Name, command.Hours);
        if (await db.BusinessCalendars.AnyAsync(c => c.Code == calendar.Code, ct))
        {
            return SlaRefusals.CodeTaken(calendar.Code);
        }

        db.Add(calendar);
        var after = Diff.Of(Fields(calendar));
        db.Add(AuditEntry.For(SlaStep.Room, calendar.Code, "Calendar drawn", by, now, after: after));
        await db.SaveChangesAsync(ct);
        return new Outcome.Done(calendar.Code);
    }

    /// <summary>Changes the calendar and has every open ticket that goes by it reckoned again at once.</summary>
    public async Task<Outcome> ChangeAsync(ChangeCalendar command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.EditSla) ?? Bound(by) ?? BusinessCalendar.CannotBe(command.Name, command.Hours)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var calendar = await db.BusinessCalendars.SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        if (calendar is null)
        {
            return Refusals.NotFound;
        }

        db.Expect(calendar, command.SeenVersion);
        var (was, hours) = (Fields(calendar), calendar.Hours);
        calendar.Change(command.Name, command.Hours);
        var (before, after) = Diff.Between(was, Fields(calendar));
        if (after is null)
        {
            return calendar.Version == command.SeenVersion ? new Outcome.Done(calendar.Code) : new Outcome.Stale();
        }

        db.Add(AuditEntry.For(SlaStep.Room, calendar.Code, "Calendar changed", by, now, before: before, after: after));
        var outcome = await db.SaveAsync(new Outcome.Done(calendar.Code), ct);
        if (outcome is not Outcome.Done)
        {
            return outcome;
        }

        var clients = await db.Clients.Where(c => c.CalendarId == calendar.Id).Select(c => c.Id).ToListAsync(ct);
        var asked = hours.Equals(calendar.Hours) ? 0 : await SlaStep.AskAsync(db, clients, now, ct);
        await transaction.CommitAsync(ct);
        await SlaBatch.StartAsync(contexts, asked, now, ct);
        return outcome;
    }

    public async Task<IReadOnlyList<CalendarRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!MayRead(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db
            .BusinessCalendars.AsNoTracking()
            .OrderBy(c => c.Name)
            .ThenBy(c => c.Code)
            .Select(c => new
            {
                Calendar = c,
                Clients = db.Clients.Count(k => k.CalendarId == c.Id),
                Open = db.Tickets.Count(t => t.Stage != Stage.Final && db.Clients.Any(k => k.Id == t.ClientId && k.CalendarId == c.Id)),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new CalendarRow(
                r.Calendar.Id,
                r.Calendar.Code,
                r.Calendar.Name,
                r.Calendar.Hours.TimeZoneId,
                r.Calendar.Hours.WeeklyMinutes,
                r.Calendar.Hours.Is24x7,
                r.Clients,
                r.Open
            )),
        ];
    }

    /// <summary>Null when there is none of that code, or it is not to be seen.</summary>
    public async Task<CalendarView?> FindAsync(string code, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var calendar = MayRead(by) ? await db.BusinessCalendars.AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, ct) : null;
        if (calendar is null)
        {
            return null;
        }

        var clients = await db
            .Clients.Where(c => c.CalendarId == calendar.Id)
            .OrderBy(c => c.Name)
            .Select(c => new { c.Id, c.Name })
            .ToListAsync(ct);
        var ids = clients.ConvertAll(c => c.Id);
        return new CalendarView(
            calendar.Id,
            calendar.Code,
            calendar.Name,
            calendar.Hours,
            calendar.Version,
            clients.ConvertAll(c => c.Name),
            await db.Tickets.CountAsync(t => t.Stage != Stage.Final && ids.Contains(t.ClientId), ct)
        );
    }

    /// <summary>For whoever gives a client its calendar.</summary>
    public async Task<IReadOnlyList<SlaChoice>> ChoicesAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return MayRead(by)
            ? await db
                .BusinessCalendars.OrderBy(c => c.Name)
                .ThenBy(c => c.Code)
                .Select(c => new SlaChoice(c.Id, c.Code, c.Name))
                .ToListAsync(ct)
            : [];
    }

    /// <summary>Calendars and policies are shared by clients: whoever belongs to one sees none of them here.</summary>
    internal static bool MayRead(Actor by) => (by.May(Act.ReadClients) || by.May(Act.EditSla)) && by is { ClientId: null, PartnerId: null };

    internal static Refusal? Bound(Actor by) => by is { ClientId: null, PartnerId: null } ? null : Refusals.NotFound;

    private static Dictionary<string, object?> Fields(BusinessCalendar calendar) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = calendar.Name,
            ["timeZone"] = calendar.Hours.TimeZoneId,
            ["is24x7"] = calendar.Hours.Is24x7,
            ["weekly"] = calendar
                .Hours.Weekly.GroupBy(w => w.Day)
                .OrderBy(g => g.Key)
                .ToDictionary(g => g.Key.ToString(), g => Opening.WriteAll(g.Select(w => w.Hours))),
            ["holidays"] = calendar.Hours.Holidays.OrderBy(h => h.Date).ToDictionary(h => $"{h.Date:yyyy-MM-dd}", h => h.Name),
            ["oneOffs"] = calendar
                .Hours.OneOffs.OrderBy(o => o.Date)
                .ToDictionary(o => $"{o.Date:yyyy-MM-dd}", o => $"{Opening.WriteAll(o.Hours)} {o.Note}".Trim()),
        };
}
