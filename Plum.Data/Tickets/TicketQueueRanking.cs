using System.Numerics;

namespace Plum.Data.Tickets;

/// <summary>The rows of one page out of a set, by an instant and then by number, without sorting the set.</summary>
internal static class TicketQueueRanking
{
    /// <summary>Up to here a page is found by keeping the best ones seen; beyond, by halving what can be on it.</summary>
    private const int Shallow = 2_000;

    public static IEnumerable<int> Take(TicketQueueTimes times, TicketBits set, int skip, int take, bool descending) =>
        skip + take <= Shallow ? Best(times, set, skip + take, descending).Skip(skip) : Deep(times, set, skip, take, descending);

    private static List<int> Best(TicketQueueTimes times, TicketBits set, int count, bool descending)
    {
        // The worst of those kept is on top. A comparison of -1 means "earlier on the page".
        var sign = descending ? -1 : 1;
        int Compare((long Ticks, int Row) a, (long Ticks, int Row) b) =>
            sign * (a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.Row.CompareTo(b.Row));

        var kept = new PriorityQueue<(long Ticks, int Row), (long Ticks, int Row)>(
            Comparer<(long Ticks, int Row)>.Create((a, b) => Compare(b, a))
        );
        for (var step = 0; step < times.Blocks; step++)
        {
            var block = descending ? times.Blocks - 1 - step : step;
            var (least, most) = times.Bounds(block);
            if (kept.Count == count && (descending ? most < kept.Peek().Ticks : least > kept.Peek().Ticks))
            {
                continue; // nothing in it can come before the worst that is kept
            }

            var end = Math.Min((block + 1) * TicketQueueTimes.BlockWords, set.Words.Length);
            for (var word = block * TicketQueueTimes.BlockWords; word < end; word++)
            {
                for (var left = set.Words[word]; left != 0; left &= left - 1)
                {
                    var row = (word << 6) + BitOperations.TrailingZeroCount(left);
                    var entry = (times[row], row);
                    if (kept.Count < count)
                    {
                        kept.Enqueue(entry, entry);
                    }
                    else if (Compare(entry, kept.Peek()) < 0)
                    {
                        kept.EnqueueDequeue(entry, entry);
                    }
                }
            }
        }

        var best = new List<int>(kept.Count);
        while (kept.TryDequeue(out var entry, out _))
        {
            best.Add(entry.Row);
        }

        best.Reverse();
        return best;
    }

    /// <summary>Quickselect on both ends of the page: linear in the set, whatever the page.</summary>
    private static int[] Deep(TicketQueueTimes times, TicketBits set, int skip, int take, bool descending)
    {
        var entries = new Entry[set.Count()];
        var filled = 0;
        for (var word = 0; word < set.Words.Length; word++)
        {
            for (var left = set.Words[word]; left != 0; left &= left - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(left);
                entries[filled++] = descending ? new Entry(-times[row], -row) : new Entry(times[row], row);
            }
        }

        if (skip >= entries.Length)
        {
            return [];
        }

        var end = Math.Min(skip + take, entries.Length);
        Select(entries, 0, entries.Length, skip);
        if (end < entries.Length)
        {
            Select(entries, skip, entries.Length, end);
        }

        entries
            .AsSpan(skip, end - skip)
            .Sort(
                static (a, b) =>
                    a.IsBefore(b) ? -1
                    : b.IsBefore(a) ? 1
                    : 0
            );
        return [.. entries[skip..end].Select(e => Math.Abs(e.Row))];
    }

    /// <summary>Puts the entry of rank <paramref name="rank"/> in its place, with none greater before it and none less behind it.</summary>
    private static void Select(Entry[] entries, int from, int to, int rank)
    {
        while (to - from > 1)
        {
            var pivot = Median(entries[from], entries[from + ((to - from) / 2)], entries[to - 1]);
            var (low, high) = (from, to - 1);
            while (low <= high)
            {
                while (entries[low].IsBefore(pivot))
                {
                    low++;
                }

                while (pivot.IsBefore(entries[high]))
                {
                    high--;
                }

                if (low <= high)
                {
                    (entries[low], entries[high]) = (entries[high], entries[low]);
                    low++;
                    high--;
                }
            }

            if (rank <= high)
            {
                to = high + 1;
            }
            else if (rank >= low)
            {
                from = low;
            }
            else
            {
                return;
            }
        }
    }

    private static Entry Median(Entry a, Entry b, Entry c)
    {
        var (low, high) = a.IsBefore(b) ? (a, b) : (b, a);
        return c.IsBefore(low) ? low
            : high.IsBefore(c) ? high
            : c;
    }

    /// <summary>For a falling order both are negated.</summary>
    private readonly record struct Entry(long Ticks, int Row)
    {
        public bool IsBefore(Entry other) => Ticks < other.Ticks || (Ticks == other.Ticks && Row < other.Row);
    }
}
