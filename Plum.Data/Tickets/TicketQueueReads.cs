using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>The queue's questions, answered by the index where there is one and else by SQL.</summary>
internal static class TicketQueueReads
{
    public static async Task<(IReadOnlyList<long> Ids, int Total)> PageAsync(
        this PlumDbContext db,
        TicketQueueIndex index,
        TicketQueueAsked asked,
        int page,
        int size,
        TicketQueueMoment moment,
        CancellationToken ct
    )
    {
        if (db.Database.IsSqlite())
        {
            return await index.PageAsync(db, asked.Filter, asked.Order, page, size, moment, ct);
        }

        var tickets = db.Matching(asked.Filter, moment, await TicketTextCatalogue.ExistsAsync(db, ct));
        var total = await tickets.CountAsync(ct);
        var skip = Math.Min(page - 1, Math.Max(0, (total - 1) / size)) * size;
        return (await tickets.InOrder(db, asked.Order).Select(t => t.Id).Skip(skip).Take(size).ToListAsync(ct), total);
    }

    public static async Task<IReadOnlyList<int>> CountAsync(
        this PlumDbContext db,
        TicketQueueIndex index,
        IReadOnlyList<TicketFilter> filters,
        TicketQueueMoment moment,
        CancellationToken ct
    )
    {
        if (db.Database.IsSqlite())
        {
            return await index.CountAsync(db, filters, moment, ct);
        }

        var hasFullText = await TicketTextCatalogue.ExistsAsync(db, ct);
        var counts = new List<int>(filters.Count);
        foreach (var filter in filters)
        {
            counts.Add(await db.Matching(filter, moment, hasFullText).CountAsync(ct));
        }

        return counts;
    }

    /// <summary>Every number that the filter leaves, rising.</summary>
    public static async Task<IReadOnlyList<long>> AllAsync(
        this PlumDbContext db,
        TicketQueueIndex index,
        TicketFilter filter,
        TicketQueueMoment moment,
        CancellationToken ct
    ) =>
        db.Database.IsSqlite()
            ? await index.AllAsync(db, filter, moment, ct)
            : await db.Matching(filter, moment, await TicketTextCatalogue.ExistsAsync(db, ct))
                .OrderBy(t => t.Id)
                .Select(t => t.Id)
                .ToListAsync(ct);

    public static async Task<IReadOnlyList<TicketRow>> RowsAsync(
        this PlumDbContext db,
        IReadOnlyList<long> ids,
        Actor by,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        // As one parameter: a parameter for each number would make EF Core write the statement anew each time, which costs more than its execution.
        var rows = await db
            .Tickets.AsNoTracking()
            .VisibleTo(by)
            .Where(t => EF.Parameter(ids).Contains(t.Id))
            .Rows(db)
            .ToDictionaryAsync(r => r.Id, ct);
        var internals = by.SeesInternals();
        return [.. ids.Where(rows.ContainsKey).Select(id => internals ? rows[id] : Outward(rows[id]))];
    }

    private static TicketRow Outward(TicketRow row) => row with { OwnerId = null, Owner = null, Level = SupportLevel.L1 };
}
