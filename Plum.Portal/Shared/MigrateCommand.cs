using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Portal.Shared;

internal static class MigrateCommand
{
    public static Command Make(IServiceProvider services)
    {
        var command = new Command(
            "migrate",
            "Brings the database to the form that this version needs. Run it before starting a new version."
        );
        command.SetAction(
            async (parsed, ct) =>
            {
                var applied = await RunAsync(services, ct);
                var text =
                    applied.Count == 0
                        ? "The database is up to date."
                        : $"Applied {applied.Count} migration{(applied.Count == 1 ? "" : "s")}: {string.Join(", ", applied)}.";
                await parsed.InvocationConfiguration.Output.WriteLineAsync(text);
                return 0;
            }
        );
        return command;
    }

    /// <returns>What was applied; empty when there was nothing to do.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        Directory.CreateDirectory(services.GetRequiredService<DatabaseOptions>().DataFolder);
        await using var db = await services.GetRequiredService<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync(ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count > 0)
        {
            await db.Database.MigrateAsync(ct);
        }

        return pending;
    }
}
