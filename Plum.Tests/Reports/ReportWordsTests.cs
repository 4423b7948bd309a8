using System.Globalization;
using System.Text.Json;
using Plum.Domain.Reports;

namespace Plum.Tests.Reports;

public class ReportWordsTests
{
    [Fact]
    public void Median_and_90th_percentile_are_those_of_a_spreadsheet()
    {
        var spread = Spread.Of(new[] { 15, 20, 35, 40, 50 }.Select(m => TimeSpan.FromMinutes(m)));

        Assert.Equal(new Spread(5, TimeSpan.FromMinutes(35), TimeSpan.FromMinutes(46), TimeSpan.FromMinutes(32)), spread);
        Assert.Equal(new Spread(0, null, null, null), Spread.Of([]));
        Assert.Equal(
            new Spread(1, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7)),
            Spread.Of([TimeSpan.FromMinutes(7)])
        );
        Assert.Equal(TimeSpan.FromMinutes(1.5), Spread.Of([TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1)]).Median);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-06", "2026-05-31T18:30", "2026-06-30T18:30")]
    [InlineData("Europe/Berlin", "2026-03", "2026-02-28T23:00", "2026-03-31T22:00")] // clocks go forward within
    [InlineData("America/Havana", "2026-03", "2026-03-01T05:00", "2026-04-01T04:00")]
    [InlineData("Pacific/Kiritimati", "2026-01", "2025-12-31T10:00", "2026-01-31T10:00")]
    public void A_month_begins_and_ends_at_midnight_of_the_zone(string zone, string month, string from, string to)
    {
        var period = ReportPeriod.Month(
            DateOnly.Parse(month + "-15", CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );

        Assert.Equal(
            (from, to),
            (
                period.StartUtc.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
                period.EndUtc.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)
            )
        );
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_an_hour_later_and_one_that_has_it_twice_begins_at_the_first()
    {
        var havana = TimeZoneInfo.FindSystemTimeZoneById("America/Havana");

        // 8 March 2026: 0:00 becomes 1:00. 1 November 2026: 1:00 becomes 0:00.
        Assert.Equal(
            new DateTime(2026, 3, 8, 5, 0, 0, DateTimeKind.Utc),
            ReportPeriod.Of(new(2026, 3, 8), new(2026, 3, 8), havana).StartUtc
        );
        Assert.Equal(
            new DateTime(2026, 11, 1, 4, 0, 0, DateTimeKind.Utc),
            ReportPeriod.Of(new(2026, 11, 1), new(2026, 11, 1), havana).StartUtc
        );
    }

    [Fact]
    public void The_stretch_before_is_as_long_in_days()
    {
        var june = ReportPeriod.Month(new DateOnly(2026, 6, 9), TimeZoneInfo.Utc);

        Assert.Equal(
            (new DateOnly(2026, 5, 2), new DateOnly(2026, 5, 31), 30),
            (june.SameLengthBefore(TimeZoneInfo.Utc).FirstDay, june.SameLengthBefore(TimeZoneInfo.Utc).LastDay, june.Days)
        );
        Assert.Equal(
            (new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 31)),
            (june.MonthBefore(TimeZoneInfo.Utc).FirstDay, june.MonthBefore(TimeZoneInfo.Utc).LastDay)
        );
    }

    [Theory]
    [InlineData(0, "0 m")]
    [InlineData(0.9, "0 m")]
    [InlineData(59.9, "59 m")]
    [InlineData(200, "3 h 20 m")]
    [InlineData(605, "10 h 05 m")]
    [InlineData(6030, "100 h")]
    [InlineData(7200000, "120,000 h")]
    public void Working_time_is_written_in_hours(double minutes, string text) =>
        Assert.Equal(text, FigureText.Of(new Quantity((decimal)minutes, Unit.Working), CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(2879, "47 h 59 m")]
    [InlineData(2880, "2 d")]
    [InlineData(4620, "3 d 5 h")]
    [InlineData(2880001, "2,000 d")]
    public void Calendar_time_is_written_in_days_from_the_second_on(double minutes, string text) =>
        Assert.Equal(text, FigureText.Of(new Quantity((decimal)minutes, Unit.Calendar), CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("en-GB", "12,345,678", "93.3%", "June 2026", "30 Jun 2026")]
    [InlineData("hi-IN", "1,23,45,678", "93.3%", "जून 2026", "30 जून 2026")]
    [InlineData("de-DE", "12.345.678", "93,3 %", "Juni 2026", "30 Juni 2026")]
    [InlineData("fr-FR", "12\u202F345\u202F678", "93,3 %", "juin 2026", "30 juin 2026")]
    public void Numbers_and_dates_are_written_as_the_reader_writes_them(
        string culture,
        string count,
        string share,
        string month,
        string day
    )
    {
        var reader = CultureInfo.GetCultureInfo(culture);

        Assert.Equal(count, FigureText.Of(new Quantity(12345678, Unit.Count), reader));
        Assert.Equal(share, FigureText.Of(new Quantity(93.333m, Unit.Percent), reader));
        Assert.Equal(month, FigureText.Of(Quantity.Month(new DateOnly(2026, 6, 1)), reader));
        Assert.Equal(day, FigureText.Day(new DateOnly(2026, 6, 30), reader));
    }

    [Fact]
    public void A_change_is_in_percent_of_a_percentage_in_points_and_of_nothing_there_is_none()
    {
        Assert.Equal("+50%", Change(Unit.Count, 3, 2));
        Assert.Equal("\u221233%", Change(Unit.Working, 2, 3));
        Assert.Equal("+1.5 points", Change(Unit.Percent, 96.5m, 95));
        Assert.Equal("±0%", Change(Unit.Count, 1001, 1000));
        Assert.Equal("", Change(Unit.Count, 3, 0));
        Assert.Equal("", Change(Unit.Percent, null, 95));

        static string Change(Unit unit, decimal? now, decimal? before) =>
            FigureText.Change(
                new Figure("k", "K", new(now, unit), new(before, unit), null, Better.Higher),
                CultureInfo.GetCultureInfo("en-GB")
            );
    }

    [Fact]
    public void What_is_shown_as_no_change_is_neither_better_nor_worse()
    {
        Assert.Null(new Figure("k", "K", new(1001, Unit.Count), new(1000, Unit.Count), null, Better.Lower).HasImproved);
        Assert.False(new Figure("k", "K", new(1100, Unit.Count), new(1000, Unit.Count), null, Better.Lower).HasImproved);
        Assert.True(new Figure("k", "K", new(96, Unit.Percent), new(95, Unit.Percent), null, Better.Higher).HasImproved);
        Assert.Null(new Figure("k", "K", new(1100, Unit.Count), new(1000, Unit.Count), null, Better.Neither).HasImproved);
    }

    [Fact]
    public void A_selection_survives_the_address_bar()
    {
        var selection = new Selection(Population.Open, Span.Before)
            .With(Facet.Category, "50% off ~ a=b;c/ç & \u202E")
            .With(Facet.Age, "30+");

        Assert.Equal(selection, Selection.Parse(Uri.UnescapeDataString(Uri.EscapeDataString(selection.ToString()))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("created")]
    [InlineData("Created;")]
    [InlineData("Created;Sometime")]
    [InlineData("Created;Shoe size=44")]
    [InlineData("Created;=x")]
    public void Nonsense_is_no_selection(string? text) => Assert.Null(Selection.Parse(text));

    [Fact]
    public void A_document_comes_back_from_json_as_it_was()
    {
        var report = KpiReport.Write(SampleFacts.Of(300));

        var back = JsonSerializer.Deserialize<ReportDocument>(
            JsonSerializer.Serialize(report, JsonSerializerOptions.Web),
            JsonSerializerOptions.Web
        )!;

        Assert.Equal(
            JsonSerializer.Serialize(report, JsonSerializerOptions.Web),
            JsonSerializer.Serialize(back, JsonSerializerOptions.Web)
        );
        Assert.Equal(report.Headlines, back.Headlines);
        Assert.Equal(report.Frame, back.Frame);
    }
}
