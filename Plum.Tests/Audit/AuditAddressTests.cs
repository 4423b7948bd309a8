using Plum.Portal.Audit;

namespace Plum.Tests.Audit;

public class AuditAddressTests
{
    [Fact]
    public void The_address_holds_every_filter_and_nothing_else() =>
        Assert.Equal(
            "/audit?room=Tickets&what=Moved&subject=PLM-1001&who=Ada%20%26%20Co&from=2026-03-01&to=2026-03-02&before=7",
            new AuditAddress("Tickets", "Moved", "PLM-1001", "Ada & Co", "2026-03-01", "2026-03-02", 7).Link
        );

    [Fact]
    public void An_export_takes_the_filters_and_not_the_page() =>
        Assert.Equal("/audit/export?room=Tickets", new AuditAddress(Room: "Tickets", Before: 7).Export);

    [Fact]
    public void The_last_day_is_taken_whole_in_the_viewers_zone()
    {
        var query = new AuditAddress(From: "2026-03-01", To: "2026-03-02").Query(local =>
            DateTime.SpecifyKind(local.AddHours(-2), DateTimeKind.Utc)
        );

        Assert.Equal(
            (new DateTime(2026, 2, 28, 22, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 22, 0, 0, DateTimeKind.Utc)),
            (query.FromUtc, query.UntilUtc)
        );
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-02-30")]
    [InlineData("<script>")]
    public void What_is_no_day_narrows_nothing(string typed) => Assert.Null(new AuditAddress(From: typed).Query(local => local).FromUtc);
}
