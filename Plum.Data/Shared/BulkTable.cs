namespace Plum.Data.Shared;

/// <summary>
/// Inserts rows by the hundred thousand, in the caller's transaction, past the change tracker: for imports and the demonstration, which write
/// their audit entries themselves. Columns come from the model: one that is not mapped gets what a new entity would have in it, so that a
/// column added to an entity later needs no change here.
/// </summary>
/// <remarks>SQLite: one prepared statement, bound directly. SQL Server: SqlBulkCopy in batches. Not for two threads at once.</remarks>
internal abstract class BulkTable<T>(BulkColumns<T> columns) : IBulkTable
{
    public abstract ValueTask AddAsync(T row, CancellationToken ct);

    public async ValueTask AddAsync(IEnumerable<T> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await AddAsync(row, ct);
        }
    }

    public abstract ValueTask FlushAsync(CancellationToken ct);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    protected void Bind(T row, IBulkRow into)
    {
        var binders = columns.Binders;
        for (var i = 0; i < binders.Count; i++)
        {
            binders[i](row, into, i);
        }
    }
}

/// <summary>Takes the values of one row by the number of the column.</summary>
internal interface IBulkRow
{
    void Null(int column);

    void Long(int column, long value);

    void Text(int column, string value);

    void Guid(int column, Guid value);

    /// <param name="value">UTC.</param>
    void Time(int column, DateTime value);
}

/// <summary>Which columns a table is given, and how each is read off a row.</summary>
internal sealed class BulkColumns<T>
{
    private readonly List<Action<T, IBulkRow, int>> _binders = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<Action<T, IBulkRow, int>> Binders => _binders;
    public IReadOnlyList<string> Names => _names;

    public BulkColumns<T> Long(string name, Func<T, long?> read) =>
        Add(
            name,
            (row, into, i) =>
            {
                if (read(row) is { } value)
                {
                    into.Long(i, value);
                }
                else
                {
                    into.Null(i);
                }
            }
        );

    public BulkColumns<T> Text(string name, Func<T, string?> read) =>
        Add(
            name,
            (row, into, i) =>
            {
                if (read(row) is { } value)
                {
                    into.Text(i, value);
                }
                else
                {
                    into.Null(i);
                }
            }
        );

    public BulkColumns<T> Guid(string name, Func<T, Guid?> read) =>
        Add(
            name,
            (row, into, i) =>
            {
                if (read(row) is { } value)
                {
                    into.Guid(i, value);
                }
                else
                {
                    into.Null(i);
                }
            }
        );

    public BulkColumns<T> Time(string name, Func<T, DateTime?> read) =>
        Add(
            name,
            (row, into, i) =>
            {
                if (read(row) is { } value)
                {
                    into.Time(i, value);
                }
                else
                {
                    into.Null(i);
                }
            }
        );

    /// <summary>An enum that the model keeps by its name.</summary>
    public BulkColumns<T> Name<TEnum>(string name, Func<T, TEnum?> read)
        where TEnum : struct, Enum =>
        Add(
            name,
            (row, into, i) =>
            {
                if (read(row) is { } value)
                {
                    into.Text(i, EnumNames<TEnum>.Of(value));
                }
                else
                {
                    into.Null(i);
                }
            }
        );

    private BulkColumns<T> Add(string name, Action<T, IBulkRow, int> binder)
    {
        _names.Add(name);
        _binders.Add(binder);
        return this;
    }

    private static class EnumNames<TEnum>
        where TEnum : struct, Enum
    {
        private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
            .Distinct()
            .ToDictionary(v => v, v => v.ToString());

        public static string Of(TEnum value) => Names[value];
    }
}
