using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plum.Data.Shared;

/// <summary>Collects rows and sends them with SqlBulkCopy, constraints checked. The caller flushes, parents before children.</summary>
internal sealed class SqlServerBulkTable<T> : BulkTable<T>, IBulkRow
{
    private readonly SqlBulkCopy _copy;
    private readonly DataTable _rows = new() { Locale = CultureInfo.InvariantCulture };
    private object[] _row = [];
    private readonly object[] _standing;

    public SqlServerBulkTable(PlumDbContext db, BulkLayout layout, BulkColumns<T> columns)
        : base(columns)
    {
        _copy = new SqlBulkCopy(
            (SqlConnection)db.Database.GetDbConnection(),
            SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.FireTriggers,
            (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction()
        )
        {
            DestinationTableName = $"[{layout.Table}]",
            BulkCopyTimeout = 0,
        };
        foreach (var column in layout.Columns)
        {
            _rows.Columns.Add(column.Name, Nullable.GetUnderlyingType(column.Type) ?? column.Type);
            _copy.ColumnMappings.Add(column.Name, column.Name);
        }

        _standing = [.. layout.Columns.Select(c => c.Standing ?? DBNull.Value)];
    }

    public override ValueTask AddAsync(T row, CancellationToken ct)
    {
        _row = [.. _standing];
        Bind(row, this);
        _rows.Rows.Add(_row);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_rows.Rows.Count > 0)
        {
            await _copy.WriteToServerAsync(_rows, ct);
            _rows.Clear();
        }
    }

    public void Null(int column) => _row[column] = DBNull.Value;

    public void Long(int column, long value) =>
        _row[column] = Convert.ChangeType(value, _rows.Columns[column].DataType, CultureInfo.InvariantCulture);

    public void Text(int column, string value) => _row[column] = value;

    public void Guid(int column, Guid value) => _row[column] = value;

    public void Time(int column, DateTime value) => _row[column] = value;

    protected override void Dispose(bool disposing)
    {
        _rows.Dispose();
        ((IDisposable)_copy).Dispose();
    }
}
