using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Filter and order over <see cref="TicketQueueMemory"/>: the same as <see cref="TicketQueueSql"/>, which a test holds it to.</summary>
internal static class TicketQueueFinding
{
    /// <param name="within">What the filter's text and its recipients, orders and imports leave; null when it has none of these.</param>
    /// <returns>A rented set.</returns>
    public static TicketBits Find(this TicketQueueMemory memory, TicketFilter filter, TicketQueueMoment moment, TicketBits? within)
    {
        var set = memory.Rent();
        if (moment.By.PartnerId is not null)
        {
            return set;
        }

        set.CopyFrom(filter.Open == true || filter.Ages.Count > 0 ? memory.Open : memory.Exists);
        if (filter.Open == false)
        {
            set.AndNot(memory.Open);
        }

        if (within is not null)
        {
            set.And(within);
        }

        if (moment.By.ClientId is { } own)
        {
            memory.Any(set, memory.Clients, [own]);
        }

        memory.Any(set, memory.Clients, filter.Clients);
        memory.Any(set, memory.Programmes, filter.Programmes);
        memory.Any(set, memory.Dispositions, filter.Dispositions);
        memory.Any(set, memory.Categories, filter.Categories);
        memory.Any(set, memory.Channels, filter.Channels);
        memory.Any(set, memory.Severities, filter.Severities);
        memory.Any(set, memory.WaitingOn, filter.WaitingOn);
        memory.Any(set, memory.Levels, filter.Levels);
        memory.Any(set, memory.Brands, filter.Brands);
        memory.Any(set, memory.Suppliers, filter.Suppliers);
        if (filter.Owners.Count > 0)
        {
            var (users, nobody) = moment.Owners(filter);
            memory.Any(set, memory.Owners, users, nobody);
        }

        memory.KeepSla(set, filter.Sla, moment.NowUtc.Ticks);
        memory.KeepAges(set, filter.Ages, moment.NowUtc);
        var (from, before) = moment.Created(filter);
        if (from is not null || before is not null)
        {
            memory.Created.KeepBetween(set, from?.Ticks ?? long.MinValue, before?.Ticks ?? long.MaxValue);
        }

        return set;
    }

    /// <param name="ranks">For an order by a name: groups of values whose names are alike, in rising order (<see cref="TicketQueueRanks"/>).</param>
    public static List<long> Page(
        this TicketQueueMemory memory,
        TicketBits set,
        TicketOrder order,
        IReadOnlyList<IReadOnlyList<object>> ranks,
        int skip,
        int take
    )
    {
        var down = order.Descending;
        IEnumerable<Func<TicketBits?>> Ranked<T>(TicketQueueColumn<T> column)
            where T : notnull =>
            [
                .. (down ? ranks.Reverse() : ranks).Select(group => (Func<TicketBits?>)(() => memory.Union(column, group.Cast<T>()))),
                () => column.Missing,
            ];

        var groups = order.By switch
        {
            TicketSort.Severity => Ranked(memory.Severities),
            TicketSort.Channel => Ranked(memory.Channels),
            TicketSort.WaitingOn => Ranked(memory.WaitingOn),
            TicketSort.Level => Ranked(memory.Levels),
            TicketSort.Client => Ranked(memory.Clients),
            TicketSort.Programme => Ranked(memory.Programmes),
            TicketSort.Category => Ranked(memory.Categories),
            TicketSort.Owner => Ranked(memory.Owners),
            TicketSort.Disposition => Ranked(memory.Dispositions),
            TicketSort.Sla => [() => memory.HasDue, () => null],
            _ => [() => null],
        };
        var times = order.By switch
        {
            TicketSort.Sla => memory.Due,
            TicketSort.Created => memory.Created,
            TicketSort.Updated => memory.Updated,
            _ => null,
        };

        var page = new List<int>(take);
        var left = memory.Rent();
        var group = memory.Rent();
        left.CopyFrom(set);
        foreach (var members in groups)
        {
            group.CopyFrom(left);
            if (members() is { } some)
            {
                group.And(some);
                left.AndNot(some);
            }
            else
            {
                left.Clear();
            }

            var count = group.Count();
            if (count <= skip)
            {
                skip -= count;
                times = order.By == TicketSort.Sla ? null : times; // behind the ones with a due instant come those without, by number
                continue;
            }

            page.AddRange(
                times is null
                    ? group.Rows(down).Skip(skip).Take(take - page.Count)
                    : TicketQueueRanking.Take(times, group, skip, take - page.Count, down)
            );
            skip = 0;
            times = order.By == TicketSort.Sla ? null : times;
            if (page.Count == take)
            {
                break;
            }
        }

        memory.Return(left);
        memory.Return(group);
        return [.. page.Select(memory.IdOf)];
    }

    private static TicketBits Union<T>(this TicketQueueMemory memory, TicketQueueColumn<T> column, IEnumerable<T> values)
        where T : notnull
    {
        var sets = values.Select(column.With).OfType<TicketBits>().ToList();
        if (sets.Count == 1)
        {
            return sets[0];
        }

        var all = new TicketBits(memory.Exists.Words.Length << 6);
        sets.ForEach(all.Or);
        return all;
    }

    private static void Any<T>(
        this TicketQueueMemory memory,
        TicketBits set,
        TicketQueueColumn<T> column,
        IReadOnlyList<T> wanted,
        bool orMissing = false
    )
        where T : notnull
    {
        if (wanted.Count == 0 && !orMissing)
        {
            return;
        }

        var bits = wanted.Select(column.With).OfType<TicketBits>().ToList();
        if (orMissing)
        {
            bits.Add(column.Missing);
        }

        switch (bits.Count)
        {
            case 0:
                set.Clear();
                break;
            case 1:
                set.And(bits[0]);
                break;
            default:
                var any = memory.Rent();
                bits.ForEach(any.Or);
                set.And(any);
                memory.Return(any);
                break;
        }
    }

    private static void KeepSla(this TicketQueueMemory memory, TicketBits set, IReadOnlyList<SlaState> wanted, long now)
    {
        if (wanted.Count == 0)
        {
            return;
        }

        var ever = wanted.Contains(SlaState.EverBreached);
        if (wanted.Count == 1 && ever)
        {
            set.And(memory.WasBreached);
            return;
        }

        if (!ever)
        {
            set.And(memory.Open);
        }

        set.Keep(row => (ever && memory.WasBreached[row]) || (memory.Open[row] && wanted.Contains(memory.StateOf(row, now))));
    }

    private static void KeepAges(this TicketQueueMemory memory, TicketBits set, IReadOnlyList<AgeBucket> wanted, DateTime nowUtc)
    {
        if (wanted.Count > 0)
        {
            var spans = wanted
                .Select(b => AgeBuckets.Created(b, nowUtc))
                .Select(s => (After: s.AfterUtc?.Ticks ?? long.MinValue, Until: s.UntilUtc?.Ticks ?? long.MaxValue))
                .ToList();
            set.Keep(row => spans.Exists(s => memory.Created[row] > s.After && memory.Created[row] <= s.Until));
        }
    }
}
