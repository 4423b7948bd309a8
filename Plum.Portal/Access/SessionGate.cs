using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Plum.Data.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>At each request the cookie is worth what the session that it names is worth.</summary>
public sealed class SessionGate(SessionService sessions) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var user = context.Principal!;
        if (
            PlumClaims.SessionId(user) is not { } session
            || PlumClaims.UserId(user) is not { } id
            || !await sessions.StandsAsync(session, id, seen: true, context.HttpContext.RequestAborted)
        )
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
    }
}
