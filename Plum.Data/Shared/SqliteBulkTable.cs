using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Plum.Data.Shared;

/// <summary>Binds straight to one prepared statement, in the forms in which EF Core keeps values: see SqliteKeys and Microsoft.Data.Sqlite's data types.</summary>
internal sealed class SqliteBulkTable<T> : BulkTable<T>, IBulkRow
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _insert;
    private byte[] _utf8 = new byte[4096];

    public SqliteBulkTable(PlumDbContext db, BulkLayout layout, BulkColumns<T> columns)
        : base(columns)
    {
        _db = ((SqliteConnection)db.Database.GetDbConnection()).Handle ?? throw new InvalidOperationException("Open the connection first.");
        var names = string.Join(", ", layout.Columns.Select(c => $"\"{c.Name}\""));
        var values = string.Join(", ", layout.Columns.Select(_ => "?"));
        Check(raw.sqlite3_prepare_v2(_db, $"INSERT INTO \"{layout.Table}\" ({names}) VALUES ({values})", out _insert));
        for (var i = columns.Names.Count; i < layout.Columns.Count; i++)
        {
            Stand(i, layout.Columns[i].Standing); // stays bound from row to row
        }
    }

    public override ValueTask AddAsync(T row, CancellationToken ct)
    {
        Bind(row, this);
        var result = raw.sqlite3_step(_insert);
        if (result != raw.SQLITE_DONE)
        {
            var message = raw.sqlite3_errmsg(_db).utf8_to_string();
            raw.sqlite3_reset(_insert);
            throw new SqliteException(message, result, raw.sqlite3_extended_errcode(_db));
        }

        raw.sqlite3_reset(_insert);
        return ValueTask.CompletedTask;
    }

    public override ValueTask FlushAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public void Null(int column) => Check(raw.sqlite3_bind_null(_insert, column + 1));

    public void Long(int column, long value) => Check(raw.sqlite3_bind_int64(_insert, column + 1, value));

    public void Text(int column, string value)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_utf8.Length < longest)
        {
            _utf8 = new byte[longest];
        }

        Check(raw.sqlite3_bind_text(_insert, column + 1, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(value, _utf8))));
    }

    public void Guid(int column, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(_insert, column + 1, bytes));
    }

    /// <summary>As Microsoft.Data.Sqlite writes it: yyyy-MM-dd HH:mm:ss and a fraction without trailing zeros. By hand, as there are tens of millions.</summary>
    public void Time(int column, DateTime value)
    {
        Span<byte> text = stackalloc byte[27];
        value.Deconstruct(out var date, out var time);
        Digits(text, 0, 4, date.Year);
        text[4] = text[7] = (byte)'-';
        Digits(text, 5, 2, date.Month);
        Digits(text, 8, 2, date.Day);
        text[10] = (byte)' ';
        text[13] = text[16] = (byte)':';
        Digits(text, 11, 2, time.Hour);
        Digits(text, 14, 2, time.Minute);
        Digits(text, 17, 2, time.Second);
        var (length, fraction) = (19, (int)(value.Ticks % TimeSpan.TicksPerSecond));
        if (fraction > 0)
        {
            text[19] = (byte)'.';
            Digits(text, 20, 7, fraction);
            length = 27;
            while (text[length - 1] == (byte)'0')
            {
                length--;
            }
        }

        Check(raw.sqlite3_bind_text(_insert, column + 1, text[..length]));
    }

    private static void Digits(Span<byte> text, int at, int count, int number)
    {
        for (var i = at + count - 1; i >= at; i--, number /= 10)
        {
            text[i] = (byte)('0' + (number % 10));
        }
    }

    protected override void Dispose(bool disposing) => _insert.Dispose();

    private void Stand(int column, object? value)
    {
        switch (value)
        {
            case null:
                Null(column);
                break;
            case string text:
                Text(column, text);
                break;
            case byte[] bytes:
                Check(raw.sqlite3_bind_blob(_insert, column + 1, bytes));
                break;
            case Guid id:
                Guid(column, id);
                break;
            case DateTime time:
                Time(column, time);
                break;
            case double number:
                Check(raw.sqlite3_bind_double(_insert, column + 1, number));
                break;
            default:
                Long(column, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_db).utf8_to_string(), result);
        }
    }
}
