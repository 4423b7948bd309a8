using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Bench.Shared;
using Plum.Bench.Tickets;
using Plum.Data.Allocations;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;

namespace Plum.Bench.Allocations;

/// <summary>A file of many rewards read, judged and staged, against its floor: the same file parsed, and its ten columns put into a table by prepared
/// inserts, without any judgement; and the grid of its bad rows.</summary>
internal static class Staging
{
    /// <summary>Each with its floor beside it: a machine is not equally fast for a minute.</summary>
    private const int Turns = 3;

    /// <summary>Between two pages that one agent reads.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string Header = "Reference,Name,Email,Phone,Country,Channel,Reward,Value,Currency,Message";

    public static async Task MeasureAsync(string cache, int small, int rows)
    {
        var (memory, staged, floors, allocated) = (new Memory(), new List<double>(), new List<double>(), 0d);
        AllocationView? view = null;
        for (var turn = 0; turn < Turns; turn++)
        {
            await using var world = await World.CopyOfAsync(cache, small);
            var csv = await FileAsync(world, rows, badOf: 100);
            var run = await StageAsync(world, csv, memory);
            (view, allocated) = (run.View, run.Runs.Allocated);
            staged.Add(run.Runs.MedianMs);
            floors.Add(Floor(world, csv).TotalMilliseconds);
            await world.DisposeAsync();
            Directory.Delete(world.Folder, recursive: true);
        }

        var (runs, floor) = (Runs.Of(staged, allocated), Runs.Of(floors));
        Figures.Print("allocation, rows staged", rows, runs, "2x floor", floor: floor);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    {rows / (runs.MedianMs / 1000):N0} rows/s (goal 40,000), floor {rows / (floor.MedianMs / 1000):N0}/s; managed memory at most {memory.Most >> 20:N0} MB (goal 300); {view!.Good:N0} good, {view.Bad:N0} bad"
            )
        );
    }

    /// <summary>The queue's page, as an agent reads it, while a file is staged; beside itself when nothing else goes on.</summary>
    public static async Task BesideAsync(string cache, int small, int rows, int runs)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        var csv = await FileAsync(world, rows, badOf: 100);
        var idle = await Runs.OfAsync(runs, run => Queue.ReadAsync(world, run), warmUps: 20);
        var staging = Task.Run(() => StageAsync(world, csv, new Memory()));
        var beside = new List<double>();
        while (!staging.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            await Queue.ReadAsync(world, beside.Count);
            beside.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(Pause);
        }

        await staging;
        Figures.Print("queue, nothing else going on", small, idle, "");
        var during = Runs.Of(beside);
        Figures.Print("queue while rows are staged, by p95", small, during, "growth below 2", during.P95Ms / idle.P95Ms);
        await world.DisposeAsync();
        Directory.Delete(world.Folder, recursive: true);
    }

    /// <summary>The first page of the mend grid, and one in its middle.</summary>
    public static async Task MendAsync(string cache, int small, int runs)
    {
        double? before = null;
        foreach (var bad in new[] { 100, 100_000 })
        {
            await using var world = await World.CopyOfAsync(cache, small);
            var (view, _) = await StageAsync(world, await FileAsync(world, bad, badOf: 1), new Memory());
            var (mend, files) = (world.Get<MendService>(), world.Get<AllocationService>());
            var open = await Runs.OfAsync(
                runs,
                async _ =>
                {
                    await files.ViewAsync(view.Number, World.By, default);
                    await mend.PageAsync(new BadRowQuery(view.Number), World.By, default);
                }
            );
            Figures.Print("mend grid opens", view.Bad, open, "as at 100", before is null ? null : open.MedianMs / before);
            before ??= open.MedianMs;
            var middle = await Runs.OfAsync(runs, _ => mend.PageAsync(new BadRowQuery(view.Number, After: bad / 2), World.By, default));
            Figures.Print("mend grid, a page in its middle", view.Bad, middle, "as at 100");
            await world.DisposeAsync();
            Directory.Delete(world.Folder, recursive: true);
        }
    }

    private static async Task<(AllocationView View, Runs Runs)> StageAsync(World world, string csv, Memory memory)
    {
        var files = world.Get<AllocationService>();
        var programme = (await files.ProgrammesAsync("", 1, World.By, default))[0];
        await using var content = File.OpenRead(csv);
        var number = AllocationReference
            .Parse(Done(await files.UploadAsync(new UploadAllocation(programme.Id, "bench.csv"), content, World.By, default)))!
            .Value;
        Done(await files.CheckAsync(new CheckAllocation(number, 0), World.By, default));
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        using (memory.Watch())
        {
            await world.Get<AllocationWork>().RunAsync(number, default);
        }

        var runs = Runs.Of([watch.Elapsed.TotalMilliseconds], GC.GetTotalAllocatedBytes() - allocated);
        var view = (await files.ViewAsync(number, World.By, default))!;
        return view.State == AllocationState.Checked
            ? (view, runs)
            : throw new InvalidOperationException($"The file is {view.State}: {view.Error}");
    }

    /// <summary>Ten columns as they are; one row of <paramref name="badOf"/> is bad.</summary>
    private static async Task<string> FileAsync(World world, int rows, int badOf)
    {
        await using var db = await world.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var rewards = (await db.Rewards.AsNoTracking().Where(r => r.Country == "GB" || r.Country == "IN").ToListAsync()).Take(200).ToList();
        var path = Path.Combine(world.Folder, "bench.csv");
        await using var csv = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        var random = new Random(5);
        csv.Write(Header + "\r\n");
        for (var row = 0; row < rows; row++)
        {
            var reward = rewards[random.Next(rewards.Count)];
            var value = reward.Denominations.Count > 0 ? reward.Denominations[0] : reward.MinValue;
            var phone = reward.Country == "IN" ? $"+9198{random.Next(10_000_000, 99_999_999)}" : $"07400 {random.Next(100_000, 999_999)}";
            var mail = row % badOf == badOf - 1 ? $"person{row}" : $"person{row}@example.com";
            csv.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"B-{row:D7},Person {random.Next()},{mail},{phone},{reward.Country},{(row % 3 == 0 ? "SMS" : "Email")},{reward.Code},{value / Currencies.Scale(reward.Currency):F2},{reward.Currency},\"Thank you, and enjoy it\"\r\n"
                )
            );
        }

        return path;
    }

    private static TimeSpan Floor(World world, string csv)
    {
        using var connection = world.Open();
        var names = Header.Split(',');
        Do(
            connection,
            $"PRAGMA synchronous = FULL; CREATE TABLE Floor (Id INTEGER PRIMARY KEY, {string.Join(", ", names.Select(n => $"{n} TEXT"))})"
        );
        var watch = Stopwatch.StartNew();
        using var rows = new CsvRows(new StreamReader(csv), ',');
        rows.Read();
        for (var done = false; !done; )
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
#pragma warning disable CA2100 // names of this class
            insert.CommandText = $"INSERT INTO Floor ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(n => $"${n}"))})";
#pragma warning restore CA2100
            var parameters = names.Select(n => insert.Parameters.Add($"${n}", SqliteType.Text)).ToArray();
            insert.Prepare();
            for (var i = 0; i < 4_000 && !(done = !rows.Read()); i++)
            {
                for (var c = 0; c < parameters.Length; c++)
                {
                    parameters[c].Value = rows[c].ToString();
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return watch.Elapsed;
    }

    private static void Do(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Done(Outcome outcome) =>
        outcome is Outcome.Done done ? done.Key ?? "" : throw new InvalidOperationException($"The file was not taken: {outcome}");

    /// <summary>The most that the collector held, looked at ten times a second.</summary>
    private sealed class Memory
    {
        public long Most { get; private set; }

        public Timer Watch() => new(_ => Most = Math.Max(Most, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 100);
    }
}
