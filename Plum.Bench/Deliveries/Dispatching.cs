using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Plum.Bench.Shared;
using Plum.Data.Deliveries;
using Plum.Domain.Clients;

namespace Plum.Bench.Deliveries;

/// <summary>
/// Many deliveries through the sandbox, against the floor: the same rows written and changed by prepared statements on the same tables, in
/// transactions of the same size, without claims, templates, links or results.
/// </summary>
internal static class Dispatching
{
    public static async Task MeasureAsync(string cache, int small, int count)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        Queue(world, count, turn: 100);
        var dispatch = world.Get<DeliveryDispatch>();
        await dispatch.SendDueAsync(DeliveryChannel.Email, DeliveryDispatch.Batch, World.By, default); // warm
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes();
        var (first, second) = (0L, 0L);
        var watch = Stopwatch.StartNew();
        var done = 0;
        while (await dispatch.SendDueAsync(DeliveryChannel.Email, 5_000, World.By, default) is > 0 and var tried)
        {
            done += tried;
            var memory = GC.GetTotalMemory(forceFullCollection: false);
            (first, second) = done * 2 < count ? (Math.Max(first, memory), second) : (first, Math.Max(second, memory));
        }

        var plum = Runs.Of([watch.Elapsed.TotalMilliseconds], GC.GetTotalAllocatedBytes() - allocated);
        var left = Scalar(world, "SELECT COUNT(*) FROM Deliveries WHERE Turn >= 100 AND State <> 'Delivered'");
        var kept = Scalar(world, "SELECT COUNT(*) FROM SandboxMessages");
        if (left != 0 || kept != count)
        {
            throw new InvalidOperationException($"{left} were not delivered, and {kept} of {count} are in the sandbox.");
        }

        var floor = Runs.Of([Floor(world, done).TotalMilliseconds]);
        Figures.Print("dispatch through the sandbox", done, plum, "2,000/s", floor: floor);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    {done / (plum.MedianMs / 1000):N0} deliveries/s, floor {done / (floor.MedianMs / 1000):N0}/s; managed memory at most {first >> 20:N0} MB in its first half, {second >> 20:N0} MB in its second"
            )
        );
        await world.DisposeAsync();
        Directory.Delete(world.Folder, recursive: true);
    }

    /// <summary>Every order that can be delivered, over and over as turns of itself: as many as are asked for.</summary>
    private static void Queue(World world, int count, int turn)
    {
        using var connection = world.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 10000),
            o AS (SELECT Id, ClientId, ProgrammeId, RecipientId FROM Orders WHERE Status IN ('Issued', 'Delivered', 'DeliveryFailed'))
            INSERT INTO Deliveries (ClientId, ProgrammeId, OrderId, Turn, RecipientId, Channel, Address, State, QueuedAtUtc, DueAtUtc, Attempts, Tries, Version)
            SELECT o.ClientId, o.ProgrammeId, o.Id, $turn + n.i, o.RecipientId, 'Email', 'r' || o.RecipientId || '@example.com', 'Queued', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0, 0, 0
            FROM n CROSS JOIN o LIMIT $count
            """;
        command.Parameters.AddWithValue("$turn", turn);
        command.Parameters.AddWithValue("$count", count);
        command.ExecuteNonQuery();
    }

    private static TimeSpan Floor(World world, int count)
    {
        using var connection = world.Open();
        Do(connection, Pragmas);
        Do(connection, "CREATE TABLE F_Messages AS SELECT * FROM SandboxMessages WHERE 0");
        Do(
            connection,
            "CREATE UNIQUE INDEX F_Messages_Key ON F_Messages (Key); CREATE INDEX F_Messages_Client ON F_Messages (ClientId, Id)"
        );
        var sample = Rows(connection);
        var watch = Stopwatch.StartNew();
        for (var at = 0; at < count; at += DeliveryDispatch.Batch)
        {
            var batch = sample.GetRange(at, Math.Min(DeliveryDispatch.Batch, count - at));
            Each(
                connection,
                batch,
                "UPDATE Deliveries SET State = 'Sending', Attempts = 2, Tries = 2, Version = Version + 1 WHERE Id = $id"
            );
            Each(
                connection,
                batch,
                "INSERT INTO DeliveryAttempts (DeliveryId, Number, Provider, Channel, Address, StartedAtUtc, Outcome) VALUES ($id, 2, 'sandbox', 'Email', 'somebody@example.com', '2026-01-01 00:00:00', 'Open')"
            );
            Each(
                connection,
                batch,
                "INSERT INTO F_Messages SELECT Id, 'f.' || $id, DeliveryId, ClientId, Channel, \"To\", Language, Subject, Text, Html, Template, TakenAtUtc, Code FROM SandboxMessages WHERE Key = $key"
            );
            Each(connection, batch, "UPDATE Deliveries SET State = 'Delivered', Version = Version + 1 WHERE Id = $id");
            Each(
                connection,
                batch,
                "UPDATE DeliveryAttempts SET Outcome = 'Taken', EndedAtUtc = '2026-01-01 00:00:00' WHERE DeliveryId = $id AND Number = 2"
            );
        }

        return watch.Elapsed;
    }

    private static string Pragmas =>
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;";

    private static List<(long Id, string Key)> Rows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DeliveryId, Key FROM SandboxMessages ORDER BY Id";
        using var reader = command.ExecuteReader();
        var rows = new List<(long, string)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return rows;
    }

    private static void Each(SqliteConnection connection, List<(long Id, string Key)> rows, string sql)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written here
        command.CommandText = sql;
#pragma warning restore CA2100
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        var key = command.Parameters.Add("$key", SqliteType.Text);
        foreach (var row in rows)
        {
            (id.Value, key.Value) = (row.Id, row.Key);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static long Scalar(World world, string sql)
    {
        using var connection = world.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written here
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private static void Do(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
