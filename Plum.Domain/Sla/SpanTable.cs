namespace Plum.Domain.Sla;

/// <summary>The open spans of some whole years, in UTC ticks, with the working time gone by at the end of each. Immutable.</summary>
internal sealed class SpanTable
{
    private readonly long[] _opens;
    private readonly long[] _closes;
    private readonly long[] _worked; // by the time span i closes

    public SpanTable(int firstYear, int lastYear, long from, long to, IReadOnlyList<(long From, long To)> spans)
    {
        (FirstYear, LastYear, From, To) = (firstYear, lastYear, from, to);
        _opens = [.. spans.Select(s => s.From)];
        _closes = [.. spans.Select(s => s.To)];
        _worked = new long[spans.Count];
        var sum = 0L;
        for (var i = 0; i < _worked.Length; i++)
        {
            _worked[i] = sum += _closes[i] - _opens[i];
        }
    }

    public int FirstYear { get; }
    public int LastYear { get; }
    public long From { get; }
    public long To { get; }

    /// <summary>Working ticks from the table's start to an instant.</summary>
    public long WorkedBy(long at)
    {
        var i = FirstAbove(_closes, at); // the span that is open then, or the next
        return i == _opens.Length ? (i == 0 ? 0 : _worked[^1]) : _worked[i] - (_closes[i] - Math.Max(at, _opens[i]));
    }

    /// <summary>The first instant by which so many ticks are worked, or -1 when that lies beyond the table.</summary>
    public long WhenWorked(long ticks)
    {
        var i = FirstAbove(_worked, ticks - 1);
        return i == _worked.Length ? -1 : _closes[i] - (_worked[i] - ticks);
    }

    public bool IsOpen(long at)
    {
        var i = FirstAbove(_closes, at);
        return i < _opens.Length && _opens[i] <= at;
    }

    public long? NextOpen(long at)
    {
        var i = FirstAbove(_closes, at);
        return i == _opens.Length ? null : Math.Max(at, _opens[i]);
    }

    public IEnumerable<(long From, long To)> Between(long from, long to)
    {
        for (var i = FirstAbove(_closes, from); i < _opens.Length && _opens[i] < to; i++)
        {
            yield return (Math.Max(_opens[i], from), Math.Min(_closes[i], to));
        }
    }

    private static int FirstAbove(long[] sorted, long value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (sorted[middle] > value)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
