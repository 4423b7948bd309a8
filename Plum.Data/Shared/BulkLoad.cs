using Microsoft.EntityFrameworkCore;

namespace Plum.Data.Shared;

/// <summary>
/// Makes SQLite ready for a very large load into an empty database, and ordinary again afterwards: nothing synced, foreign keys unchecked,
/// the larger tables without their secondary indexes until the end. A load that is cut short leaves a database to throw away.
/// </summary>
internal sealed class BulkLoad : IAsyncDisposable
{
    private static readonly string[] Stripped =
    [
        "Tickets",
        "Orders",
        "OrderEvents",
        "Recipients",
        "TicketEvents",
        "TicketMessages",
        "SlaClocks",
    ];

    private readonly PlumDbContext? _db;
    private readonly Queue<string> _indexes = [];
    private bool _ended;

    private BulkLoad(PlumDbContext? db) => _db = db;

    /// <param name="db">Its connection is open and stays so.</param>
    public static async Task<BulkLoad> BeginAsync(PlumDbContext db, bool isLarge, CancellationToken ct)
    {
        var load = new BulkLoad(isLarge && db.Database.IsSqlite() ? db : null);
        if (load._db is not null)
        {
            await load.StripAsync(ct);
        }

        return load;
    }

    /// <summary>
    /// Makes the indexes again: outside a transaction, and before any statement that looks rows up by them. Without them each look-up reads
    /// a whole table, which a load of a million tickets has no time for.
    /// </summary>
    public async Task IndexAsync(CancellationToken ct)
    {
        while (_indexes.TryPeek(out var index))
        {
            await _db!.Database.ExecuteSqlRawAsync(index, ct);
            _indexes.Dequeue();
        }
    }

    public async Task EndAsync(CancellationToken ct)
    {
        _ended = true;
        if (_db is null)
        {
            return;
        }

        await IndexAsync(ct);
        await _db.Database.ExecuteSqlRawAsync("ANALYZE", ct);
        await _db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", ct);
        await _db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;", ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended && _db is not null)
        {
            await EndAsync(CancellationToken.None);
        }
    }

    private async Task StripAsync(CancellationToken ct)
    {
        await _db!.Database.ExecuteSqlRawAsync(
            "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20000;",
            ct
        );
        var all = await _db
            .Database.SqlQueryRaw<IndexRow>(
                "SELECT name AS Name, tbl_name AS TableName, sql AS Sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            )
            .ToListAsync(ct);
        var stripped = all.Where(i => Stripped.Contains(i.TableName) && !i.Sql.StartsWith("CREATE UNIQUE", StringComparison.Ordinal))
            .ToList();
        foreach (var index in stripped)
        {
            _indexes.Enqueue(index.Sql);
#pragma warning disable EF1002 // the name comes from the schema
            await _db.Database.ExecuteSqlRawAsync($"DROP INDEX \"{index.Name}\"", ct);
#pragma warning restore EF1002
        }
    }

    private sealed record IndexRow(string Name, string TableName, string Sql);
}
