using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Plum.Portal.Deliveries;

namespace Plum.Portal.Access;

/// <summary>So many attempts a minute from one address, over all accounts: whoever tries one password on many accounts locks none of them.</summary>
public static class SignInLimit
{
    private static readonly PathString[] _guarded =
    [
        AccountPaths.SignIn,
        AccountPaths.SecondFactor,
        AccountPaths.Forgotten,
        AccountPaths.SetPassword,
        AccountPaths.Setup,
        AccountPaths.Confirm,
    ];

    /// <param name="attempts">A minute, from one address.</param>
    public static IServiceCollection AddSignInLimit(this IServiceCollection services, int attempts) =>
        services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                HttpMethods.IsPost(http.Request.Method)
                && _guarded.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                    ? RateLimitPartition.GetSlidingWindowLimiter(
                        Key(http.Connection.RemoteIpAddress),
                        _ => new SlidingWindowRateLimiterOptions
                        {
                            PermitLimit = attempts,
                            Window = TimeSpan.FromMinutes(1),
                            SegmentsPerWindow = 6,
                            QueueLimit = 0,
                        }
                    )
                : http.Request.Path.StartsWithSegments(RewardEndpoints.Path, StringComparison.OrdinalIgnoreCase)
                    ? RateLimitPartition.GetFixedWindowLimiter(
                        $"reward {Key(http.Connection.RemoteIpAddress)}",
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = RewardEndpoints.PerMinute,
                            Window = TimeSpan.FromMinutes(1),
                            QueueLimit = 0,
                        }
                    )
                : RateLimitPartition.GetNoLimiter("")
            );
            limits.OnRejected = TellAsync;
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        });

    /// <summary>An IPv4 address; of IPv6 the first 64 bits, because a household has all the rest to itself.</summary>
    internal static string Key(IPAddress? address)
    {
        if (address is null)
        {
            return "none";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static async ValueTask TellAsync(OnRejectedContext context, CancellationToken ct)
    {
        var response = context.HttpContext.Response;
        response.Headers.RetryAfter = "60";
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Too many attempts · Plum</title><link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/css/base.css">
            <link rel="stylesheet" href="/css/shell.css"></head><body><div class="plain"><header></header><main><h1>Too many attempts from your address</h1>
            <p>Wait a minute, then go back and try again.</p></main></div></body></html>
            """,
            ct
        );
    }
}
