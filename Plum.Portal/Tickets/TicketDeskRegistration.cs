namespace Plum.Portal.Tickets;

public static class TicketDeskRegistration
{
    /// <summary>What runs beside the pages, one a node: the feed that tells them what changed, and the changes of many tickets.</summary>
    public static IServiceCollection AddTicketDesk(this IServiceCollection services) =>
        services
            .AddSingleton<TicketFeed>()
            .AddHostedService(provider => provider.GetRequiredService<TicketFeed>())
            .AddSingleton<TicketQueueRuns>()
            .AddHostedService(provider => provider.GetRequiredService<TicketQueueRuns>());
}
