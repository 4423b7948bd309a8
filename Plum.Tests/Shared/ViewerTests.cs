using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

public class ViewerTests
{
    private static readonly DateTime Noon = new(2026, 3, 28, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("Asia/Kolkata", "en-IN", "28/03/2026 5:30 pm", "28/03/2026", "12,34,567.50", "INR 1,250.00")]
    [InlineData("America/New_York", "en-US", "3/28/2026 8:00 AM", "3/28/2026", "1,234,567.50", "INR 1,250.00")]
    [InlineData("Europe/Berlin", "de-DE", "28.03.2026 13:00", "28.03.2026", "1.234.567,50", "INR 1.250,00")]
    [InlineData("Pacific/Auckland", "en-NZ", "29/03/2026 1:00 am", "29/03/2026", "1,234,567.50", "INR 1,250.00")]
    [InlineData(null, null, "28/03/2026 12:00", "28/03/2026", "1,234,567.50", "INR 1,250.00")]
    public void Times_days_numbers_and_money_are_in_the_viewers_zone_and_writing(
        string? zone,
        string? culture,
        string time,
        string day,
        string number,
        string money
    )
    {
        var viewer = Of(zone, culture);

        Assert.Equal(
            (time, day, number, money),
            (Plain(viewer.Time(Noon)), viewer.Day(Noon), viewer.Number(1234567.5m, 2), viewer.Money(new Money(125000, "INR")))
        );
        Assert.Equal("2026-03-28 12:00:00 UTC", Viewer.Exact(Noon));
    }

    [Theory]
    [InlineData("2026-03-29T01:59:00", "2026-03-29T00:59:00")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00")] // skipped: half an hour after the change
    [InlineData("2026-03-29T03:00:00", "2026-03-29T01:00:00")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T01:30:00")] // twice: the second, in winter time, as the framework has it
    public void What_a_person_types_is_taken_in_their_zone_across_clock_changes(string typed, string utc)
    {
        var viewer = Of("Europe/Berlin", "de-DE");

        var meant = viewer.ToUtc(DateTime.Parse(typed, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), meant);
        Assert.Equal(DateTimeKind.Utc, meant.Kind);
    }

    [Fact]
    public void The_browsers_zone_serves_whoever_has_chosen_none_and_nonsense_serves_nobody()
    {
        Assert.Equal("Asia/Tokyo", Of(null, null, "Asia/Tokyo").Zone.Id);
        Assert.Equal("Asia/Kolkata", Of("Asia/Kolkata", null, "Asia/Tokyo").Zone.Id);
        Assert.Equal(TimeZoneInfo.Utc, Of(null, null, "Mars/Olympus").Zone);
        Assert.Equal("en-GB", Of(null, "xx-nonsense").Culture.Name);
    }

    [Fact]
    public void Claims_that_are_not_ours_give_no_rights()
    {
        var forged = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, "Administrator")])); // of nobody who signed in
        var odd = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(ClaimTypes.Role, "42"), new Claim(ClaimTypes.Role, "Emperor")], "Cookie")
        );

        Assert.Empty(PlumClaims.Acts(forged));
        Assert.Empty(PlumClaims.Acts(odd));
    }

    private static Viewer Of(string? zone, string? culture, string? browserZone = null)
    {
        var who = new SignedIn(Guid.NewGuid(), Guid.NewGuid(), "Ana", "ana@plum.example", [Role.Agent], null, null, zone, culture, null);
        return new Viewer(new Known(new AuthenticationState(PlumClaims.Of(who, browserZone))));
    }

    /// <summary>The thin spaces of the locale data, as a person sees them.</summary>
    private static string Plain(string text) =>
        text.Replace('\u202f', ' ').Replace('\u00a0', ' ').Replace(", ", " ", StringComparison.Ordinal);

    private sealed class Known(AuthenticationState state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(state);
    }
}
