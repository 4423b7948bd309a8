using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Plum.Data.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>Hands cookies out and takes them back, for the pages that sign in and out.</summary>
public sealed class CookieDesk(SessionService sessions, AccountService accounts)
{
    /// <summary>The cookie between the password and the code. It is no proof of anything but the password.</summary>
    public const string Pending = "Plum.Pending";

    private const string Look = "plum-theme"; // set by the look menu, theme.js
    private const int BrowserMaxLength = 200;

    /// <summary>Opens the session in this browser; one that was open in it before ends.</summary>
    public async Task OpenAsync(HttpContext http, SignedIn who, string? browserZone)
    {
        if (PlumClaims.SessionId(http.User) is { } former && former != who.SessionId)
        {
            await sessions.EndAsync(former, CurrentActor.Of(http.User), CancellationToken.None);
        }

        await http.SignOutAsync(Pending);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, PlumClaims.Of(who, browserZone));
    }

    /// <summary>After the profile has changed: the same session, with what it now says of the person.</summary>
    public async Task RenewAsync(HttpContext http)
    {
        if (
            PlumClaims.SessionId(http.User) is { } session
            && await accounts.WhoAsync(session, CurrentActor.Of(http.User), CancellationToken.None) is { } who
        )
        {
            await http.SignInAsync(IdentityConstants.ApplicationScheme, PlumClaims.Of(who, PlumClaims.TimeZoneId(http.User)));
            http.Response.Cookies.Delete(Look, new CookieOptions { Path = "/" }); // the profile decides again, and not what this browser chose before
        }
    }

    public async Task CloseAsync(HttpContext http)
    {
        if (PlumClaims.SessionId(http.User) is { } session)
        {
            await sessions.EndAsync(session, CurrentActor.Of(http.User), CancellationToken.None);
        }

        await http.SignOutAsync(Pending);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public static Task AwaitCodeAsync(HttpContext http, Guid userId) =>
        http.SignInAsync(
            Pending,
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, userId.ToString())], Pending))
        );

    /// <returns>Whose password was right in this browser within the last minutes; null when nobody's was.</returns>
    public static async Task<Guid?> AwaitedAsync(HttpContext http) =>
        (await http.AuthenticateAsync(Pending)).Principal is { } user ? PlumClaims.UserId(user) : null;

    public static SignInPlace Place(HttpContext http)
    {
        var browser = http.Request.Headers.UserAgent.ToString();
        return new(
            http.Connection.RemoteIpAddress?.ToString(),
            browser.Length > BrowserMaxLength ? browser[..BrowserMaxLength]
                : browser.Length > 0 ? browser
                : null
        );
    }
}
