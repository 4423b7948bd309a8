using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>An open page asks every 20 seconds whether its session still stands; when not, nobody is signed in on it any more.</summary>
public sealed class SessionWatch(ILoggerFactory logs, SessionService sessions, PageActivity activity, TimeSpan every)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    public SessionWatch(ILoggerFactory logs, SessionService sessions, PageActivity activity)
        : this(logs, sessions, activity, SignInRules.SessionChecked) { }

    protected override TimeSpan RevalidationInterval => every;

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) => StandsAsync(authenticationState.User, cancellationToken);

    internal async Task<bool> StandsAsync(ClaimsPrincipal user, CancellationToken ct) =>
        PlumClaims.SessionId(user) is { } session
        && PlumClaims.UserId(user) is { } id
        && await sessions.StandsAsync(session, id, activity.TakeWasActive(), ct);
}
