using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Taking, escalating, accepting, reopening, rating.</summary>
public sealed partial class TicketService
{
    // How many others may snatch the most urgent one before a taker is told to try again.
    private const int TakeTries = 25;

    /// <summary>
    /// Gives the actor the open, unowned ticket that is due first. Two who ask at once never get the same: the version decides, and the other is
    /// given the next.
    /// </summary>
    /// <returns>Done with its reference, or a refusal when there is none to take.</returns>
    public async Task<Outcome> TakeNextAsync(TakeNextTicket command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.WorkTickets) is { } refused)
        {
            return refused;
        }

        var passed = new List<long>();
        while (passed.Count < TakeTries)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var next = await db
                .Tickets.AsNoTracking()
                .VisibleTo(by)
                .Where(t => t.Stage != Stage.Final && t.OwnerId == null && t.WaitingOn == WaitingOn.Nobody && !passed.Contains(t.Id))
                .Where(t => command.ClientId == null || t.ClientId == command.ClientId)
                .OrderBy(t => t.NextDueAtUtc == null) // no clock runs: after those with one
                .ThenBy(t => t.NextDueAtUtc)
                .ThenBy(t => t.Severity)
                .ThenBy(t => t.Id)
                .Select(t => new { t.Id, t.Version })
                .FirstOrDefaultAsync(ct);
            if (next is null)
            {
                return new Refusal("ticket.none-to-take", "There is nothing to take: every open ticket has an owner or waits on somebody.");
            }

            var taken = await ChangeAsync(new ChangeTicket(next.Id, next.Version, new TicketChange.Assign(by.UserId)), by, ct);
            if (taken is not Outcome.Stale)
            {
                return taken;
            }

            passed.Add(next.Id);
        }

        return new Refusal("ticket.take-crowd", "Many people are taking tickets at this moment. Try again.");
    }

    public Task<Outcome> EscalateAsync(EscalateTicket command, Actor by, CancellationToken ct) =>
        OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            by,
            on =>
            {
                if ((on.Ticket.CannotEscalate() ?? Escalation.ForReason(command.Reason)) is { } cannot)
                {
                    return Task.FromResult<Refusal?>(cannot);
                }

                var (level, owner) = (on.Ticket.Level, on.Ticket.OwnerId);
                on.Db.Add(Escalation.Of(on.Ticket, command.Reason, by, on.NowUtc));
                on.Ticket.Escalate(on.NowUtc);
                on.Changed(TicketEventKind.Escalated, "Escalated", "level", level.ToString(), on.Ticket.Level.ToString(), command.Reason);
                if (owner is not null)
                {
                    on.Changed(TicketEventKind.OwnerChanged, "Released", "owner", owner.ToString(), null, null);
                }

                return Task.FromResult<Refusal?>(null);
            },
            ct
        );

    /// <summary>From now on the complaint is Plum's.</summary>
    public Task<Outcome> AcceptAsync(AcceptHandover command, Actor by, CancellationToken ct) =>
        OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            by,
            async on =>
            {
                if (on.Ticket.CannotAccept() is { } cannot)
                {
                    return cannot;
                }

                on.Ticket.Accept(on.NowUtc);
                var handovers = await on.Db.Handovers.Where(h => h.TicketId == on.Ticket.Id && h.AcceptedAtUtc == null).ToListAsync(ct);
                handovers.ForEach(h => h.Accept(by, on.NowUtc));
                on.Event(TicketEventKind.Accepted);
                on.Audit("Accepted the handover");
                return null;
            },
            ct
        );

    public Task<Outcome> ReopenAsync(ReopenTicket command, Actor by, CancellationToken ct) =>
        OnTicketAsync(command.TicketId, command.SeenVersion, by, on => ReopenAsync(on, command.Disposition, command.Reason, ct), ct);

    internal static async Task<Refusal?> ReopenAsync(TicketScope on, string? disposition, string reason, CancellationToken ct)
    {
        var ticket = on.Ticket;
        var code = disposition ?? await BeforeTheEndAsync(on, ct);
        var to = await on.Db.Dispositions.AsNoTracking().SingleOrDefaultAsync(d => d.Code == code, ct);
        if (to is null)
        {
            return Refusals.NotFound with { Field = "Disposition" };
        }

        var window = await on.Db.Clients.Where(c => c.Id == ticket.ClientId).Select(c => c.ReopenWindowDays).SingleAsync(ct);
        if ((ticket.CannotReopen(to, window, on.NowUtc) ?? Refusals.ForText("Reason", reason, TicketEvent.NoteMaxLength)) is { } cannot)
        {
            return cannot;
        }

        var from = ticket.Disposition;
        ticket.Reopen(to, window, on.NowUtc);
        on.Changed(TicketEventKind.Reopened, "Reopened", "disposition", from, to.Code, reason);
        return null;
    }

    public Task<Outcome> RateAsync(RateTicket command, Actor by, CancellationToken ct) =>
        OnTicketAsync(command.TicketId, command.SeenVersion, by, on => Task.FromResult(Rate(on, command.Score, command.Comment)), ct);

    internal static Refusal? Rate(TicketScope on, int given, string? comment)
    {
        if ((on.Ticket.CannotRate(given) ?? Refusals.ForText("Comment", comment, TicketEvent.NoteMaxLength, required: false)) is { } cannot)
        {
            return cannot;
        }

        on.Ticket.Rate(given, on.NowUtc);
        on.Event(TicketEventKind.CsatGiven, to: given.ToString(System.Globalization.CultureInfo.InvariantCulture), note: comment);
        on.Audit("Rated", after: Diff.Of("csat", given)); // the comment is the recipient's words: it stays with the ticket
        return null;
    }

    private Task<Outcome> OnTicketAsync(long id, int seenVersion, Actor by, Func<TicketScope, Task<Refusal?>> step, CancellationToken ct) =>
        contexts.OnTicketAsync(id, seenVersion, Act.WorkTickets, by, clock.GetUtcNow().UtcDateTime, step, ct);

    /// <summary>The open disposition that the ticket had last; the category's first one where its history does not tell.</summary>
    private static async Task<string> BeforeTheEndAsync(TicketScope on, CancellationToken ct) =>
        await on
            .Db.TicketEvents.Where(e => e.TicketId == on.Ticket.Id && e.Kind == TicketEventKind.Moved && e.From != null)
            .Where(e => on.Db.Dispositions.Any(d => d.Code == e.From && d.Stage != Stage.Final && d.IsActive))
            .OrderByDescending(e => e.Id)
            .Select(e => e.From)
            .FirstOrDefaultAsync(ct)
        ?? await on.Db.Categories.Where(c => c.Id == on.Ticket.CategoryId).Select(c => c.FirstDisposition).SingleAsync(ct);
}

/// <param name="ClientId">Null takes from any client's.</param>
public sealed record TakeNextTicket(Guid? ClientId = null);

public sealed record EscalateTicket(long TicketId, int SeenVersion, string Reason);

public sealed record AcceptHandover(long TicketId, int SeenVersion);

/// <param name="Disposition">An open one; null takes the one that it had before it was closed.</param>
public sealed record ReopenTicket(long TicketId, int SeenVersion, string Reason, string? Disposition = null);

/// <param name="Score">1 to 5.</param>
/// <param name="Comment">The recipient's own words, if any.</param>
public sealed record RateTicket(long TicketId, int SeenVersion, int Score, string? Comment = null);
