using Plum.Domain.Sla;
using static System.DayOfWeek;

namespace Plum.Domain.Demonstration;

public sealed record PlannedCalendar(Guid Id, string Code, string Name, CalendarHours Hours);

public sealed record PlannedPolicy(Guid Id, string Code, string Name, SlaTerms Terms);

/// <summary>A calendar for each country that a client sits in, one that never closes, and three policies.</summary>
internal static class HoursOf
{
    public const string Always = "ALWAYS";

    public static IReadOnlyList<PlannedCalendar> Calendars(ulong seed, DateTime startUtc, DateTime nowUtc)
    {
        var dice = Dice.For(seed, Streams.Keys, 3);
        var years = Enumerable.Range(startUtc.Year, nowUtc.Year - startUtc.Year + 2).ToList();
        return
        [
            Office(
                "DE",
                "Germany",
                "Europe/Berlin",
                "01-01 Neujahr|05-01 Tag der Arbeit|10-03 Tag der Einheit|12-25 1. Weihnachtstag|12-26 2. Weihnachtstag",
                Day("08:00-18:00")
            ),
            Office(
                "GB",
                "United Kingdom",
                "Europe/London",
                "01-01 New Year's Day|12-25 Christmas Day|12-26 Boxing Day",
                Day("09:00-17:30")
            ),
            Office(
                "US",
                "United States, East",
                "America/New_York",
                "01-01 New Year's Day|06-19 Juneteenth|07-04 Independence Day|11-11 Veterans Day|12-25 Christmas Day",
                Day("08:00-20:00")
            ),
            Office(
                "IN",
                "India",
                "Asia/Kolkata",
                "01-26 Republic Day|08-15 Independence Day|10-02 Gandhi Jayanti",
                [.. Day("09:30-18:30"), .. On([Saturday], "10:00-14:00")]
            ),
            Office(
                "AE",
                "United Arab Emirates",
                "Asia/Dubai",
                "01-01 New Year's Day|12-02 National Day|12-03 National Day",
                [.. On([Monday, Tuesday, Wednesday, Thursday], "08:00-17:00"), .. On([Friday], "08:00-12:00")]
            ),
            Office(
                "JP",
                "Japan",
                "Asia/Tokyo",
                "01-01 Ganjitsu|02-11 Kenkoku kinen no hi|04-29 Shōwa no hi|05-03 Kenpō kinenbi|11-03 Bunka no hi|11-23 Kinrō kansha no hi",
                Day("09:00-12:00, 13:00-18:00")
            ),
            Office(
                "BR",
                "Brazil",
                "America/Sao_Paulo",
                "01-01 Confraternização|04-21 Tiradentes|05-01 Dia do Trabalho|09-07 Independência|10-12 Aparecida|11-15 República|12-25 Natal",
                Day("09:00-18:00")
            ),
            Office(
                "AU",
                "Australia, East",
                "Australia/Sydney",
                "01-01 New Year's Day|01-26 Australia Day|04-25 Anzac Day|12-25 Christmas Day|12-26 Boxing Day",
                Day("08:30-17:00")
            ),
            new(dice.Key(startUtc), Always, "Round the clock", CalendarHours.AlwaysOpen()),
        ];

        PlannedCalendar Office(string country, string name, string zone, string holidays, IReadOnlyList<WeeklyOpening> week) =>
            new(
                dice.Key(startUtc),
                $"{country}-OFFICE",
                $"{name}, office hours",
                new CalendarHours(
                    zone,
                    Is24x7: false,
                    week,
                    [.. years.SelectMany(year => holidays.Split('|').Select(h => Holiday(year, h)))],
                    []
                )
            );
    }

    public static IReadOnlyList<PlannedPolicy> Policies(ulong seed, DateTime startUtc)
    {
        var dice = Dice.For(seed, Streams.Keys, 4);
        return
        [
            new(
                dice.Key(startUtc),
                "PLATINUM",
                "Platinum",
                new SlaTerms([new(30, 60, 240), new(60, 120, 480), new(120, 240, 960), new(240, 480, 1920)], 75, SupplierPauses: false)
            ),
            new(
                dice.Key(startUtc),
                "GOLD",
                "Gold",
                new SlaTerms([new(60, 120, 480), new(120, 240, 960), new(240, 480, 1920), new(480, 960, 3840)], 75, SupplierPauses: true)
            ),
            new(
                dice.Key(startUtc),
                "STANDARD",
                "Standard",
                new SlaTerms([new(120, 240, 960), new(240, 480, 1440), new(480, 960, 2880), new(960, 1440, 4800)], 80, SupplierPauses: true)
            ),
        ];
    }

    private static List<WeeklyOpening> Day(string hours) => On(CalendarHours.MondayToFriday, hours);

    private static List<WeeklyOpening> On(IEnumerable<DayOfWeek> days, string hours) =>
        Opening.TryReadAll(hours, out var openings)
            ? [.. days.SelectMany(d => openings.Select(o => new WeeklyOpening(d, o)))]
            : throw new FormatException(hours);

    private static Holiday Holiday(int year, string text) =>
        new(
            new DateOnly(
                year,
                int.Parse(text.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture),
                int.Parse(text.AsSpan(3, 2), System.Globalization.CultureInfo.InvariantCulture)
            ),
            text[6..]
        );
}
