using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What two tickets have to do with each other.</summary>
public sealed partial class TicketLinking(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int DeepestFamily = 50;

    public Task<Outcome> LinkAsync(LinkTickets command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            on => LinkAsync(on, command.Other, command.Kind, ct),
            ct
        );

    public Task<Outcome> UnlinkAsync(UnlinkTickets command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            async on =>
            {
                var ticket = on.Ticket;
                if (ticket.CannotChange() is { } cannot)
                {
                    return cannot;
                }

                if (command.Kind == LinkKind.DuplicateOf && ticket.DuplicateOfId == command.OtherId)
                {
                    ticket.Recognise(null, null);
                }
                else
                {
                    var link = await on.Db.TicketLinks.SingleOrDefaultAsync(
                        l => l.TicketId == ticket.Id && l.OtherId == command.OtherId && l.Kind == command.Kind,
                        ct
                    );
                    if (link is null)
                    {
                        return Refusals.NotFound;
                    }

                    on.Db.Remove(link);
                }

                ticket.Touch(on.NowUtc);
                on.Changed(TicketEventKind.Unlinked, "Unlinked", "link", Text(command.Kind, command.OtherId), null, null);
                return null;
            },
            ct
        );

    /// <summary>
    /// Ends one ticket in favour of another of the same client: its messages and events are shown there from then on, and it counts in no figure.
    /// </summary>
    public Task<Outcome> MergeAsync(MergeTickets command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            async on =>
            {
                var (db, source, now) = (on.Db, on.Ticket, on.NowUtc);
                if (await FindAsync(on, command.Into, ct) is not { } target)
                {
                    return Refusals.NotFound with { Field = "Into" };
                }

                if (
                    (
                        source.CannotMergeInto(target)
                        ?? Refusals.ForText("Reason", command.Reason, TicketEvent.NoteMaxLength, required: false)
                    ) is
                    { } cannot
                )
                {
                    return cannot;
                }

                var from = source.Disposition;
                var final = await db.Dispositions.AsNoTracking().SingleAsync(d => d.Code == Dispositions.Resolved, ct);
                source.MergeInto(target, final, now);
                if (target.DuplicateOfId == source.Id || target.RepeatOfId == source.Id)
                {
                    target.Recognise(null, null); // of itself, from now on
                }

                var (sourceRef, targetRef) = (on.Reference, TicketReference.Of(target.Id));
                on.Event(TicketEventKind.Merged, from, targetRef, command.Reason);
                on.Audit("Merged", command.Reason, Diff.Of("mergedInto", null), Diff.Of("mergedInto", targetRef));

                var there = on with { Ticket = target };
                there.Event(TicketEventKind.MergedFrom, from: sourceRef, note: command.Reason);
                there.Audit("Took in a merged ticket", command.Reason, after: Diff.Of("merged", sourceRef));
                await SlaStep.ReckonAsync(db, target, now, ct);
                return null;
            },
            ct
        );

    internal static async Task<Refusal?> LinkAsync(TicketScope on, string otherReference, LinkKind kind, CancellationToken ct)
    {
        var (db, ticket) = (on.Db, on.Ticket);
        if (await FindAsync(on, otherReference, ct) is not { } other)
        {
            return Refusals.NotFound with { Field = "Other" };
        }

        if (TicketLink.CannotLink(ticket, other, kind) is { } cannot)
        {
            return cannot;
        }

        if (
            (kind == LinkKind.DuplicateOf && ticket.DuplicateOfId == other.Id)
            || await db.TicketLinks.AnyAsync(l => l.TicketId == ticket.Id && l.OtherId == other.Id && l.Kind == kind, ct)
        )
        {
            return new Refusal("ticket.linked", "The two tickets are linked so already.", "Other");
        }

        if (kind == LinkKind.DuplicateOf)
        {
            if (other.DuplicateOfId == ticket.Id)
            {
                return new Refusal("ticket.duplicate-circle", "The other ticket is marked as a duplicate of this one already.", "Other");
            }

            ticket.Recognise(other.Id, null);
        }
        else if (kind == LinkKind.ChildOf && await HasAncestorAsync(db, other.Id, ticket.Id, ct))
        {
            return new Refusal("ticket.family-circle", "The other ticket is below this one already: it cannot be its parent too.", "Other");
        }
        else
        {
            db.Add(TicketLink.Between(ticket, other, kind, on.By, on.NowUtc));
        }

        ticket.Touch(on.NowUtc);
        on.Changed(TicketEventKind.Linked, "Linked", "link", null, Text(kind, other.Id), null);
        return null;
    }

    /// <summary>A ticket that the actor may see, by its reference; tracked. Null when there is none such.</summary>
    private static async Task<Ticket?> FindAsync(TicketScope on, string reference, CancellationToken ct) =>
        TicketReference.Parse(reference) is { } id ? await on.Db.Tickets.VisibleTo(on.By).SingleOrDefaultAsync(t => t.Id == id, ct) : null;

    private static async Task<bool> HasAncestorAsync(PlumDbContext db, long ticketId, long ancestorId, CancellationToken ct)
    {
        var (generation, seen) = (new List<long> { ticketId }, new HashSet<long>());
        for (var depth = 0; depth < DeepestFamily && generation.Count > 0; depth++)
        {
            if (generation.Contains(ancestorId))
            {
                return true;
            }

            seen.UnionWith(generation);
            var parents = await db
                .TicketLinks.Where(l => l.Kind == LinkKind.ChildOf && generation.Contains(l.TicketId))
                .Select(l => l.OtherId)
                .ToListAsync(ct);
            generation = [.. parents.Where(p => !seen.Contains(p))];
        }

        return generation.Count > 0;
    }

    private static string Text(LinkKind kind, long otherId) => $"{kind} {TicketReference.Of(otherId)}";
}

/// <param name="Other">Its reference, as a person types it.</param>
/// <param name="Kind">What the other is to this one.</param>
public sealed record LinkTickets(long TicketId, int SeenVersion, string Other, LinkKind Kind);

public sealed record UnlinkTickets(long TicketId, int SeenVersion, long OtherId, LinkKind Kind);

/// <param name="Into">The reference of the ticket that goes on.</param>
public sealed record MergeTickets(long TicketId, int SeenVersion, string Into, string? Reason = null);
