using System.Diagnostics;
using Microsoft.Playwright;
using Plum.Data.Access;

namespace Plum.Bench.Shared;

/// <summary>The demonstration's seed, start to first page, and the queue in a browser: navigation to rows visible.</summary>
internal static class Served
{
    private const string Address = "http://localhost:5399";

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
            var times = await Runs.OfAsync(
                runs,
                async run =>
                {
                    await page.GotoAsync(Address + paths[run % paths.Length], new() { WaitUntil = WaitUntilState.Commit });
                    await page.Locator(".queue-table tbody tr").First.WaitForAsync();
                },
                warmUps: 8
            );
            Figures.Print("queue page in Chromium", scale, times with { Allocated = 0 }, "p95 400 ms");
        }
        finally
        {
            portal.Kill();
            await portal.WaitForExitAsync();
        }
    }

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
