namespace Plum.Data.Tickets;

/// <summary>A column of few different values: for each value the set of the rows that have it, so that a filter is an "and" of sets.</summary>
internal sealed class TicketQueueColumn<T>
    where T : notnull
{
    private readonly Dictionary<T, ushort> _codes = [];
    private readonly List<T> _values = [];
    private readonly List<TicketBits> _bits = [];
    private ushort[] _rows = [];

    /// <summary>The rows without a value.</summary>
    public TicketBits Missing { get; } = new(0);

    public IReadOnlyList<T> Values => _values;

    public void Grow(int rows)
    {
        Array.Resize(ref _rows, rows);
        Missing.Grow(rows);
        _bits.ForEach(b => b.Grow(rows));
    }

    public TicketBits? With(T value) => _codes.TryGetValue(value, out var code) ? _bits[code - 1] : null;

    public void Set(int row, T? value, bool has)
    {
        Forget(row);
        if (!has)
        {
            Missing[row] = true;
            return;
        }

        if (!_codes.TryGetValue(value!, out var code))
        {
            _values.Add(value!);
            _bits.Add(new TicketBits(_rows.Length));
            code = checked((ushort)_bits.Count);
            _codes.Add(value!, code);
        }

        _rows[row] = code;
        _bits[code - 1][row] = true;
    }

    public void Forget(int row)
    {
        if (_rows[row] is not 0 and var old)
        {
            _bits[old - 1][row] = false;
            _rows[row] = 0;
        }

        Missing[row] = false;
    }
}

/// <summary>A column of instants in ticks. For each block of rows it keeps bounds, never too narrow, that let whole blocks be passed over.</summary>
internal sealed class TicketQueueTimes
{
    public const int BlockWords = 64;
    public const int Block = BlockWords * 64;

    private long[] _ticks = [];
    private long[] _least = [];
    private long[] _most = [];

    public int Blocks => _least.Length;

    public long this[int row] => _ticks[row];

    public (long Least, long Most) Bounds(int block) => (_least[block], _most[block]);

    public void Grow(int rows)
    {
        var known = _least.Length;
        Array.Resize(ref _ticks, rows);
        Array.Resize(ref _least, (rows + Block - 1) / Block);
        Array.Resize(ref _most, _least.Length);
        Array.Fill(_least, long.MaxValue, known, _least.Length - known);
        Array.Fill(_most, long.MinValue, known, _most.Length - known);
    }

    public void Set(int row, long ticks)
    {
        _ticks[row] = ticks;
        _least[row / Block] = Math.Min(_least[row / Block], ticks);
        _most[row / Block] = Math.Max(_most[row / Block], ticks);
    }

    /// <summary>Keeps the rows from the first instant to before the second.</summary>
    public void KeepBetween(TicketBits set, long from, long before)
    {
        for (var block = 0; block < Blocks; block++)
        {
            var words = (From: block * BlockWords, To: Math.Min((block + 1) * BlockWords, set.Words.Length));
            if (_most[block] < from || _least[block] >= before)
            {
                set.ClearWords(words.From, words.To);
            }
            else if (_least[block] < from || _most[block] >= before)
            {
                set.Keep(row => _ticks[row] >= from && _ticks[row] < before, words.From, words.To);
            }
        }
    }
}
