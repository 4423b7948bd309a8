using System.CommandLine;
using Plum.Bench.Allocations;
using Plum.Bench.Approvals;
using Plum.Bench.Catalogue;
using Plum.Bench.Deliveries;
using Plum.Bench.Imports;
using Plum.Bench.Reports;
using Plum.Bench.Shared;
using Plum.Bench.Sla;
using Plum.Bench.Tickets;

var scale = new Option<int>("--scale") { Description = "Tickets in the large database.", DefaultValueFactory = _ => 1_000_000 };
var small = new Option<int>("--small") { Description = "Tickets in the small one, for growth.", DefaultValueFactory = _ => 10_000 };
var only = new Option<string?>("--only")
{
    Description =
        "One scenario: sla, seed, start, queue, search, edit, kpi, import, stage, mend, decide, click, checker, race, dispatch, catalogue or page.",
};
var rewards = new Option<int>("--rewards")
{
    Description = "Rewards in the catalogue; the goal is at 10000000.",
    DefaultValueFactory = _ => 1_000_000,
};
var runs = new Option<int>("--runs") { Description = "Of the quick scenarios.", DefaultValueFactory = _ => 100 };
var cache = new Option<DirectoryInfo>("--cache")
{
    Description = "Where the seeded databases are kept between runs.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Path.GetTempPath(), "plum-bench")),
};
var root = new RootCommand("Measures what Plum must reach, each against its floor in the same run.")
{
    scale,
    small,
    rewards,
    only,
    runs,
    cache,
};
root.SetAction(
    async (parsed, _) =>
    {
        var (large, little, times) = (parsed.GetValue(scale), parsed.GetValue(small), parsed.GetValue(runs));
        var folder = parsed.GetRequiredValue(cache).FullName;
        double? before = null;
        (string Name, Func<Task> Run)[] all =
        [
            ("sla", () => Deadlines.PrintAsync(5)),
            ("seed", () => Served.SeedAsync(6_000)),
            ("start", () => Served.StartAsync(folder, little)),
            ("queue", async () => before = await Queue.PageAsync(folder, little, times, null)),
            ("queue", () => Queue.PageAsync(folder, large, times, before)),
            ("search", () => Queue.SearchAsync(folder, large, times)),
            ("edit", () => BulkEdit.MeasureAsync(folder, little)),
            ("kpi", () => Kpis.MeasureAsync(folder, large, 10)),
            ("import", () => History.MeasureAsync(folder, little, 100_000)),
            ("stage", () => Staging.MeasureAsync(folder, little, large)),
            ("stage", () => Staging.BesideAsync(folder, little, large, times)),
            ("mend", () => Staging.MendAsync(folder, little, times)),
            ("decide", () => Decisions.DecideAsync(folder, little, 10_000, times)),
            ("click", () => Clicks.ApproveAsync(folder, little, 10_000, Math.Min(times, 100))),
            ("checker", () => Decisions.QueueAsync(folder, little, 100_000, times)),
            ("race", () => Decisions.RaceAsync(folder, little, times * 10, 64)),
            ("dispatch", () => Dispatching.MeasureAsync(folder, little, 100_000)),
            ("catalogue", () => Search.MeasureAsync(folder, parsed.GetValue(rewards), times * 2)),
            ("page", () => Served.QueueAsync(folder, large, Math.Min(times, 50))),
        ];
        var wanted = all.Where(s => parsed.GetValue(only) is not { } name || s.Name == name).ToList();
        if (wanted.Count == 0)
        {
            await Console.Error.WriteLineAsync($"There is no scenario '{parsed.GetValue(only)}'. Try --help.");
            return 2;
        }

#if DEBUG
        await Console.Error.WriteLineAsync("A Debug build: its figures say little. Run it with -c Release.");
#endif
        Figures.Head();
        foreach (var scenario in wanted)
        {
            await scenario.Run();
        }

        return 0;
    }
);
return await root.Parse(args).InvokeAsync();
