using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Plum.Data.Api;
using Plum.Domain.Api;
using Plum.Domain.Shared;
using Plum.Portal.Access;

namespace Plum.Portal.Api;

/// <summary>
/// The one door of the API: lets in who has a key, answers every failure as a problem, and writes each call down. It stands before the rate
/// limits, which are per key.
/// </summary>
public sealed class ApiGate(RequestDelegate next, ApiAccess access, ApiOptions options, ILogger<ApiGate> logger)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whoever guesses at keys is slowed down.</summary>
    private readonly PartitionedRateLimiter<HttpContext> _failures = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            SignInLimit.Key(http.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = options.FailuresPerMinute,
                Window = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            }
        )
    );

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false; // they are for people
        }

        http.Response.Headers.CacheControl = "no-store";
        var (caller, why) = await access.OpenAsync(Given(http.Request), http.RequestAborted);
        if (caller is null)
        {
            await RefuseAsync(http, why!);
            return;
        }

        http.Features.Set(caller);
        http.User = new ClaimsPrincipal(new ClaimsIdentity(nameof(ApiKey))); // somebody, of no rights: or what has no route is sent to sign in
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await ApiProblem.Bare(e.StatusCode).WriteAsync(http.Response);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            logger.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            await ApiProblem.Bare(StatusCodes.Status500InternalServerError).WriteAsync(http.Response);
        }

        if (!http.Response.HasStarted && http.Response is { StatusCode: >= 400, ContentType: null })
        {
            await ApiProblem.Bare(http.Response.StatusCode).WriteAsync(http.Response);
        }

        if (http.Response.StatusCode != StatusCodes.Status429TooManyRequests)
        {
            await access.RecordAsync(caller, What(http), http.Request.Path, http.Response.StatusCode, CancellationToken.None);
        }
    }

    private static string? Given(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    private static string What(HttpContext http) =>
        $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "nothing"}";

    private async Task RefuseAsync(HttpContext http, Refusal why)
    {
        using var lease = _failures.AttemptAcquire(http);
        if (!lease.IsAcquired)
        {
            await ApiRate.RefuseAsync(http, lease);
            return;
        }

        logger.LogWarning("{Method} {Path} without a valid key: {Code}", http.Request.Method, http.Request.Path, why.Code);
        http.Response.Headers.WWWAuthenticate = """Bearer realm="Plum" """.TrimEnd();
        await ApiProblem.Of(StatusCodes.Status401Unauthorized, why).WriteAsync(http.Response);
    }
}

internal static class ApiCallers
{
    /// <summary>Who calls; the gate has let nobody else through.</summary>
    public static ApiCaller Caller(this HttpContext http) =>
        http.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The gate was passed by.");

    /// <summary>Only keys that have the scope.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, ApiScopes scope) =>
        route
            .WithMetadata(new ApiNeeds(scope))
            .AddEndpointFilter(
                async (context, next) =>
                    context.HttpContext.Caller().Scopes.HasFlag(scope)
                        ? await next(context)
                        : ApiProblem.Of(ApiKeyRefusals.Scope(scope)).ToResult()
            );
}

/// <summary>For the documentation: the scope that a route needs.</summary>
public sealed record ApiNeeds(ApiScopes Scope);
