using System.CommandLine;
using System.Globalization;
using Plum.Data.Demonstration;
using Plum.Domain.Demonstration;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Demonstration;

internal static class SeedCommand
{
    public static readonly Actor By = Actor.Job("Demonstration");

    public static Command Make(IServiceProvider services)
    {
        var tickets = new Option<int>("--tickets")
        {
            Description = $"How many tickets, up to {DemonstrationService.MostTickets}. Orders go with them.",
            DefaultValueFactory = _ => DemonstrationPlan.DefaultTickets,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "The same number on the same day gives the same demonstration.",
            DefaultValueFactory = _ => DemonstrationPlan.DefaultSeed,
        };
        var command = new Command("seed", "Fills an empty database with demonstration data, migrating it first.") { tickets, seed };
        command.SetAction(
            async (parsed, ct) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                await MigrateCommand.RunAsync(services, ct);
                var clock = services.GetRequiredService<TimeProvider>();
                var started = clock.GetTimestamp();
                var outcome = await RunAsync(services, parsed.GetValue(tickets), parsed.GetValue(seed), output, ct);
                return parsed.Tell(
                    outcome,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Seeded {parsed.GetValue(tickets):N0} tickets in {clock.GetElapsedTime(started).TotalSeconds:N1} s."
                    )
                );
            }
        );
        return command;
    }

    /// <summary>With the accounts of the sign-in page in Development, without any that somebody could sign in as elsewhere.</summary>
    public static async Task<Outcome> RunAsync(IServiceProvider services, int tickets, ulong seed, TextWriter output, CancellationToken ct)
    {
        var progress = CommandProgress.To(output, services.GetRequiredService<TimeProvider>());
        try
        {
            return await services
                .GetRequiredService<DemonstrationService>()
                .SeedAsync(
                    new SeedDemonstration(tickets, seed, services.GetRequiredService<IHostEnvironment>().IsDevelopment()),
                    By,
                    new Bar(progress),
                    ct
                );
        }
        finally
        {
            progress.End();
        }
    }

    private sealed class Bar(CommandProgress progress) : IProgress<SeedProgress>
    {
        public void Report(SeedProgress value) => progress.Report(value.Step, value.Done, value.Step == "Tickets" ? value.Total : 0);
    }
}
