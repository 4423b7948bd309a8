using Plum.Domain.Imports;

namespace Plum.Tests.Imports;

public class ImportDatesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("4/5/2026", "M/d/yyyy", "2026-04-05T10:00:00Z")] // noon in Berlin, summer
    [InlineData("4/5/2026", "d/M/yyyy", "2026-05-04T10:00:00Z")]
    [InlineData("04/05/2026", "M/d/yyyy", "2026-04-05T10:00:00Z")]
    [InlineData("2026-01-31", "yyyy-MM-dd", "2026-01-31T11:00:00Z")]
    [InlineData("2026-01-31 23:30", "yyyy-MM-dd HH:mm", "2026-01-31T22:30:00Z")]
    [InlineData("1/31/2026 11:30 PM", "M/d/yyyy h:mm tt", "2026-01-31T22:30:00Z")]
    [InlineData("2026-01-31T23:30:00+05:30", ImportDates.Iso, "2026-01-31T18:00:00Z")]
    [InlineData("2026-01-31T23:30:00Z", ImportDates.Iso, "2026-01-31T23:30:00Z")]
    [InlineData("2026-01-31 23:30:00", ImportDates.Iso, "2026-01-31T22:30:00Z")]
    [InlineData("2026-01-31", ImportDates.Iso, "2026-01-31T11:00:00Z")]
    [InlineData("1769902200", ImportDates.Unix, "2026-01-31T23:30:00Z")]
    [InlineData("46053", ImportDates.Serial, "2026-01-31T11:00:00Z")]
    [InlineData("46053.5", ImportDates.Serial, "2026-01-31T11:00:00Z")]
    [InlineData("2026-03-29 02:30", "yyyy-MM-dd HH:mm", "2026-03-29T01:30:00Z")] // in the gap: an hour later, 03:30
    [InlineData("2026-10-25 02:30", "yyyy-MM-dd HH:mm", "2026-10-25T00:30:00Z")] // twice: the first
    public void A_date_is_read_as_it_was_said_to_be_meant(string text, string format, string utc) =>
        Assert.Equal(
            DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime,
            ImportDates.Read(text, format, Berlin, new TimeOnly(12, 0))
        );

    [Theory]
    [InlineData("31/1/2026", "M/d/yyyy")]
    [InlineData("2026-02-30", "yyyy-MM-dd")]
    [InlineData("1/2/26", "M/d/yyyy")]
    [InlineData("yesterday", ImportDates.Iso)]
    [InlineData("9.19E+11", ImportDates.Serial)]
    [InlineData("9.19E+11", ImportDates.Unix)]
    [InlineData("12", ImportDates.Serial)]
    [InlineData("1850-01-01", "yyyy-MM-dd")]
    [InlineData("", "yyyy-MM-dd")]
    public void Whatever_is_not_of_the_form_is_no_date(string text, string format) =>
        Assert.Null(ImportDates.Read(text, format, Berlin, new TimeOnly(12, 0)));

    [Theory]
    [InlineData("M/d/yyyy", true)]
    [InlineData("dd.MM.yyyy HH:mm", true)]
    [InlineData(ImportDates.Iso, true)]
    [InlineData("yyyy", false)]
    [InlineData("HH:mm", false)]
    [InlineData("no date", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_form_must_name_day_month_and_year(string? format, bool isFormat) => Assert.Equal(isFormat, ImportDates.IsFormat(format));

    [Fact]
    public void Every_offered_form_can_be_used() => Assert.All(ImportDates.Offered, f => Assert.True(ImportDates.IsFormat(f), f));
}
