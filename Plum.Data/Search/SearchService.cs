using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Search;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Search;

/// <summary>Finds anything by what a person has in hand. Each query is a look-up or a prefix on an index, and takes a handful of rows.</summary>
public sealed class SearchService(IDbContextFactory<PlumDbContext> contexts)
{
    public const int MostPerGroup = 8;

    /// <summary>What the actor may not see is not found; what they may not open is not looked for.</summary>
    public async Task<SearchResult> FindAsync(SearchTerm term, Actor by, CancellationToken ct)
    {
        if (term.IsEmpty || by.PartnerId is not null)
        {
            return SearchResult.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var recipients = by.May(Act.ReadOrders) ? await RecipientsAsync(db, term, by, ct) : [];
        return new SearchResult(
            by.May(Act.ReadTickets) ? await TicketsAsync(db, term, [.. recipients.Select(r => r.Id)], by, ct) : [],
            by.May(Act.ReadOrders) ? await OrdersAsync(db, term, by, ct) : [],
            recipients,
            by.May(Act.ReadClients) ? await ClientsAsync(db, term, by, ct) : []
        );
    }

    /// <summary>The ticket of that number, else the latest tickets of the recipients that were found.</summary>
    private static async Task<IReadOnlyList<TicketHit>> TicketsAsync(
        PlumDbContext db,
        SearchTerm term,
        IReadOnlyList<long> recipients,
        Actor by,
        CancellationToken ct
    )
    {
        var visible = db.Tickets.AsNoTracking().VisibleTo(by);
        var hits = term.Ticket is { } number ? await HitsAsync(db, visible.Where(t => t.Id == number), ct) : [];
        return hits.Count == 0 && recipients.Count > 0
            ? await HitsAsync(db, visible.Where(t => t.RecipientId != null && recipients.Contains(t.RecipientId.Value)), ct)
            : hits;
    }

    private static Task<List<TicketHit>> HitsAsync(PlumDbContext db, IQueryable<Ticket> tickets, CancellationToken ct) =>
        (
            from ticket in tickets.OrderByDescending(t => t.Id).Take(MostPerGroup)
            join client in db.Clients on ticket.ClientId equals client.Id
            join disposition in db.Dispositions on ticket.Disposition equals disposition.Code
            join recipient in db.Recipients on ticket.RecipientId equals recipient.Id into named
            from recipient in named.DefaultIfEmpty()
            orderby ticket.Id descending
            select new TicketHit(ticket.Id, ticket.Subject, disposition.Label, ticket.Stage, client.Code, recipient.Name)
        ).ToListAsync(ct);

    private static async Task<IReadOnlyList<OrderHit>> OrdersAsync(PlumDbContext db, SearchTerm term, Actor by, CancellationToken ct)
    {
        var visible = db.Orders.AsNoTracking().Where(o => by.ClientId == null || o.ClientId == by.ClientId);
        var hits = new List<OrderHit>();
        if (term.Order is { } number)
        {
            hits.AddRange(await HitsAsync(db, visible.Where(o => o.Id == number), ct));
        }

        if (term.VoucherEnd is { } end)
        {
            var found = await HitsAsync(db, visible.Where(o => o.VoucherLast4 == end), ct);
            hits.AddRange(found.Where(f => hits.All(h => h.Id != f.Id)));
        }

        return hits.Count > MostPerGroup ? hits[..MostPerGroup] : hits;
    }

    private static Task<List<OrderHit>> HitsAsync(PlumDbContext db, IQueryable<Order> orders, CancellationToken ct) =>
        (
            from order in orders.OrderByDescending(o => o.Id).Take(MostPerGroup)
            join reward in db.Rewards on order.RewardId equals reward.Id
            join recipient in db.Recipients on order.RecipientId equals recipient.Id
            join client in db.Clients on order.ClientId equals client.Id
            orderby order.Id descending
            select new OrderHit(order.Id, reward.Name, order.Value, order.Status, recipient.Name, client.Code, order.VoucherLast4)
        ).ToListAsync(ct);

    private static async Task<IReadOnlyList<RecipientHit>> RecipientsAsync(
        PlumDbContext db,
        SearchTerm term,
        Actor by,
        CancellationToken ct
    )
    {
        var visible = db.Recipients.AsNoTracking().Where(r => by.ClientId == null || r.ClientId == by.ClientId);
        if (term.EmailStart is { } email)
        {
            return await HitsAsync(visible.Where(r => EF.Functions.Like(r.Email!, Like.StartingWith(email), Like.Escape)));
        }

        if (term.PhoneStart is { } phone)
        {
            // A range of digits rather than a pattern: phones are compared by case, which keeps SQLite from using the index for LIKE.
            var last = phone + new string('9', 16);
#pragma warning disable CA1309 // it becomes SQL, which has no StringComparison
            return await HitsAsync(visible.Where(r => string.Compare(r.Phone, phone) >= 0 && string.Compare(r.Phone, last) <= 0));
#pragma warning restore CA1309
        }

        if (term.PhoneEnd is { } digits)
        {
            var tail = digits[^SearchTerm.PhoneTail..];
            return await HitsAsync(
                visible.Where(r => EF.Property<string?>(r, SearchColumns.PhoneTail) == tail && r.Phone!.EndsWith(digits))
            );
        }

        return term.Words is { } words
            ? await HitsAsync(visible.Where(r => EF.Functions.Like(r.Name, Like.StartingWith(words), Like.Escape)))
            : [];

        Task<List<RecipientHit>> HitsAsync(IQueryable<Recipient> recipients) =>
            (
                from recipient in recipients.OrderBy(r => r.Id).Take(MostPerGroup)
                join client in db.Clients on recipient.ClientId equals client.Id
                orderby recipient.Name, recipient.Id
                select new RecipientHit(
                    recipient.Id,
                    recipient.Name,
                    recipient.Email,
                    recipient.Phone,
                    client.Code,
                    db.Tickets.Count(t => t.RecipientId == recipient.Id && t.Stage != Stage.Final)
                )
            ).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<ClientHit>> ClientsAsync(PlumDbContext db, SearchTerm term, Actor by, CancellationToken ct) =>
        term.Words is not { } words
            ? []
            : await db
                .Clients.AsNoTracking()
                .Where(c => by.ClientId == null || c.Id == by.ClientId)
                .Where(c =>
                    EF.Functions.Like(c.Code, Like.StartingWith(words), Like.Escape)
                    || EF.Functions.Like(c.Name, Like.Containing(words), Like.Escape)
                )
                .OrderByDescending(c => c.IsActive)
                .ThenBy(c => c.Name)
                .ThenBy(c => c.Id)
                .Take(MostPerGroup)
                .Select(c => new ClientHit(c.Code, c.Name, c.IsActive))
                .ToListAsync(ct);
}
