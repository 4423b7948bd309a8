using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Plum.Bench.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Bench.Tickets;

/// <summary>Another severity for every ticket of a queue, each with its event, its clocks reckoned anew and its audit line, as a person asks for it.</summary>
internal static class BulkEdit
{
    /// <summary>All of them open and of another severity than they are to get, so that none is passed over.</summary>
    private const string Ready = """
        UPDATE Tickets SET Severity = 'P3', Stage = 'Intake', Disposition = 'VoucherNotReceived', ResolvedAtUtc = NULL, MergedIntoId = NULL
        """;

    public static async Task MeasureAsync(string cache, int scale)
    {
        await using var world = await World.CopyOfAsync(cache, scale);
        try
        {
            using (var connection = world.Open())
            {
                Run(connection, Ready);
            }

            var editing = world.Get<TicketQueueEditing>();
            var all = new TicketSelection(
                new TicketQueueQuery(StandardViews.All, new Dictionary<string, string>()),
                new Dictionary<long, int?>(),
                IsAll: true
            );
            var (refused, plan) = await editing.PlanAsync(all, World.By, default);
            var targets = (plan ?? throw new InvalidOperationException(refused?.Message)).Targets;
            var (times, done) = (new List<double>(targets.Count), 0);
            foreach (var target in targets)
            {
                var started = Stopwatch.GetTimestamp();
                var command = new EditSelectedTicket(target.Id, target.SeenVersion, [new TicketChange.Grade(Severity.P2)], "Bench");
                done += await editing.EditAsync(command, World.By, default) is Outcome.Done ? 1 : 0;
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            var floor = Floor(world, targets);
            Figures.Print($"bulk edit, a ticket ({done:N0} of {scale:N0} done)", scale, Runs.Of(times), "all of them done", floor: floor);
            if (done != scale)
            {
                throw new InvalidOperationException($"{scale - done} of {scale} tickets were not changed.");
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(world.Folder, recursive: true);
        }
    }

    /// <summary>The same rows: the ticket, its event, its clocks read; a transaction each.</summary>
    private static Runs Floor(World world, IReadOnlyList<TicketEditTarget> targets)
    {
        using var connection = world.Open();
        Run(connection, "PRAGMA synchronous = FULL");
        var times = new List<double>(targets.Count);
        foreach (var target in targets)
        {
            var started = Stopwatch.GetTimestamp();
            Run(
                connection,
                $"""
                BEGIN IMMEDIATE;
                UPDATE Tickets SET Severity = 'P1', Version = Version + 1, UpdatedAtUtc = datetime('now') WHERE Id = {target.Id};
                INSERT INTO TicketEvents (TicketId, AtUtc, Kind, Who, "From", "To", Note)
                VALUES ({target.Id}, datetime('now'), 'SeverityChanged', 'Bench', 'P2', 'P1', 'Bench');
                UPDATE SlaClocks SET UsedMinutes = UsedMinutes WHERE TicketId = {target.Id};
                COMMIT;
                """
            );
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Runs.Of(times);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the constants above, and of numbers
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
