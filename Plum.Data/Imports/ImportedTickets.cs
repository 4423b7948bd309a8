using Plum.Data.Sla;
using Plum.Domain.Imports;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Imports;

/// <summary>
/// Turns a row into a ticket with its events and clocks. The clocks are reckoned by the client's calendar and policy as for any ticket; where
/// the old system recorded whether it was solved in time, that is the result of the resolution target, whatever the reckoning says.
/// </summary>
internal sealed class ImportedTickets(SlaSettings? sla, string reference, DateTime nowUtc)
{
    private static readonly Actor By = JobActors.Import;

    public ImportedTicket Make(long id, ImportCandidate candidate, long? recipientId)
    {
        var row = candidate.Row;
        var events = new List<ImportedEvent>(4)
        {
            new(
                id,
                row.CreatedAtUtc,
                TicketEventKind.Opened,
                null,
                row.ResolvedAtUtc is null ? row.Disposition : row.Category.FirstDisposition,
                null
            ),
        };
        if (row.Message is not null)
        {
            events.Add(new ImportedEvent(id, row.CreatedAtUtc, TicketEventKind.Messaged, null, row.Channel.ToString(), null));
        }

        if (row.FirstResponseAtUtc is { } answered)
        {
            events.Add(new ImportedEvent(id, answered, TicketEventKind.Replied, null, null, null));
        }

        if (row.ResolvedAtUtc is { } resolved)
        {
            events.Add(new ImportedEvent(id, resolved, TicketEventKind.Moved, row.Category.FirstDisposition, row.Disposition, null));
        }

        events = [.. events.OrderBy(e => e.AtUtc)]; // of one instant in the order above
        events.Add(new ImportedEvent(id, nowUtc, TicketEventKind.Imported, null, null, $"{reference}, line {row.Line}"));
        var (standing, clocks) = sla is null ? (null, []) : Reckon(id, row, events, sla);
        return new ImportedTicket(id, row, candidate.Order, recipientId, standing, events, clocks);
    }

    private (SlaStanding, IReadOnlyList<ImportedClock>) Reckon(long id, ImportRow row, List<ImportedEvent> events, SlaSettings settings)
    {
        var terms = settings.Version.Terms;
        var isFinal = row.Stage == Stage.Final;
        var facts = SlaFacts.Of(
            row.CreatedAtUtc,
            events.Select(e => TicketEvent.Of(id, e.Kind, By, e.AtUtc, e.From, e.To)),
            code => isFinal && code == row.Disposition
        );
        var readings = SlaReckoning.Reckon(facts, terms.For(row.Severity), terms, settings.Calendar, nowUtc);
        var entry = SlaBook.Enter(id, [], readings, settings.Version.Id, nowUtc);
        var clocks = entry.Started.Select(c => new ImportedClock(c, c.DueAtUtc, c.BreachedAtUtc)).ToList();
        if (row.IsTimely is not { } timely || !isFinal)
        {
            return (entry.Standing, clocks);
        }

        var at = clocks.FindIndex(c => c.Clock.Target == SlaTarget.Resolution);
        if (at < 0)
        {
            return (entry.Standing, clocks); // nothing is promised: there is no target that a result could belong to
        }

        var (clock, due, _) = clocks[at];
        var solved = row.ResolvedAtUtc!.Value;
        clocks[at] = timely
            ? new ImportedClock(clock, due > solved ? due : solved, BreachedAtUtc: null)
            : new ImportedClock(clock, due < solved ? due : solved, due < solved ? due : solved);
        var breached = entry.Standing.Breached & ~SlaTargets.Resolution;
        return (entry.Standing with { Breached = timely ? breached : breached | SlaTargets.Resolution }, clocks);
    }
}
