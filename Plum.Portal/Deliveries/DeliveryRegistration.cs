using System.Net;
using Plum.Data.Deliveries;
using Plum.Domain.Deliveries;
using Plum.Domain.Notifications;
using Plum.Portal.Access;
using Plum.Portal.Notifications;

namespace Plum.Portal.Deliveries;

public static class DeliveryRegistration
{
    /// <summary>The providers that are configured; every other channel stays in the sandbox.</summary>
    public static IServiceCollection AddPlumDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        var portal = PortalAddress.Configured(configuration);
        var (twilio, whatsApp, events) = (
            TwilioOptions.Of(configuration),
            WhatsAppOptions.Of(configuration),
            MailEventOptions.Of(configuration)
        );
        var mail = new MessagingSettings(configuration.GetSection("Messaging:Email"));
        services
            .AddHttpClient(ProviderCall.Client)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // each call has its own
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false, // secrets go to the configured address and nowhere else
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.None, // a small answer stays a small answer
                    ConnectTimeout = TimeSpan.FromSeconds(15),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            )
            .RemoveAllLoggers(); // the factory's would write every header at Trace
        services.AddSingleton<ProviderCall>();
        services.AddSingleton(new DeliveryOptions(portal?.GetLeftPart(UriPartial.Authority) ?? FirstUrl(configuration)));
        services.AddSingleton(new TwilioCallback(twilio, portal));
        services.AddSingleton(new WhatsAppCallback(whatsApp));
        services.AddSingleton(events).AddSingleton<SendGridCallback>().AddSingleton<SesCallback>();
        if (whatsApp is not null)
        {
            services.AddSingleton<IDeliverySender>(provider => new WhatsAppSender(provider.GetRequiredService<ProviderCall>(), whatsApp));
        }

        if (twilio is not null)
        {
            services.AddSingleton<IDeliverySender>(provider => new TwilioSender(
                provider.GetRequiredService<ProviderCall>(),
                twilio,
                portal
            ));
        }

        if (!MailOptions.Of(configuration).IsSandbox)
        {
            var perSecond = mail.Number("PerSecond", 20, 1000);
            services.AddSingleton<IDeliverySender>(provider => new EmailSender(provider.GetRequiredService<IMailer>(), perSecond));
        }

        return services;
    }

    /// <summary>Without <c>Portal:Url</c> the links lead to where this portal listens: good for the sandbox, where nothing leaves.</summary>
    private static string FirstUrl(IConfiguration configuration) =>
        configuration["urls"]?.Split(';')[0].TrimEnd('/') is { Length: > 0 } url ? url : new DeliveryOptions().PortalUrl;
}
