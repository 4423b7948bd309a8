using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;
using Plum.Portal.Deliveries;

namespace Plum.Portal.Access;

/// <summary>What every answer tells the browser, and what no request may be.</summary>
public static class SecurityHeaders
{
    /// <summary>
    /// Scripts, styles, fonts and connections from this host alone, no script in the page itself. Styles may stand in the page: MudBlazor sets
    /// them on elements.
    /// </summary>
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (IsForeign(http.Request))
                {
                    http.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                }

                http.Response.OnStarting(() =>
                {
                    var headers = http.Response.Headers;
                    headers.ContentSecurityPolicy = Policy;
                    headers.XContentTypeOptions = "nosniff";
                    headers.XFrameOptions = "DENY";
                    headers.TryAdd("Referrer-Policy", "same-origin"); // a page with a secret in its address says no-referrer
                    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
                    headers["Cross-Origin-Opener-Policy"] = "same-origin";
                    headers["Cross-Origin-Resource-Policy"] = "same-origin";
                    if (http.User.Identity?.IsAuthenticated == true && StringValues.IsNullOrEmpty(headers.CacheControl))
                    {
                        headers.CacheControl = "no-store"; // what somebody saw is not left behind in a shared browser
                    }

                    return Task.CompletedTask;
                });
                return next(http);
            }
        );

    /// <summary>
    /// A page of another origin that opens our hub, or posts to us, in our visitor's browser. The cookie's SameSite keeps other sites out; this
    /// keeps out other hosts of the same site too.
    /// </summary>
    internal static bool IsForeign(HttpRequest request) =>
        !request.Path.StartsWithSegments(RewardEndpoints.Path, StringComparison.OrdinalIgnoreCase) // no session there; and no-referrer makes its Origin "null"
        && (request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsPost(request.Method))
        && request.Headers.Origin is [{ Length: > 0 } origin]
        && !(
            Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Behind a proxy the visitor's address and scheme are what the proxy says; only one that is named in <c>Access:TrustedProxies</c> is believed.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Configuration.GetSection("Access:TrustedProxies").Get<string[]>() ?? [];
        if (proxies.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }
}
