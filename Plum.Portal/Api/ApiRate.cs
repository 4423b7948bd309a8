using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Plum.Data.Api;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>So many calls a minute of one key.</summary>
public sealed class ApiRate(ApiOptions options) : IRateLimiterPolicy<Guid>
{
    public const string Policy = "api";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } =
        (context, _) => new ValueTask(RefuseAsync(context.HttpContext, context.Lease));

    public RateLimitPartition<Guid> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetFixedWindowLimiter(
            httpContext.Features.Get<ApiCaller>()?.KeyId ?? Guid.Empty,
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = options.CallsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            }
        );

    internal static Task RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblem
            .Of(
                StatusCodes.Status429TooManyRequests,
                new Refusal("api.too-many", $"That was too many calls in a minute. Wait {seconds} seconds, then go on.")
            )
            .WriteAsync(http.Response);
    }
}
