using System.Net;
using Plum.Domain.Connectors;

namespace Plum.Portal.Connectors;

public static class ConnectorRegistration
{
    public static IServiceCollection AddPlumConnectors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SupplierWebhooks>().AddSingleton<SandboxDesk>();
        if (XoxodayOptions.Of(configuration) is { } xoxoday)
        {
            services.AddSingleton(xoxoday).AddXoxoday();
        }

        var bySupplier = configuration
            .GetSection("Connectors:Suppliers")
            .GetChildren()
            .Where(s => !string.IsNullOrWhiteSpace(s.Value))
            .ToDictionary(s => s.Key, s => s.Value!.Trim(), StringComparer.OrdinalIgnoreCase);
        return services.AddSingleton(new SupplierRoutes(bySupplier));
    }

    internal static IServiceCollection AddXoxoday(this IServiceCollection services)
    {
        services
            .AddHttpClient(XoxodayCall.Client)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // each call has its own
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false, // the token goes to the configured address and nowhere else
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.None, // a small answer stays a small answer
                    ConnectTimeout = TimeSpan.FromSeconds(15),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            )
            .RemoveAllLoggers(); // the factory's would write every header at Trace
        return services.AddSingleton<ISupplierGateway, XoxodayGateway>();
    }
}
