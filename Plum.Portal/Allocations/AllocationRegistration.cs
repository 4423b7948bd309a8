namespace Plum.Portal.Allocations;

public static class AllocationRegistration
{
    public static IServiceCollection AddAllocations(this IServiceCollection services) => services.AddScoped<AllocationDesk>();
}
