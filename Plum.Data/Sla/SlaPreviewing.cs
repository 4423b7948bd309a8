using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

/// <summary>Reckons open tickets by terms or hours that are not saved yet, and saves nothing.</summary>
public sealed class SlaPreviewing(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Enough to judge a change by, and answered in a second or two.</summary>
    public const int MostTickets = 5000;
    private const int Step = 500;

    public Task<SlaPreview> OfTermsAsync(Guid policyId, SlaTerms terms, Actor by, CancellationToken ct) =>
        OfAsync(clients => clients.Where(c => c.SlaPolicyId == policyId), own => own with { Terms = terms }, by, ct);

    public Task<SlaPreview> OfHoursAsync(Guid calendarId, CalendarHours hours, Actor by, CancellationToken ct)
    {
        var calendar = new WorkingCalendar(hours);
        return OfAsync(clients => clients.Where(c => c.CalendarId == calendarId), own => own with { Calendar = calendar }, by, ct);
    }

    private sealed record By(WorkingCalendar Calendar, SlaTerms Terms);

    private async Task<SlaPreview> OfAsync(
        Func<IQueryable<Domain.Clients.Client>, IQueryable<Domain.Clients.Client>> whose,
        Func<By, By> change,
        Actor by,
        CancellationToken ct
    )
    {
        if (!CalendarService.MayRead(by) || !by.May(Act.EditSla))
        {
            return new SlaPreview(0, 0, 0, 0, 0);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var clients = await whose(db.Clients).Select(c => c.Id).ToListAsync(ct);
        var settings = await SlaSettings.OfAsync(db, clients, ct);
        var changed = settings.ToDictionary(s => s.Key, s => change(new By(s.Value.Calendar, s.Value.Version.Terms)));
        var finals = await SlaStep.FinalsAsync(db, ct);
        var open = db.Tickets.AsNoTracking().Where(t => t.Stage != Stage.Final && clients.Contains(t.ClientId));
        var (total, reckoned, sooner, later, overdue) = (await open.CountAsync(ct), 0, 0, 0, 0);
        for (var after = 0L; reckoned < MostTickets; )
        {
            var from = after;
            var tickets = await open.Where(t => t.Id > from).OrderBy(t => t.Id).Take(Step).ToListAsync(ct);
            if (tickets.Count == 0)
            {
                break;
            }

            var ids = tickets.ConvertAll(t => t.Id);
            var events = await SlaBatch.EventsAsync(db, ids, ct);
            var clocks = (await db.SlaClocks.AsNoTracking().Where(c => ids.Contains(c.TicketId)).ToListAsync(ct)).ToLookup(c => c.TicketId);
            foreach (var ticket in tickets.Where(t => changed.ContainsKey(t.ClientId)))
            {
                var (calendar, terms) = changed[ticket.ClientId];
                var facts = SlaFacts.Of(ticket.CreatedAtUtc, events[ticket.Id], finals.Contains);
                var readings = SlaReckoning.Reckon(facts, terms.For(ticket.Severity), terms, calendar, now);
                var entry = SlaBook.Enter(ticket.Id, [.. clocks[ticket.Id]], readings, settings[ticket.ClientId].Version.Id, now);
                var (dueNow, dueThen) = (ticket.NextDueAtUtc ?? DateTime.MaxValue, entry.Standing.NextDueAtUtc ?? DateTime.MaxValue);
                sooner += dueThen < dueNow ? 1 : 0;
                later += dueThen > dueNow ? 1 : 0;
                overdue += entry.Breached.Count;
            }

            reckoned += tickets.Count;
            after = ids[^1];
        }

        return new SlaPreview(total, reckoned, sooner, later, overdue);
    }
}
