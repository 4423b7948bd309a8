using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Tickets;

/// <summary>What happened on tickets since one last looked: for the feed of each node, which tells the open pages.</summary>
public sealed class TicketNews(IDbContextFactory<PlumDbContext> contexts)
{
    public const int Most = 2000;

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    public async Task<long> LatestAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.TicketEvents.MaxAsync(e => (long?)e.Id, ct) ?? 0;
    }

    /// <summary>At most <see cref="Most"/> events after <paramref name="id"/>, oldest first.</summary>
    public async Task<IReadOnlyList<TicketNewsRow>> AfterAsync(long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .TicketEvents.Where(e => e.Id > id)
            .OrderBy(e => e.Id)
            .Take(Most)
            .Select(e => new TicketNewsRow(e.Id, e.TicketId))
            .ToListAsync(ct);
    }
}

public readonly record struct TicketNewsRow(long EventId, long TicketId);
