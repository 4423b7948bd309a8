using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

/// <summary>The part of every ticket command that keeps its clocks: call it last, before the save, in the command's own transaction.</summary>
internal static class SlaStep
{
    public const string Room = "Sla";
    public static readonly Actor By = JobActors.Sla;

    /// <summary>The events that clocks go by.</summary>
    public static readonly HashSet<TicketEventKind> Moving =
    [
        TicketEventKind.Opened,
        TicketEventKind.Imported,
        TicketEventKind.Moved,
        TicketEventKind.Reopened,
        TicketEventKind.WaitingChanged,
        TicketEventKind.SeverityChanged,
        TicketEventKind.Messaged,
        TicketEventKind.Replied,
        TicketEventKind.Merged,
    ];

    /// <summary>
    /// Reckons the ticket's clocks anew from its events, those just added to the context among them, and writes the clocks, the
    /// ticket's SLA columns, and an event and a notice for each warning and breach that has come. Saves nothing.
    /// </summary>
    /// <remarks>
    /// Goes by these events: Replied (a public reply by a person; never for an automatic acknowledgement), Messaged (the recipient
    /// wrote), WaitingChanged (To is the name of a WaitingOn), Moved (To is a disposition), Reopened, Merged.
    /// </remarks>
    /// <param name="ticket">Tracked, or just added.</param>
    public static async Task ReckonAsync(PlumDbContext db, Ticket ticket, DateTime nowUtc, CancellationToken ct)
    {
        var added = db
            .ChangeTracker.Entries<TicketEvent>()
            .Where(e => e.State == EntityState.Added && e.Entity.TicketId == ticket.Id)
            .Select(e => e.Entity)
            .ToList();
        if (IsSettled(ticket) && !added.Exists(e => Moving.Contains(e.Kind)))
        {
            return;
        }

        var settings = await SlaSettings.OfAsync(db, [ticket.ClientId], ct);
        if (!settings.TryGetValue(ticket.ClientId, out var settled))
        {
            return;
        }

        var saved = await db
            .TicketEvents.AsNoTracking()
            .Where(e => e.TicketId == ticket.Id && Moving.Contains(e.Kind))
            .OrderBy(e => e.Id)
            .ToListAsync(ct);
        var clocks = await db.SlaClocks.Where(c => c.TicketId == ticket.Id).ToListAsync(ct);
        clocks.AddRange(db.SlaClocks.Local.Where(c => c.TicketId == ticket.Id && db.Entry(c).State == EntityState.Added));
        var version = IsSettled(ticket)
            ? await db.SlaPolicyVersions.AsNoTracking().SingleAsync(v => v.Id == ticket.SlaPolicyVersionId, ct)
            : settled.Version;
        var finals = await FinalsAsync(db, ct);
        var flags = await EnterAsync(db, ticket, [.. saved, .. added], clocks, settled with { Version = version }, finals, nowUtc, ct);
        SlaNotices.Queue(db, flags, nowUtc);
    }

    /// <summary>
    /// Has the open tickets of these clients reckoned again: marks them due for a check at once. The sweep does the rest within
    /// seconds, and goes on where it stopped should the portal go down. For whoever changes a client's calendar or policy.
    /// </summary>
    /// <remarks>ExecuteUpdate: a mark for a job, no edit; a ticket that somebody has open stays current.</remarks>
    public static Task<int> AskAsync(PlumDbContext db, IReadOnlyCollection<Guid> clientIds, DateTime nowUtc, CancellationToken ct) =>
        db
            .Tickets.Where(t => clientIds.Contains(t.ClientId) && t.Stage != Stage.Final)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.SlaCheckAtUtc, nowUtc), ct);

    public static async Task<HashSet<string>> FinalsAsync(PlumDbContext db, CancellationToken ct) =>
        await db.Dispositions.AsNoTracking().Where(d => d.Stage == Stage.Final).Select(d => d.Code).ToHashSetAsync(ct);

    /// <summary>Enters one ticket's readings; the caller has read what belongs to it.</summary>
    public static async Task<IReadOnlyList<SlaFlag>> EnterAsync(
        PlumDbContext db,
        Ticket ticket,
        IEnumerable<TicketEvent> events,
        IReadOnlyCollection<SlaClock> clocks,
        SlaSettings settings,
        HashSet<string> finals,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var (terms, stampedId) = (settings.Version.Terms, ticket.SlaPolicyVersionId);
        var facts = SlaFacts.Of(ticket.CreatedAtUtc, events, finals.Contains);
        var readings = SlaReckoning.Reckon(facts, terms.For(ticket.Severity), terms, settings.Calendar, nowUtc);
        var entry = SlaBook.Enter(ticket.Id, clocks, readings, settings.Version.Id, nowUtc);

        ticket.Stand(entry.Standing);
        db.AddRange(entry.Started);
        db.RemoveRange(entry.Dropped);
        foreach (var clock in entry.Warned)
        {
            Record(db, ticket, TicketEventKind.SlaWarned, "Warned", clock, clock.WarnedAtUtc!.Value, nowUtc);
        }

        foreach (var clock in entry.Breached)
        {
            Record(db, ticket, TicketEventKind.SlaBreached, "Breached", clock, clock.BreachedAtUtc!.Value, nowUtc);
        }

        if (stampedId is { } old && old != settings.Version.Id)
        {
            var (from, to) = (await NameAsync(db, old, ct), $"{settings.PolicyCode} v{settings.Version.Number}");
            db.Add(TicketEvent.Of(ticket.Id, TicketEventKind.SlaPolicyChanged, By, nowUtc, from, to));
        }

        return
        [
            .. entry.Warned.Select(c => new SlaFlag(ticket, c, settings, IsBreach: false)),
            .. entry.Breached.Select(c => new SlaFlag(ticket, c, settings, IsBreach: true)),
        ];
    }

    /// <summary>The event stands at the instant that it tells of; the audit line at the one at which it was recorded.</summary>
    private static void Record(
        PlumDbContext db,
        Ticket ticket,
        TicketEventKind kind,
        string what,
        SlaClock clock,
        DateTime atUtc,
        DateTime nowUtc
    )
    {
        db.Add(TicketEvent.Of(ticket.Id, kind, By, atUtc, to: clock.Target.ToString()));
        db.Add(
            AuditEntry.For(
                Room,
                TicketReference.Of(ticket.Id),
                what,
                By,
                nowUtc,
                ticket.ClientId,
                after: Diff.Of(new Dictionary<string, object?> { ["target"] = clock.Target.ToString(), ["atUtc"] = atUtc })
            )
        );
    }

    /// <summary>Closed under a version of the policy: what that promised is what counts.</summary>
    public static bool IsSettled(Ticket ticket) => !ticket.IsOpen && ticket.SlaPolicyVersionId is not null;

    private static async Task<string> NameAsync(PlumDbContext db, Guid versionId, CancellationToken ct) =>
        await (
            from version in db.SlaPolicyVersions
            join policy in db.SlaPolicies on version.PolicyId equals policy.Id
            where version.Id == versionId
            select policy.Code + " v" + version.Number
        ).SingleAsync(ct);
}
