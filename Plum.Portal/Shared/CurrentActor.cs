using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

/// <summary>
/// The person at this screen as an <see cref="Actor"/>, by what they signed in with. Scoped; components only, never jobs. What spends,
/// approves or deletes asks <see cref="Plum.Data.Access.ActorService"/> too.
/// </summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    public async Task<Actor> GetAsync() => Of((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>For an endpoint, which has the person from its request.</summary>
    public static Actor Of(ClaimsPrincipal user) =>
        new(
            PlumClaims.UserId(user),
            PlumClaims.Name(user) ?? "Nobody",
            PlumClaims.Acts(user),
            PlumClaims.ClientId(user),
            PlumClaims.PartnerId(user)
        );
}
