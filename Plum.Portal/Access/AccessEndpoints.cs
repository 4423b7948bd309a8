using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>What the account pages post to without a page of its own.</summary>
public static class AccessEndpoints
{
    public static IEndpointRouteBuilder MapPlumAccess(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapPost(
                AccountPaths.SignOut,
                async (HttpContext http, IAntiforgery forms, [FromServices] CookieDesk cookies) =>
                {
                    if (!await forms.IsRequestValidAsync(http))
                    {
                        return Results.LocalRedirect("/"); // an old page: nothing was done, and the next one has a fresh button
                    }

                    await cookies.CloseAsync(http);
                    return Results.LocalRedirect($"{AccountPaths.SignIn}?said={SignInPage.SignedOut}");
                }
            )
            .AllowAnonymous()
            .DisableAntiforgery(); // checked above, with an answer that a person can use

        endpoints
            .MapPost(
                AccountPaths.PasskeyOptions,
                async (HttpContext http, IAntiforgery forms, [FromServices] PasskeyDesk passkeys) =>
                    await forms.IsRequestValidAsync(http)
                        ? Results.Content(await passkeys.AskAsync(), "application/json")
                        : Results.BadRequest()
            )
            .AllowAnonymous()
            .DisableAntiforgery();

        endpoints
            .MapPost(
                AccountPaths.NewPasskeyOptions,
                async (HttpContext http, IAntiforgery forms, [FromServices] PasskeyDesk passkeys) =>
                    PlumClaims.UserId(http.User) is { } user
                    && await forms.IsRequestValidAsync(http)
                    && await passkeys.OfferAsync(user) is { } options
                        ? Results.Content(options, "application/json")
                        : Results.BadRequest()
            )
            .DisableAntiforgery();

        return endpoints;
    }
}
