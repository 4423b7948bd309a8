using Plum.Domain.Shared;

namespace Plum.Domain.Sla;

/// <summary>
/// Counts working time. Immutable in what it answers, safe from any thread, exact to the tick, and blind to the machine's
/// own time zone. Every instant is UTC.
/// </summary>
/// <remarks>
/// Working time is a union of spans between instants; local hours, holidays and daylight saving are settled once, when the
/// spans of a year are laid out. After that a question is two binary searches over a table that grows with the years asked for.
/// </remarks>
public sealed class WorkingCalendar
{
    public static readonly DateTime EarliestUtc = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    public static readonly DateTime LatestUtc = new(2300, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly bool _always;
    private readonly Opening[][] _week;
    private readonly Dictionary<DateOnly, Opening[]> _dates = [];
    private readonly HashSet<DateOnly> _holidays = [];
    private volatile SpanTable? _table;

    /// <exception cref="RefusedException">The hours make no calendar, for one thing because there are none.</exception>
    public WorkingCalendar(CalendarHours hours)
    {
        RefusedException.ThrowIf(CalendarRules.CannotCompile(hours));

        Zone = TimeZoneInfo.FindSystemTimeZoneById(hours.TimeZoneId);
        _always = hours.Is24x7;
        _week = [.. Enum.GetValues<DayOfWeek>().Select(day => hours.Weekly.Where(w => w.Day == day).Select(w => w.Hours).ToArray())];
        foreach (var oneOff in hours.OneOffs)
        {
            _dates[oneOff.Date] = [.. oneOff.Hours];
        }

        foreach (var holiday in hours.Holidays)
        {
            _holidays.Add(holiday.Date);
            _dates[holiday.Date] = [];
        }
    }

    public TimeZoneInfo Zone { get; }

    public DateTime Deadline(DateTime startUtc, int workingMinutes) => Deadline(startUtc, workingMinutes * TimeSpan.TicksPerMinute);

    /// <summary>
    /// The first instant at which <paramref name="working"/> has gone by since <paramref name="startUtc"/>: a target that
    /// ends exactly at closing time is due at closing time, not at the next opening.
    /// </summary>
    public DateTime Deadline(DateTime startUtc, TimeSpan working) => Deadline(startUtc, working.Ticks);

    /// <summary>Working time from one instant to another; negative when they are given the wrong way round.</summary>
    public TimeSpan Elapsed(DateTime fromUtc, DateTime toUtc)
    {
        var (from, to) = (Checked(fromUtc), Checked(toUtc));
        var table = Covering(Math.Min(from, to), Math.Max(from, to));
        return new TimeSpan(table.WorkedBy(to) - table.WorkedBy(from));
    }

    public bool IsOpen(DateTime atUtc)
    {
        var at = Checked(atUtc);
        return Covering(at, at).IsOpen(at);
    }

    /// <summary>The instant itself when the calendar is open then, else when it opens next.</summary>
    public DateTime NextOpening(DateTime atUtc)
    {
        var at = Checked(atUtc);
        for (var table = Covering(at, at); ; table = Longer(table))
        {
            if (table.NextOpen(at) is { } open)
            {
                return new DateTime(open, DateTimeKind.Utc);
            }
        }
    }

    /// <summary>The open spans between two instants, in order, cut to them.</summary>
    public IReadOnlyList<(DateTime FromUtc, DateTime ToUtc)> Openings(DateTime fromUtc, DateTime toUtc)
    {
        var (from, to) = (Checked(fromUtc), Checked(toUtc));
        return
        [
            .. Covering(from, to)
                .Between(from, to)
                .Select(s => (new DateTime(s.From, DateTimeKind.Utc), new DateTime(s.To, DateTimeKind.Utc))),
        ];
    }

    private DateTime Deadline(DateTime startUtc, long ticks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ticks, "workingMinutes");
        var start = Checked(startUtc);
        if (ticks == 0)
        {
            return startUtc;
        }

        for (var table = Covering(start, start); ; table = Longer(table))
        {
            var due = table.WhenWorked(table.WorkedBy(start) + ticks);
            if (due >= 0)
            {
                return new DateTime(due, DateTimeKind.Utc);
            }
        }
    }

    private SpanTable Covering(long from, long to)
    {
        var table = _table;
        if (table is not null && table.From <= from && to < table.To)
        {
            return table;
        }

        var first = new DateTime(from).Year;
        var last = new DateTime(to).Year + 1; // most questions are about deadlines, which lie ahead
        return _table = table is null ? LayOut(first, last) : LayOut(Math.Min(first, table.FirstYear), Math.Max(last, table.LastYear));
    }

    private SpanTable Longer(SpanTable table)
    {
        if (table.To >= LatestUtc.Ticks)
        {
            throw new InvalidOperationException($"The working time asked for ends after {LatestUtc:yyyy}.");
        }

        return _table = LayOut(table.FirstYear, table.LastYear + Math.Max(1, table.LastYear - table.FirstYear));
    }

    private SpanTable LayOut(int firstYear, int lastYear)
    {
        firstYear = Math.Max(firstYear, EarliestUtc.Year);
        lastYear = Math.Min(lastYear, LatestUtc.Year - 1);
        var from = new DateTime(firstYear, 1, 1).Ticks;
        var to = new DateTime(lastYear + 1, 1, 1).Ticks;
        return new SpanTable(firstYear, lastYear, from, to, _always ? [(from, to)] : Spans(from, to));
    }

    private List<(long From, long To)> Spans(long from, long to)
    {
        var spans = new List<(long From, long To)>();
        var last = DateOnly.FromDateTime(new DateTime(to)).AddDays(2);
        for (var date = DateOnly.FromDateTime(new DateTime(from)).AddDays(-3); date <= last; date = date.AddDays(1))
        {
            var midnight = date.DayNumber * TimeSpan.TicksPerDay;
            foreach (var opening in _dates.GetValueOrDefault(date) ?? _week[(int)date.DayOfWeek])
            {
                // A holiday closes its whole date: a shift that runs into it stops at midnight.
                var closes = opening.RunsPastMidnight && _holidays.Contains(date.AddDays(1)) ? Opening.MinutesInDay : opening.ToMinute;
                spans.Add(
                    (
                        LocalTime.ToUtcTicks(Zone, midnight + (opening.FromMinute * TimeSpan.TicksPerMinute)),
                        LocalTime.ToUtcTicks(Zone, midnight + (closes * TimeSpan.TicksPerMinute))
                    )
                );
            }
        }

        return Union(spans, from, to);
    }

    /// <summary>Sorted, without overlaps, cut to the table's ends. Clocks put forward can turn a span inside out: it is then empty.</summary>
    private static List<(long From, long To)> Union(List<(long From, long To)> spans, long from, long to)
    {
        spans.Sort();
        var union = new List<(long From, long To)>(spans.Count);
        foreach (var (spanFrom, spanTo) in spans)
        {
            var (opens, closes) = (Math.Max(spanFrom, from), Math.Min(spanTo, to));
            if (opens >= closes)
            {
                continue;
            }

            if (union.Count > 0 && opens <= union[^1].To)
            {
                union[^1] = (union[^1].From, Math.Max(union[^1].To, closes));
            }
            else
            {
                union.Add((opens, closes));
            }
        }

        return union;
    }

    private static long Checked(DateTime utc)
    {
        if (utc.Kind != DateTimeKind.Utc)
        {
            throw new ArgumentException($"{utc:O} is not UTC.", nameof(utc));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(utc, EarliestUtc);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(utc, LatestUtc);
        return utc.Ticks;
    }
}
