using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Plum.Bench.Shared;

namespace Plum.Bench.Approvals;

/// <summary>
/// A checker approves in Chromium while ten thousand others wait: from the click to the line that says it is approved. The floor is a click on the
/// same page that only goes to the server and back.
/// </summary>
internal static class Clicks
{
    private const int WarmUps = 5;

    public static async Task ApproveAsync(string cache, int small, int pending, int runs)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        try
        {
            var requests = await Requests.SeedAsync(world, checkers: 1, pending, past: 0);
            await using var visit = await Visit.ToAsync(world, "chao.checker@plum.example");
            var page = visit.Page;
            var (times, floor) = (new List<double>(), new List<double>());
            for (var run = 0; run < runs + WarmUps; run++)
            {
                var reference = string.Create(CultureInfo.InvariantCulture, $"REQ-{requests.Pending[run].Id}");
                await page.GotoAsync($"{Visit.Address}/approvals/{reference}");
                await Visit.ReadyAsync(page);
                var form = page.GetByRole(AriaRole.Form);
                var there = await TimedAsync(page.Locator(".decide").GetByRole(AriaRole.Button, new() { Name = "Approve" }), form);
                var approved = await TimedAsync(
                    form.GetByRole(AriaRole.Button, new() { Name = "Approve" }),
                    page.GetByText($"{reference}: approved.")
                );
                if (run >= WarmUps)
                {
                    times.Add(approved);
                    floor.Add(there);
                }
            }

            Figures.Print("approving, click to confirmation", pending, Runs.Of(times), "p95 300 ms", floor: Runs.Of(floor));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(world.Folder, recursive: true);
        }
    }

    private static async Task<double> TimedAsync(ILocator click, ILocator until)
    {
        await click.WaitForAsync();
        var started = Stopwatch.GetTimestamp();
        await click.ClickAsync();
        await until.First.WaitForAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
