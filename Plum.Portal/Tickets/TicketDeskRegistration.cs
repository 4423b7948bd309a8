namespace Plum.Portal.Tickets;

public static class TicketDeskRegistration
{
    /// <summary>The feed that tells open pages what changed: one a node, running beside the pages.</summary>
    public static IServiceCollection AddTicketDesk(this IServiceCollection services) =>
        services.AddSingleton<TicketFeed>().AddHostedService(provider => provider.GetRequiredService<TicketFeed>());
}
