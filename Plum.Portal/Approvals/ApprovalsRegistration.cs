namespace Plum.Portal.Approvals;

public static class ApprovalsRegistration
{
    /// <summary>What the pages share, and what runs beside them, one a node: the feed that tells them what was decided.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services) =>
        services
            .AddScoped<DecidingDesk>()
            .AddSingleton<RequestFeed>()
            .AddHostedService(provider => provider.GetRequiredService<RequestFeed>());
}
