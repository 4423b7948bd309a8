using Plum.Data.Demonstration;
using Plum.Domain.Demonstration;
using Plum.Portal.Shared;

namespace Plum.Portal.Demonstration;

internal static class FirstStart
{
    /// <summary>In Development a fresh clone shows something: the database is migrated, and filled when it is empty. Elsewhere an operator does both.</summary>
    /// <remarks><c>Demonstration:Tickets</c> says how many; 0 leaves it empty.</remarks>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        await MigrateCommand.RunAsync(services, ct);
        var tickets = services.GetRequiredService<IConfiguration>().GetValue("Demonstration:Tickets", DemonstrationPlan.DefaultTickets);
        if (tickets > 0 && await services.GetRequiredService<DemonstrationService>().IsEmptyAsync(ct))
        {
            await Console.Out.WriteLineAsync("The database is empty. Making the demonstration: this happens once.");
            await SeedCommand.RunAsync(services, tickets, DemonstrationPlan.DefaultSeed, Console.Out, ct);
        }
    }
}
