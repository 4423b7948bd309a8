using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

/// <summary>
/// How the person at this screen reads times, dates and numbers: in their own zone and writing. Scoped; components only. What it gives
/// is for eyes: what a program reads again is written with the invariant culture.
/// </summary>
public sealed class Viewer
{
    private readonly AuthenticationStateProvider _authentication;
    private ClaimsPrincipal? _user;
    private TimeZoneInfo? _zone;
    private CultureInfo? _culture;

    public Viewer(AuthenticationStateProvider authentication)
    {
        _authentication = authentication;
        authentication.AuthenticationStateChanged += _ => (_user, _zone, _culture) = (null, null, null);
    }

    /// <summary>UTC for whoever has chosen none and whose browser told none.</summary>
    public TimeZoneInfo Zone => _zone ??= ZoneOf(User);

    public CultureInfo Culture => _culture ??= CultureOf(User);

    /// <summary>Null follows the system.</summary>
    public bool? Dark => PlumClaims.IsDark(User);

    /// <summary>Date and time, to the minute: <c>12/03/2026 14:05</c>.</summary>
    public string Time(DateTime utc) => Local(utc).ToString("g", Culture);

    /// <summary>The time of day alone: <c>14:05</c>.</summary>
    public string Clock(DateTime utc) => Local(utc).ToString("t", Culture);

    /// <summary>The day on which it was here: <c>12/03/2026</c>.</summary>
    public string Day(DateTime utc) => Day(DayOf(utc));

    public string Day(DateOnly day) => day.ToString("d", Culture);

    /// <summary>A month by its name: <c>March 2026</c>.</summary>
    public string Month(DateOnly day) => day.ToString("Y", Culture);

    public string Number(long number) => number.ToString("N0", Culture);

    public string Number(decimal number, int decimals) => number.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture);

    /// <param name="share">1 is the whole.</param>
    public string Percent(decimal share, int decimals = 1) =>
        share.ToString("P" + decimals.ToString(CultureInfo.InvariantCulture), Culture);

    /// <summary>With the currency's code in front: <c>INR 1,250.00</c>.</summary>
    public string Money(Money money) => money.Format(Culture);

    /// <summary>The instant as everybody everywhere reads it, for the hover: <c>2026-03-12 14:05:09 UTC</c>.</summary>
    public static string Exact(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    public DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>What the person means by a day or a time that they typed. An hour that a clock change skips is the first one after it.</summary>
    public DateTime ToUtc(DateTime local)
    {
        var typed = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(typed))
        {
            typed += Zone.GetUtcOffset(typed.AddHours(3)) - Zone.GetUtcOffset(typed.AddHours(-3));
        }

        return TimeZoneInfo.ConvertTimeToUtc(typed, Zone);
    }

    public static TimeZoneInfo ZoneOf(ClaimsPrincipal user) =>
        PlumClaims.TimeZoneId(user) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static CultureInfo CultureOf(ClaimsPrincipal user) =>
        CultureInfo.GetCultureInfo(
            PlumClaims.CultureTag(user) is { } tag && AccessRefusals.ForCulture(tag) is null ? tag : AccountRules.DefaultCulture
        );

    /// <summary>Set before any component exists, in a request as in a circuit; so the task that holds it is done.</summary>
    private ClaimsPrincipal User =>
        _user ??= _authentication.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true } known
            ? known.GetAwaiter().GetResult().User
            : throw new InvalidOperationException("Who is signed in is not known yet.");
}
