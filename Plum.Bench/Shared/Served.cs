using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plum.Data.Access;

namespace Plum.Bench.Shared;

/// <summary>The demonstration's seed, start to first page, and the queue in a browser: navigation to rows visible.</summary>
internal static partial class Served
{
    private const string Address = "http://localhost:5399";
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
            using var portal = World.Serve(world.Folder, Address);
            await AnswersAsync(http, portal);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            portal.Kill();
            await portal.WaitForExitAsync();
        }

        Figures.Print("start to first page", small, Runs.Of(times), "5 s");
    }

    public static async Task QueueAsync(string cache, int scale, int runs)
    {
        await using var world = await World.OfAsync(cache, scale);
        using var http = new HttpClient();
        using var portal = World.Serve(world.Folder, Address);
        try
        {
            await AnswersAsync(http, portal);
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Environment.GetEnvironmentVariable("PLUM_CHROMIUM") ?? "/usr/bin/chromium",
                    Args = ["--no-sandbox", "--disable-gpu"],
                }
            );
            var page = await chromium.NewPageAsync();
            page.SetDefaultTimeout(120_000);
            await page.GotoAsync($"{Address}/account/sign-in");
            await page.GetByLabel("E-mail address").FillAsync("lea.lead@plum.example");
            await page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemonstrationAccounts.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).WaitForAsync();
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
                    await RowsAsync(page, Address + paths[run % paths.Length], live: true),
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
        finally
        {
            portal.Kill();
            await portal.WaitForExitAsync();
        }
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
            await page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'true'");
        }

        return took;
    }

    /// <summary>The floor: the same rows and styles as a page that was written beforehand, with no server, script or circuit to wait for.</summary>
    private static async Task<string> StillAsync(IPage page)
    {
        var answer = await page.APIRequest.GetAsync($"{Address}/tickets?view=open");
        var html = await answer.TextAsync();
        return Scripts().Replace(html, "").Replace("<base href=\"/\"", $"<base href=\"{Address}/\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("<script.*?</script>|<link rel=\"preload\".*?/?>|<!--Blazor.*?-->", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    private static async Task AnswersAsync(HttpClient http, Process portal)
    {
        while (!portal.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{Address}/account/sign-in"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20); // not listening yet
            }
        }

        throw new InvalidOperationException($"The portal did not start. Is {Address} taken?");
    }
}
