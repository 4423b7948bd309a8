using Plum.Data.Audit;
using Plum.Data.Sla;
using Plum.Domain.Demonstration;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Demonstration;

/// <summary>Reckons the clocks of planned tickets by the very rules that tickets of flesh and blood go by.</summary>
internal sealed class DemonstrationSla(DemonstrationPlan plan, IReadOnlyDictionary<Guid, SlaPolicyVersion> versions, bool withAudit)
{
    private readonly Dictionary<Guid, (WorkingCalendar Calendar, SlaPolicyVersion Version)> _byClient = plan.World.Clients.ToDictionary(
        c => c.Id,
        c => (new WorkingCalendar(plan.World.CalendarOf(c).Hours), versions[plan.World.PolicyOf(c).Id])
    );

    public ReckonedTicket Reckon(PlannedTicket ticket)
    {
        var (calendar, version) = _byClient[ticket.Client.Id];
        var facts = SlaFacts.Of(ticket.CreatedAtUtc, ticket.Events.Where(e => e.TicketId == ticket.Id).Select(Fact), IsFinal);
        var readings = SlaReckoning.Reckon(facts, version.Terms.For(ticket.Severity), version.Terms, calendar, plan.NowUtc);
        var entry = SlaBook.Enter(ticket.Id, [], readings, version.Id, plan.NowUtc);
        var clocks = entry.Started.Select(c => new WrittenClock(c, Warned(c))).ToList();

        var events = new List<PlannedEvent>(ticket.Events);
        foreach (var (clock, warned) in clocks)
        {
            Flag(TicketEventKind.SlaWarned, warned, clock.Target);
            Flag(TicketEventKind.SlaBreached, clock.BreachedAtUtc, clock.Target);
        }

        var audit = withAudit ? ticket.Events.Where(e => e.UserId is not null).Select(e => Audit(e, ticket.Client.Id)).ToList() : [];
        return new ReckonedTicket(ticket, entry.Standing, [.. events.OrderBy(e => e.AtUtc)], clocks, audit);

        void Flag(TicketEventKind kind, DateTime? atUtc, SlaTarget target)
        {
            if (atUtc is { } at)
            {
                events.Add(new PlannedEvent(ticket.Id, at, kind, null, SlaStep.By.Name, To: target.ToString()));
            }
        }
    }

    private static TicketEvent Fact(PlannedEvent e) => TicketEvent.Of(e.TicketId, e.Kind, SlaStep.By, e.AtUtc, e.From, e.To);

    private static bool IsFinal(string code) => code is Dispositions.Resolved or Dispositions.RefundProcessed;

    private DateTime? Warned(SlaClock clock) =>
        clock.WarnedAtUtc
        ?? (
            clock.WarnAtUtc is { } warn
            && warn < (clock.MetAtUtc ?? clock.EndedAtUtc ?? plan.NowUtc)
            && warn < (clock.BreachedAtUtc ?? DateTime.MaxValue)
                ? warn
                : null
        );

    /// <summary>As the services write it.</summary>
    private static WrittenAudit Audit(PlannedEvent e, Guid clientId)
    {
        var (what, field) = e.Kind switch
        {
            TicketEventKind.Moved => ("Moved", "disposition"),
            TicketEventKind.Reopened => ("Reopened", "disposition"),
            TicketEventKind.OwnerChanged => (e.To is null ? "Released" : "Assigned", "owner"),
            TicketEventKind.Escalated => ("Escalated", "level"),
            TicketEventKind.SeverityChanged => ("Severity changed", "severity"),
            TicketEventKind.WaitingChanged => ("Waiting changed", "waitingOn"),
            TicketEventKind.Accepted => ("Accepted the handover", null),
            TicketEventKind.Merged => ("Merged", "mergedInto"),
            TicketEventKind.MergedFrom => ("Took in a merged ticket", null),
            _ => (e.Kind.ToString(), (string?)null),
        };
        return new WrittenAudit(
            e,
            what,
            clientId,
            field is null or "mergedInto" || e.From is null ? null : Diff.Of(field, e.From),
            field is null || e.To is null ? null : Diff.Of(field, e.To)
        );
    }
}
