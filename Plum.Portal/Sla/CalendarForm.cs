using System.Globalization;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

/// <summary>A calendar as it stands in the fields of its form: everything as typed, right or wrong.</summary>
public sealed class CalendarForm
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Zone { get; set; } = "";
    public bool Is24x7 { get; set; }

    /// <summary>By DayOfWeek, each as <c>09:00-13:00, 14:00-18:00</c>.</summary>
    public string[] Week { get; init; } = ["", "", "", "", "", "", ""];
    public List<HolidayLine> Holidays { get; init; } = [];
    public List<OneOffLine> OneOffs { get; init; } = [];

    /// <summary>Monday first.</summary>
    public static IReadOnlyList<DayOfWeek> Days { get; } = [.. CalendarHours.MondayToFriday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public sealed class HolidayLine
    {
        public DateOnly? Date { get; set; }
        public string Name { get; set; } = "";
    }

    public sealed class OneOffLine
    {
        public DateOnly? Date { get; set; }
        public string Hours { get; set; } = "";
        public string Note { get; set; } = "";
    }

    /// <summary>Office hours, to begin with.</summary>
    public static CalendarForm New(string zone) =>
        Of("", "", CalendarHours.Week(zone, CalendarHours.MondayToFriday, new Opening(9 * 60, 17 * 60)));

    public static CalendarForm Of(string code, string name, CalendarHours hours)
    {
        var form = new CalendarForm
        {
            Code = code,
            Name = name,
            Zone = hours.TimeZoneId,
            Is24x7 = hours.Is24x7,
        };
        foreach (var day in hours.Weekly.GroupBy(w => w.Day))
        {
            form.Week[(int)day.Key] = Opening.WriteAll(day.Select(d => d.Hours));
        }

        form.Holidays.AddRange(hours.Holidays.OrderBy(h => h.Date).Select(h => new HolidayLine { Date = h.Date, Name = h.Name }));
        form.OneOffs.AddRange(
            hours
                .OneOffs.OrderBy(o => o.Date)
                .Select(o => new OneOffLine
                {
                    Date = o.Date,
                    Hours = Opening.WriteAll(o.Hours),
                    Note = o.Note,
                })
        );
        return form;
    }

    /// <summary>What is typed, as hours; or what about it cannot be read or reckoned with.</summary>
    public (CalendarHours? Hours, Refusal? Wrong) Read()
    {
        var week = new List<WeeklyOpening>();
        foreach (var day in Days)
        {
            if (!Opening.TryReadAll(Week[(int)day], out var openings))
            {
                return (null, CalendarRules.Unreadable(day.ToString()));
            }

            week.AddRange(openings.Select(o => new WeeklyOpening(day, o)));
        }

        var oneOffs = new List<OneOffHours>();
        foreach (var line in OneOffs.Where(o => o.Date is not null))
        {
            if (!Opening.TryReadAll(line.Hours, out var openings))
            {
                return (null, CalendarRules.Unreadable("OneOffs"));
            }

            oneOffs.Add(new OneOffHours(line.Date!.Value, openings, line.Note.Trim()));
        }

        var holidays = Holidays.Where(h => h.Date is not null).Select(h => new Holiday(h.Date!.Value, h.Name.Trim()));
        var hours = new CalendarHours(Zone.Trim(), Is24x7, week, [.. holidays.OrderBy(h => h.Date)], [.. oneOffs.OrderBy(o => o.Date)]);
        return CalendarRules.CannotCompile(hours) is { } wrong ? (null, wrong) : (hours, null);
    }

    /// <summary>Adds holidays from lines such as <c>2026-12-25 Christmas Day</c>, as a list on a web page gives them.</summary>
    /// <returns>The lines that are no such thing, to be mended.</returns>
    public string TakeHolidays(string lines)
    {
        var left = new List<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split([' ', '\t', ',', ';'], 2, StringSplitOptions.TrimEntries);
            if (
                parts.Length == 2
                && DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            )
            {
                Holidays.RemoveAll(h => h.Date == date);
                Holidays.Add(new HolidayLine { Date = date, Name = parts[1] });
            }
            else
            {
                left.Add(line);
            }
        }

        Holidays.Sort((a, b) => Nullable.Compare(a.Date, b.Date));
        return string.Join('\n', left);
    }

    /// <summary>Where theirs and mine differ, each as a person reads it.</summary>
    public static IReadOnlyList<StaleNotice.Change> Differences(CalendarForm theirs, CalendarForm mine)
    {
        var changes = new List<StaleNotice.Change>();
        void Compare(string field, string their, string my)
        {
            if (!string.Equals(their.Trim(), my.Trim(), StringComparison.Ordinal))
            {
                changes.Add(new StaleNotice.Change(field, their, my));
            }
        }

        Compare("Name", theirs.Name, mine.Name);
        Compare("Time zone", theirs.Zone, mine.Zone);
        Compare("Open around the clock", theirs.Is24x7 ? "Yes" : "No", mine.Is24x7 ? "Yes" : "No");
        foreach (var day in Days)
        {
            Compare(day.ToString(), theirs.Week[(int)day], mine.Week[(int)day]);
        }

        Compare(
            "Holidays",
            Text(theirs.Holidays, h => $"{h.Date:yyyy-MM-dd} {h.Name}"),
            Text(mine.Holidays, h => $"{h.Date:yyyy-MM-dd} {h.Name}")
        );
        Compare(
            "Hours of single dates",
            Text(theirs.OneOffs, o => $"{o.Date:yyyy-MM-dd} {o.Hours} {o.Note}"),
            Text(mine.OneOffs, o => $"{o.Date:yyyy-MM-dd} {o.Hours} {o.Note}")
        );
        return changes;

        static string Text<T>(IEnumerable<T> lines, Func<T, string> write) =>
            string.Join("; ", lines.Select(write).Order(StringComparer.Ordinal));
    }
}
