using Plum.Domain.Sla;

namespace Plum.Tests.Sla;

/// <summary>The machine's own zone is one for the whole process: nothing else runs beside this.</summary>
[CollectionDefinition(nameof(MachineZoneTests), DisableParallelization = true)]
public sealed class MachineZone;

[Collection(nameof(MachineZoneTests))]
public class MachineZoneTests
{
    private static readonly string[] Machines =
    [
        "UTC",
        "America/New_York",
        "Asia/Kathmandu",
        "Pacific/Chatham",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
    ];

    [Fact]
    public void The_machines_own_zone_changes_no_answer()
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            var answers = Machines.Select(Answers).ToList();

            Assert.All(answers, answer => Assert.Equal(answers[0], answer));
            Assert.Equal(Machines.Length, Machines.Select(Offset).Distinct().Count()); // that the machine's zone did change at all
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }

    private static TimeSpan Offset(string machine)
    {
        Use(machine);
        return TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc));
    }

    private static List<DateTime> Answers(string machine)
    {
        Use(machine);
        var hours = CalendarHours.Week("Europe/London", CalendarHours.MondayToFriday, new(9 * 60, 13 * 60), new(22 * 60, 30 * 60)) with
        {
            Holidays = [new(new DateOnly(2026, 4, 3), "Good Friday")],
        };
        var calendar = new WorkingCalendar(hours);
        var from = new DateTime(2025, 12, 20, 7, 13, 0, DateTimeKind.Utc);
        return
        [
            .. Enumerable.Range(0, 500).Select(n => calendar.Deadline(from.AddHours(n * 19), 40 * 60 + n)),
            .. calendar.Openings(from, from.AddYears(1)).SelectMany(o => new[] { o.FromUtc, o.ToUtc }),
        ];
    }

    private static void Use(string machine)
    {
        Environment.SetEnvironmentVariable("TZ", machine);
        TimeZoneInfo.ClearCachedData();
    }
}
