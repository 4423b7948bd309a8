using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Plum.Bench.Shared;

/// <summary>The demonstration's seed, start to first page, and the queue in a browser: navigation to rows visible.</summary>
internal static partial class Served
{
    private const int WarmUps = 8;

    public static async Task SeedAsync(int tickets)
    {
        var folder = Directory.CreateTempSubdirectory("plum-bench-").FullName;
        try
        {
            var started = Stopwatch.GetTimestamp();
            await World.SeedAsync(folder, tickets);
            Figures.Print(
                "demonstration seed, migrations too",
                tickets,
                Runs.Of([Stopwatch.GetElapsedTime(started).TotalMilliseconds]),
                "20 s"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task StartAsync(string cache, int small)
    {
        await using var world = await World.OfAsync(cache, small);
        using var http = new HttpClient();
        var times = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            var started = Stopwatch.GetTimestamp();
            using var portal = World.Serve(world.Folder, Visit.Address);
            await Visit.AnswersAsync(http, portal);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            portal.Kill();
            await portal.WaitForExitAsync();
        }

        Figures.Print("start to first page", small, Runs.Of(times), "5 s");
    }

    public static async Task QueueAsync(string cache, int scale, int runs)
    {
        await using var world = await World.OfAsync(cache, scale);
        await using var visit = await Visit.ToAsync(world, "lea.lead@plum.example");
        var page = visit.Page;
        string[] paths =
        [
            "/tickets?view=open",
            "/tickets?view=all",
            "/tickets?view=open&severity=p1,p2",
            "/tickets?view=all&sort=-created",
        ];
        using var still = new StillPage(await StillAsync(page));
        var (times, floor) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs + WarmUps; run++)
        {
            var (ours, theirs) = (
                await RowsAsync(page, Visit.Address + paths[run % paths.Length], live: true),
                await RowsAsync(page, StillPage.Address, live: false)
            );
            if (run >= WarmUps)
            {
                times.Add(ours);
                floor.Add(theirs);
            }
        }

        Figures.Print("queue page in Chromium", scale, Runs.Of(times), "p95 400 ms", floor: Runs.Of(floor));
    }

    /// <summary>From the navigation to rows visible; the page that is left was at rest, as one that a person has looked at is.</summary>
    private static async Task<double> RowsAsync(IPage page, string address, bool live)
    {
        var started = Stopwatch.GetTimestamp();
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".queue-table tbody tr").First.WaitForAsync();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (live)
        {
            await Visit.ReadyAsync(page);
        }

        return took;
    }

    /// <summary>The floor: the same rows and styles as a page that was written beforehand, with no server, script or circuit to wait for.</summary>
    private static async Task<string> StillAsync(IPage page)
    {
        var answer = await page.APIRequest.GetAsync($"{Visit.Address}/tickets?view=open");
        var html = await answer.TextAsync();
        return Scripts().Replace(html, "").Replace("<base href=\"/\"", $"<base href=\"{Visit.Address}/\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("<script.*?</script>|<link rel=\"preload\".*?/?>|<!--Blazor.*?-->", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
