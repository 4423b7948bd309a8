using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Plum.Data.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>
/// The recipient's own page. Looking at it opens nothing, because mail scanners look too; the voucher comes by a POST alone. The answer is the same
/// for every link that does not work. Nothing of it is kept, indexed or passed on by the browser.
/// </summary>
public static class RewardEndpoints
{
    public const string Path = "/r";

    /// <summary>From one address: a company's whole staff may share one.</summary>
    public const int PerMinute = 600;

    public static WebApplication MapRewards(this WebApplication app)
    {
        app.MapGet(
                Path + "/{token}",
                async (string token, HttpContext http, [FromServices] RewardOpening rewards) =>
                    Page(http, await rewards.LookAsync(token, http.RequestAborted), contents: null)
            )
            .AllowAnonymous()
            .WithMetadata(new SkipStatusCodePagesAttribute());
        app.MapPost(
                Path + "/{token}",
                async (string token, HttpContext http, [FromServices] RewardOpening rewards) =>
                {
                    var contents = await rewards.OpenAsync(token, CancellationToken.None);
                    return Page(http, contents?.Glance, contents);
                }
            )
            .AllowAnonymous() // the link is the key
            .DisableAntiforgery() // and there is no session that another site could borrow
            .WithMetadata(new SkipStatusCodePagesAttribute());
        return app;
    }

    private static RazorComponentResult<RewardDocument> Page(HttpContext http, RewardGlance? glance, RewardContents? contents)
    {
        var headers = http.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        return new RazorComponentResult<RewardDocument>(
            new Dictionary<string, object?> { [nameof(RewardDocument.Glance)] = glance, [nameof(RewardDocument.Contents)] = contents }
        )
        {
            StatusCode = glance is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
        };
    }
}
