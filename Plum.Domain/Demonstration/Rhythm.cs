namespace Plum.Domain.Demonstration;

/// <summary>When things happen: by the hour and weekday of each client's own zone, by season, with growth, with good and bad days.</summary>
internal sealed class Rhythm
{
    /// <summary>Complaints come all day, most before lunch, few at night and at weekends.</summary>
    public static readonly int[] ComplaintHours = [3, 2, 1, 1, 1, 2, 6, 14, 30, 46, 52, 50, 38, 40, 46, 44, 38, 32, 26, 22, 20, 16, 10, 6];

    /// <summary>Orders come from files and campaigns, in office hours.</summary>
    public static readonly int[] OrderHours = [1, 1, 1, 1, 1, 1, 3, 8, 30, 60, 70, 60, 30, 40, 60, 50, 40, 20, 10, 8, 8, 6, 3, 2];

    private static readonly int[] Weekdays = [34, 124, 112, 104, 100, 92, 46]; // from Sunday
    private static readonly int[] Months = [92, 95, 98, 100, 98, 96, 94, 88, 100, 104, 118, 140]; // from January

    private readonly int[] _weights;
    private readonly DateTime _startUtc;
    private readonly int _clients;
    private readonly long _total;
    private readonly ulong _seed;
    private readonly DateTime _endUtc;

    /// <param name="burstPerMille">How many of a client's days are campaign days, with five times the volume.</param>
    /// <param name="extra">Percent by hour and client on top; 100 is nothing.</param>
    public Rhythm(
        ulong seed,
        IReadOnlyList<PlannedClient> clients,
        DateTime startUtc,
        DateTime endUtc,
        int[] hours,
        int burstPerMille,
        Func<DateTime, PlannedClient, int> extra
    )
    {
        (_seed, _startUtc, _endUtc, _clients) = (seed, startUtc, endUtc, clients.Count);
        var slots = (int)((endUtc - startUtc).TotalHours + 1);
        _weights = new int[slots * clients.Count];
        for (var c = 0; c < clients.Count; c++)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(clients[c].TimeZoneId);
            for (var slot = 0; slot < slots; slot++)
            {
                var at = startUtc.AddHours(slot);
                var local = TimeZoneInfo.ConvertTimeFromUtc(at, zone);
                var day = Dice.For(seed, Streams.Days, ((long)DateOnly.FromDateTime(local).DayNumber * 64) + c);
                var mood = day.Between(60, 140);
                if (day.Chance(burstPerMille))
                {
                    mood *= 5;
                }

                var growth = 1000 + (int)(at - startUtc).TotalDays; // a third more after a year
                var weight =
                    (long)clients[c].Weight
                    * hours[local.Hour]
                    * Weekdays[(int)local.DayOfWeek]
                    * Months[local.Month - 1]
                    / 100
                    * mood
                    / 100
                    * growth
                    / 1000
                    * extra(at, clients[c])
                    / 100;
                _weights[(slot * _clients) + c] = (int)weight;
                _total += weight;
            }
        }
    }

    /// <summary>Exactly <paramref name="count"/> of them, in the order of time.</summary>
    public IEnumerable<(int Client, DateTime AtUtc)> Take(int count)
    {
        var dice = Dice.For(_seed, Streams.Rhythm, count);
        var hour = new List<(DateTime AtUtc, int Client)>();
        var (cell, passed) = (0, 0L);
        for (var k = 0; k < count; k++)
        {
            // One in each of as many equal shares of the whole weight.
            var (from, to) = (Share(k, count), Share(k + 1, count));
            var at = from + (long)Math.BigMul(dice.Next(), (ulong)(to - from), out _);
            var slot = cell / _clients;
            while (passed + _weights[cell] <= at)
            {
                passed += _weights[cell++];
            }

            if (cell / _clients != slot)
            {
                foreach (var (client, atUtc) in Sorted(hour))
                {
                    yield return (client, atUtc);
                }

                hour.Clear();
            }

            var second = _startUtc.AddHours(cell / _clients).AddSeconds(dice.Below(3600));
            hour.Add((second < _endUtc ? second : _endUtc.AddSeconds(-1 - dice.Below(60)), cell % _clients));
        }

        foreach (var (client, atUtc) in Sorted(hour))
        {
            yield return (client, atUtc);
        }
    }

    private long Share(int k, int count) => (long)((Int128)_total * k / count);

    private static IEnumerable<(int Client, DateTime AtUtc)> Sorted(List<(DateTime AtUtc, int Client)> hour)
    {
        hour.Sort();
        return hour.Select(h => (h.Client, h.AtUtc));
    }
}
