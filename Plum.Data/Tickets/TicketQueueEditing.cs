using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Changes many tickets of the queue: first says which and what may be done with them, then takes them one by one.</summary>
public sealed class TicketQueueEditing(IDbContextFactory<PlumDbContext> contexts, TicketQueueIndex index, TimeProvider clock)
{
    /// <summary>Some minutes of work; whoever wants more is about to change the wrong thing.</summary>
    public const int Most = 50_000;

    /// <summary>The tickets selected, as they are now or as they were seen, and what may be done with them.</summary>
    /// <returns>The plan, or why there is none.</returns>
    public async Task<(Refusal? Refused, TicketEditPlan? Plan)> PlanAsync(TicketSelection selection, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.BulkEditTickets) ?? by.Lacks(Act.WorkTickets)) is { } refused)
        {
            return (refused, null);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = selection.IsAll ? await AllAsync(db, selection, by, ct) : [.. selection.Tickets.Keys.Order()];
        if (ids.Count > Most)
        {
            return (TicketQueueRefusals.TooMany(ids.Count, Most), null);
        }

        var tickets = await db
            .Tickets.AsNoTracking()
            .VisibleTo(by)
            .Where(t => EF.Parameter(ids).Contains(t.Id))
            .OrderBy(t => t.Id)
            .Select(t => new Selected(t.Id, t.Version, t.ClientId, t.Disposition))
            .ToListAsync(ct);
        if (tickets.Count == 0)
        {
            return (TicketQueueRefusals.NothingSelected, null);
        }

        var clients = tickets.Select(t => t.ClientId).Distinct().ToList();
        return (
            null,
            new TicketEditPlan(
                [.. tickets.Select(t => new TicketEditTarget(t.Id, Seen(selection, t)))],
                clients,
                await MovesAsync(db, tickets, ct),
                await OwnersAsync(db, clients, by, ct)
            )
        );
    }

    /// <summary>Several changes of one of the tickets: all of them, or none. What it has already is passed over.</summary>
    public async Task<Outcome> EditAsync(EditSelectedTicket command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.BulkEditTickets) is { } refused)
        {
            return refused;
        }

        return await contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            async on =>
            {
                var unchanged = (Refusal?)null;
                var changed = false;
                foreach (var change in command.Changes.OrderBy(Turn))
                {
                    switch (await TicketStep.ApplyAsync(on, change, command.Note, ct))
                    {
                        case null:
                            changed = true;
                            break;
                        case var why when TicketQueueRefusals.IsSoAlready(why):
                            unchanged = why;
                            break;
                        case var why:
                            return why;
                    }
                }

                return changed ? null : unchanged ?? TicketQueueRefusals.NoChange;
            },
            ct
        );
    }

    /// <summary>What ends a ticket comes last: a closed one takes no other change.</summary>
    private static int Turn(TicketChange change) =>
        change switch
        {
            TicketChange.Move => 2,
            TicketChange.Wait => 1,
            _ => 0,
        };

    private async Task<IReadOnlyList<long>> AllAsync(PlumDbContext db, TicketSelection selection, Actor by, CancellationToken ct)
    {
        var moment = TicketQueueMoment.Of(by, clock.GetUtcNow().UtcDateTime, selection.Query.ZoneId);
        var (tabs, first) = await db.TabsAsync(by, ct);
        var asked = TicketQueueAsked.Of(selection.Query, [.. tabs.Select(t => t.View)], first);
        var all = await db.AllAsync(index, asked.Filter, moment, ct);
        return selection.Tickets.Count == 0 ? all : [.. all.Where(id => !selection.Tickets.ContainsKey(id))];
    }

    /// <summary>A row that was ticked counts as it was seen; one on another page as it is when the plan is made.</summary>
    private static int Seen(TicketSelection selection, Selected ticket) =>
        !selection.IsAll && selection.Tickets[ticket.Id] is { } seen ? seen : ticket.Version;

    private static async Task<IReadOnlyList<TicketMoveChoice>> MovesAsync(PlumDbContext db, List<Selected> tickets, CancellationToken ct)
    {
        var dispositions = await db.Dispositions.AsNoTracking().OrderBy(d => d.SortOrder).ThenBy(d => d.Code).ToListAsync(ct);
        var from = tickets
            .CountBy(t => t.Disposition, StringComparer.Ordinal)
            .Select(g => (Disposition: dispositions.Single(d => d.Code == g.Key), Count: g.Value))
            .ToList();
        return
        [
            .. dispositions
                .Where(d => d.IsActive)
                .Select(to => new TicketMoveChoice(
                    to.Code,
                    to.Label,
                    from.Where(f => DispositionMoves.CannotMove(f.Disposition, to) is null).Sum(f => f.Count)
                )),
        ];
    }

    /// <summary>Who may own all of them.</summary>
    private static async Task<IReadOnlyList<OwnerOption>> OwnersAsync(PlumDbContext db, List<Guid> clients, Actor by, CancellationToken ct)
    {
        var people = db.AgentsFor(clients[0]);
        if (clients.Count > 1)
        {
            people = people.Where(u => u.ClientId == null);
        }

        if (!by.May(Act.AssignTickets))
        {
            people = people.Where(u => u.Id == by.UserId);
        }

        return await people.OrderBy(u => u.DisplayName).ThenBy(u => u.Id).Select(u => new OwnerOption(u.Id, u.DisplayName)).ToListAsync(ct);
    }

    private sealed record Selected(long Id, int Version, Guid ClientId, string Disposition);
}

/// <summary>Some tickets by their numbers, or all that a queue counts but for some.</summary>
/// <param name="Tickets">Number to the version that was seen, null where none was; the exceptions when <paramref name="IsAll"/>.</param>
public sealed record TicketSelection(TicketQueueQuery Query, IReadOnlyDictionary<long, int?> Tickets, bool IsAll);

/// <param name="Targets">By number.</param>
/// <param name="Clients">Whose they are.</param>
/// <param name="Owners">Who may own every one of them.</param>
public sealed record TicketEditPlan(
    IReadOnlyList<TicketEditTarget> Targets,
    IReadOnlyList<Guid> Clients,
    IReadOnlyList<TicketMoveChoice> Moves,
    IReadOnlyList<OwnerOption> Owners
);

public readonly record struct TicketEditTarget(long Id, int SeenVersion);

/// <param name="Allowed">How many of the tickets may be moved so.</param>
public sealed record TicketMoveChoice(string Code, string Label, int Allowed);

public sealed record EditSelectedTicket(long TicketId, int SeenVersion, IReadOnlyList<TicketChange> Changes, string? Note = null);
