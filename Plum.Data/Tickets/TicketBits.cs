using System.Numerics;
using System.Runtime.InteropServices;

namespace Plum.Data.Tickets;

/// <summary>A set of rows, one bit each. Sets that are combined have the same length.</summary>
internal sealed class TicketBits(int rows)
{
    private ulong[] _words = new ulong[(rows + 63) >> 6];

    public ReadOnlySpan<ulong> Words => _words;

    public void Grow(int rows) => Array.Resize(ref _words, (rows + 63) >> 6);

    public bool this[int row]
    {
        get => (_words[row >> 6] >> row & 1) != 0;
        set => _words[row >> 6] = value ? _words[row >> 6] | 1UL << row : _words[row >> 6] & ~(1UL << row);
    }

    public void CopyFrom(TicketBits other) => other._words.CopyTo(_words, 0);

    public void Clear() => Array.Clear(_words);

    public void ClearWords(int from, int to) => Array.Clear(_words, from, to - from);

    public void And(TicketBits other)
    {
        var mine = _words.AsSpan(0, Math.Min(_words.Length, other._words.Length));
        var theirs = other._words.AsSpan(0, mine.Length);
        var wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(mine);
        var with = MemoryMarshal.Cast<ulong, Vector<ulong>>(theirs);
        for (var at = 0; at < wide.Length; at++)
        {
            wide[at] &= with[at];
        }

        for (var at = wide.Length * Vector<ulong>.Count; at < mine.Length; at++)
        {
            mine[at] &= theirs[at];
        }
    }

    public void AndNot(TicketBits other)
    {
        var mine = _words.AsSpan(0, Math.Min(_words.Length, other._words.Length));
        var theirs = other._words.AsSpan(0, mine.Length);
        for (var at = 0; at < mine.Length; at++)
        {
            mine[at] &= ~theirs[at];
        }
    }

    /// <param name="other">May be shorter.</param>
    public void Or(TicketBits other)
    {
        var mine = _words.AsSpan(0, Math.Min(_words.Length, other._words.Length));
        var theirs = other._words.AsSpan(0, mine.Length);
        var wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(mine);
        var with = MemoryMarshal.Cast<ulong, Vector<ulong>>(theirs);
        for (var at = 0; at < wide.Length; at++)
        {
            wide[at] |= with[at];
        }

        for (var at = wide.Length * Vector<ulong>.Count; at < mine.Length; at++)
        {
            mine[at] |= theirs[at];
        }
    }

    /// <summary>Keeps the rows for which <paramref name="keep"/> holds, of the words from one to before another.</summary>
    public void Keep(Func<int, bool> keep, int fromWord = 0, int toWord = int.MaxValue)
    {
        for (var at = fromWord; at < Math.Min(toWord, _words.Length); at++)
        {
            for (var left = _words[at]; left != 0; left &= left - 1)
            {
                var bit = BitOperations.TrailingZeroCount(left);
                if (!keep((at << 6) + bit))
                {
                    _words[at] &= ~(1UL << bit);
                }
            }
        }
    }

    public int Count()
    {
        var count = 0;
        foreach (var word in _words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The rows in order, or in falling order.</summary>
    public IEnumerable<int> Rows(bool descending = false)
    {
        for (var step = 0; step < _words.Length; step++)
        {
            var at = descending ? _words.Length - 1 - step : step;
            for (var left = _words[at]; left != 0; )
            {
                var bit = descending ? 63 - BitOperations.LeadingZeroCount(left) : BitOperations.TrailingZeroCount(left);
                left &= ~(1UL << bit);
                yield return (at << 6) + bit;
            }
        }
    }
}
