using Microsoft.EntityFrameworkCore;

namespace Plum.Data.Shared;

/// <summary>The tables of one load, in the order in which they were asked for: parents before children.</summary>
internal sealed class BulkTables(PlumDbContext db) : IDisposable
{
    private readonly List<IBulkTable> _tables = [];

    /// <param name="map">Which columns of the entity's table are given, and how each is read off a row.</param>
    public BulkTable<T> Into<T, TEntity>(Action<BulkColumns<T>> map)
        where TEntity : class
    {
        var columns = new BulkColumns<T>();
        map(columns);
        var layout = BulkLayout.Of(db.Model.FindEntityType(typeof(TEntity))!, columns.Names);
        BulkTable<T> table = db.Database.IsSqlite()
            ? new SqliteBulkTable<T>(db, layout, columns)
            : new SqlServerBulkTable<T>(db, layout, columns);
        _tables.Add(table);
        return table;
    }

    /// <summary>Sends what is held: call every ten thousand rows or so, and before the commit.</summary>
    public async ValueTask FlushAsync(CancellationToken ct)
    {
        foreach (var table in _tables)
        {
            await table.FlushAsync(ct);
        }
    }

    public void Dispose() => _tables.ForEach(t => t.Dispose());
}

internal interface IBulkTable : IDisposable
{
    ValueTask FlushAsync(CancellationToken ct);
}
