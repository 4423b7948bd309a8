using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>Asks the index of the database that there is: FTS5 on SQLite, columns and full text on SQL Server.</summary>
internal static class RewardReading
{
    /// <summary>In the order of their numbers.</summary>
    public static async Task<List<RewardHit>> ReadAsync(PlumDbContext db, RewardAsk ask, int take, CancellationToken ct)
    {
        if (ask.Words is { Words.Count: 0 } || ask.Among is { Count: 0 })
        {
            return [];
        }

        if (!db.Database.IsSqlite())
        {
            return await ColumnsAsync(db, ask, take, await RewardColumns.HasFullTextAsync(db, ct), ct);
        }

        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return RewardText.Read(db, ask, take, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Whether more than so many have the words of the question: then no use reading them all. True only where that is cheap to tell.</summary>
    public static async Task<bool> AreCommonAsync(PlumDbContext db, RewardAsk ask, int most, CancellationToken ct)
    {
        if (!db.Database.IsSqlite() || ask.Words is not { Words.Count: > 0 } words)
        {
            return false;
        }

        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return RewardText.AreMore(db, words, most);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public static async Task<RewardSample> SampleAsync(PlumDbContext db, RewardAsk ask, int most, CancellationToken ct) =>
        RewardSample.Of(await ReadAsync(db, ask, most + 1, ct), most);

    public static Task<List<RewardHit>> ColumnsAsync(PlumDbContext db, RewardAsk ask, int take, bool hasFullText, CancellationToken ct) =>
        RewardColumns
            .Narrowed(db, ask, hasFullText)
            .OrderBy(r => r.Number)
            .Take(take)
            .Select(r => new RewardHit(r.Number, r.Kind, r.Country, r.Currency, r.BrandId, r.SupplierId, r.DeliveryMinutes, r.ValueBands))
            .ToListAsync(ct);
}
