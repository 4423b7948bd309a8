using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Reads the queue: a page of tickets with its total, and how many each view holds.</summary>
public sealed class TicketQueueService(IDbContextFactory<PlumDbContext> contexts, TicketQueueIndex index, TimeProvider clock)
{
    /// <returns>Null when the actor may not see tickets.</returns>
    public async Task<TicketQueueView?> PageAsync(TicketQueueQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadTickets))
        {
            return null;
        }

        var moment = TicketQueueMoment.Of(by, clock.GetUtcNow().UtcDateTime, query.ZoneId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (tabs, first) = await db.TabsAsync(by, ct);
        var asked = TicketQueueAsked.Of(query, [.. tabs.Select(t => t.View)], first);
        var (ids, total) = await db.PageAsync(index, asked, Math.Max(1, query.Page), TicketQueueView.Size, moment, ct);
        var counts = await db.CountAsync(index, [.. tabs.Select(t => t.View.Filter)], moment, ct);
        return new TicketQueueView(
            asked.View,
            asked.Filter,
            asked.Order,
            await db.RowsAsync(ids, by, ct),
            total,
            Math.Min(Math.Max(1, query.Page), Math.Max(1, (total + TicketQueueView.Size - 1) / TicketQueueView.Size)),
            [.. tabs.Select((tab, at) => tab with { Count = counts[at] })],
            asked.Unread,
            !TicketFilterText.Same(asked.Filter, asked.View.Filter),
            moment.NowUtc,
            first
        );
    }

    /// <summary>The rows as they are now, of those that are still to be seen; in the order asked for. For lines that somebody else changed.</summary>
    public async Task<IReadOnlyList<TicketRow>> RowsAsync(IReadOnlyList<long> ids, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadTickets))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.RowsAsync(ids, by, ct);
    }

    /// <summary>The values that the filters and the bulk edit may take. Those no longer in use are there too: old tickets have them.</summary>
    public async Task<TicketChoices> ChoicesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadTickets) || by.PartnerId is not null)
        {
            return new TicketChoices([], [], [], [], [], [], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var clients = db.Clients.Where(c => by.ClientId == null || c.Id == by.ClientId);
        var programmes = db.Programmes.Where(p => by.ClientId == null || p.ClientId == by.ClientId);
        var owners = db.Users.Where(u => by.ClientId == null || u.ClientId == by.ClientId);
        return new TicketChoices(
            await Choices(clients.OrderBy(c => c.Name).Select(c => new Choice(c.Id, c.Name, null, c.IsActive))),
            await Choices(programmes.OrderBy(p => p.Name).Select(p => new Choice(p.Id, p.Name, p.ClientId, p.IsActive))),
            await db
                .Dispositions.OrderBy(d => d.SortOrder)
                .ThenBy(d => d.Code)
                .Select(d => new TicketChoice(d.Code, d.Label, d.Stage.ToString(), d.IsActive))
                .ToListAsync(ct),
            await Choices(db.Categories.OrderBy(c => c.Name).Select(c => new Choice(c.Id, c.Name, null, c.IsActive))),
            await Choices(owners.OrderBy(u => u.DisplayName).Select(u => new Choice(u.Id, u.DisplayName, null, u.DisabledAtUtc == null))),
            await Choices(db.Brands.OrderBy(b => b.Name).Select(b => new Choice(b.Id, b.Name, null, true))),
            await Choices(db.Suppliers.OrderBy(s => s.Name).Select(s => new Choice(s.Id, s.Name, null, true)))
        );

        async Task<IReadOnlyList<TicketChoice>> Choices(IQueryable<Choice> choices) =>
            [
                .. (await choices.ToListAsync(ct)).Select(c => new TicketChoice(
                    c.Id.ToString("n"),
                    c.Label,
                    c.Group?.ToString("n"),
                    c.IsActive
                )),
            ];
    }

    private sealed record Choice(Guid Id, string Label, Guid? Group, bool IsActive);
}
