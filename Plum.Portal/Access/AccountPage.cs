using Microsoft.AspNetCore.Components;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>A page that is made on the server and has no circuit, because it writes cookies: a request, a form, an answer.</summary>
public abstract class AccountPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    protected string? ReturnUrl { get; set; }

    protected Refusal? Refusal { get; set; }

    protected Actor By => CurrentActor.Of(Http.User);

    /// <summary>The session in this browser; only for pages that are for people who are signed in.</summary>
    protected Guid Session => PlumClaims.SessionId(Http.User) ?? throw new InvalidOperationException("Nobody is signed in.");

    protected bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    protected string Asked => Navigation.Uri;

    /// <summary>Answers with a redirection; the caller returns.</summary>
    protected void Go(string path)
    {
        if (!AccountPaths.IsLocal(path))
        {
            throw new ArgumentException($"'{path}' is not a path of this portal.", nameof(path));
        }

        Navigation.NavigateTo(path, forceLoad: true);
    }

    protected string? Invalid(string field) => Refusal?.Field == field ? "true" : null;

    protected string? Describes(string field) => Refusal?.Field == field ? $"{field}-error" : null;
}
