using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

/// <summary>What the calendar's page asks and does, on the authority of the person at the screen. Scoped; components only.</summary>
public sealed class CalendarDesk(
    CalendarService calendars,
    SlaPreviewing previewing,
    CurrentActor actor,
    Confirmations confirm,
    Toasts toasts
)
{
    public async Task<CalendarView?> FindAsync(string code, CancellationToken ct) =>
        await calendars.FindAsync(code, await actor.GetAsync(), ct);

    public async Task<Outcome> DrawAsync(DrawCalendar command)
    {
        var outcome = await calendars.DrawAsync(command, await actor.GetAsync(), CancellationToken.None);
        return Told(outcome, $"{command.Name.Trim()} can be given to clients now.");
    }

    /// <summary>Asks first when open tickets would be reckoned again; null when the person thought better of it.</summary>
    public async Task<Outcome?> ChangeAsync(CalendarView seen, ChangeCalendar command)
    {
        var by = await actor.GetAsync();
        var counts = seen.OpenTickets > 0 && !seen.Hours.Equals(command.Hours);
        if (counts)
        {
            var preview = await previewing.OfHoursAsync(seen.Id, command.Hours, by, CancellationToken.None);
            if (!await confirm.AskAsync($"Change {seen.Name}?", PreviewText.Of(preview), "Save and reckon again"))
            {
                return null;
            }
        }

        var outcome = await calendars.ChangeAsync(command, by, CancellationToken.None);
        return Told(outcome, counts ? "Saved. Open tickets are reckoned by the new hours." : "Saved.");
    }

    private Outcome Told(Outcome outcome, string done)
    {
        if (outcome is Outcome.Done)
        {
            toasts.Done(done);
        }

        return outcome;
    }
}
