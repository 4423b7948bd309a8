using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;

namespace Plum.Portal.Api;

public static class ApiRegistration
{
    public static IServiceCollection AddPlumApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(ApiOptions.From(configuration));
        services.AddSingleton<ApiGiving>().AddSingleton<ApiOnce>().AddSingleton<ApiStatus>();
        services.AddRateLimiter(limits => limits.AddPolicy<Guid, ApiRate>(ApiRate.Policy));
        services.AddOpenApi("v1", ApiDocumentation.Describe);
        services.AddSingleton(provider => new ApiDocument(provider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1")));
        return services;
    }

    /// <summary>Before the rate limits, and after what guards every call.</summary>
    public static WebApplication UseApiGate(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(ApiPaths.All, StringComparison.OrdinalIgnoreCase),
            api => api.UseMiddleware<ApiGate>()
        );
        return app;
    }
}
