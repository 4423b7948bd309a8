using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Approvals;

/// <summary>What happened to requests since one last looked: for the feed of each node, which tells the open pages.</summary>
public sealed class RequestNews(IDbContextFactory<PlumDbContext> contexts)
{
    public const int Most = 2000;

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    public async Task<long> LatestAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.RequestEvents.MaxAsync(e => (long?)e.Id, ct) ?? 0;
    }

    /// <summary>At most <see cref="Most"/> events after <paramref name="id"/>, oldest first.</summary>
    public async Task<IReadOnlyList<RequestNewsRow>> AfterAsync(long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .RequestEvents.Where(e => e.Id > id)
            .OrderBy(e => e.Id)
            .Take(Most)
            .Select(e => new RequestNewsRow(e.Id, e.RequestId))
            .ToListAsync(ct);
    }
}

public readonly record struct RequestNewsRow(long EventId, long RequestId);
