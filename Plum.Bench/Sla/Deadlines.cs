using System.Diagnostics;
using Plum.Bench.Shared;
using Plum.Domain.Sla;

namespace Plum.Bench.Sla;

/// <summary>
/// A million deadlines of 40 working hours on one core, in an office with a lunch break and holidays. The floor: the same answers by
/// hand, two binary searches in bare arrays that are laid out beforehand.
/// </summary>
public static class Deadlines
{
    public const int Count = 1_000_000;
    private const int Minutes = 40 * 60;
    private static readonly DateTime From = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Task PrintAsync(int runs)
    {
        var (plum, floor) = Measure(runs);
        Figures.Print(
            "SLA deadlines of 40 working hours",
            Count,
            Runs.Of(plum.Select(t => t.TotalMilliseconds)),
            "2 s",
            floor: Runs.Of(floor.Select(t => t.TotalMilliseconds))
        );
        return Task.CompletedTask;
    }

    /// <returns>How long each run took, laying out of the calendar included, and how long its floor did.</returns>
    /// <exception cref="InvalidOperationException">The two disagree.</exception>
    public static (IReadOnlyList<TimeSpan> Plum, IReadOnlyList<TimeSpan> Floor) Measure(int runs)
    {
        var random = new Random(1);
        var starts = Enumerable.Range(0, Count).Select(_ => From.AddSeconds(random.Next(400 * 86_400))).ToArray();
        var (plum, floor) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var run = 0; run < runs; run++)
        {
            var watch = Stopwatch.StartNew();
            var calendar = new WorkingCalendar(Office);
            var sum = 0L;
            foreach (var start in starts)
            {
                sum += calendar.Deadline(start, Minutes).Ticks;
            }

            plum.Add(watch.Elapsed);
            var (opens, closes, worked) = LayOut(calendar);
            watch.Restart();
            var expected = 0L;
            foreach (var start in starts)
            {
                expected += ByHand(opens, closes, worked, start.Ticks);
            }

            floor.Add(watch.Elapsed);
            if (sum != expected)
            {
                throw new InvalidOperationException($"The calendar's deadlines sum to {sum}, those by hand to {expected}.");
            }
        }

        return (plum, floor);
    }

    private static CalendarHours Office =>
        CalendarHours.Week("Europe/London", CalendarHours.MondayToFriday, new Opening(9 * 60, 13 * 60), new Opening(14 * 60, 18 * 60)) with
        {
            Holidays = [.. Enumerable.Range(0, 60).Select(n => new Holiday(new DateOnly(2025, 1, 1).AddDays(n * 37), "Holiday"))],
        };

    private static (long[] Opens, long[] Closes, long[] Worked) LayOut(WorkingCalendar calendar)
    {
        var spans = calendar.Openings(From, From.AddYears(2));
        var sum = 0L;
        return (
            [.. spans.Select(s => s.FromUtc.Ticks)],
            [.. spans.Select(s => s.ToUtc.Ticks)],
            [.. spans.Select(s => sum += (s.ToUtc - s.FromUtc).Ticks)]
        );
    }

    private static long ByHand(long[] opens, long[] closes, long[] worked, long start)
    {
        var at = Array.BinarySearch(closes, start);
        at = at < 0 ? ~at : at + 1;
        var target = worked[at] - (closes[at] - Math.Max(start, opens[at])) + (Minutes * TimeSpan.TicksPerMinute);
        var due = Array.BinarySearch(worked, target);
        due = due < 0 ? ~due : due;
        return closes[due] - (worked[due] - target);
    }
}
