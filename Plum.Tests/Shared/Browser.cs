using System.Diagnostics;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Plum.Tests.Shared;

/// <summary>One Chromium for all journeys. Each page has a context of its own: nobody is signed in on it.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Where Chromium is, if not in one of the usual places.</summary>
    public const string PathVariable = "PLUM_CHROMIUM";

    /// <summary>A folder for <see cref="ShootAsync"/>; without it no picture is taken.</summary>
    public const string ScreenshotsVariable = "PLUM_SCREENSHOTS";

    /// <summary>Only ever waited out by a test that fails: a machine may be busy.</summary>
    private const float PatienceMs = 60_000;

    private static readonly string[] _usualPlaces =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
        "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private readonly Queue<WatchedPage> _open = new();
    private IPlaywright _playwright = null!;
    private IBrowser _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _chromium = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = await FindAsync(_playwright),
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <param name="width">1280 is the desk's window, 400 the narrowest that Plum fits.</param>
    public async Task<IPage> NewPageAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 860)
    {
        var context = await _chromium.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce, // a picture or a contrast in the middle of a fade says nothing
                Locale = "en-GB",
                TimezoneId = "UTC",
            }
        );
        context.SetDefaultTimeout(PatienceMs);
        var page = new WatchedPage(await context.NewPageAsync());
        _open.Enqueue(page);
        return page.Page;
    }

    /// <summary>Closes every page, so that the next journey has the portal to itself.</summary>
    /// <param name="tell">Is told where each page stood.</param>
    public async Task CloseAsync(Action<string> tell)
    {
        while (_open.TryDequeue(out var page))
        {
            await page.TellAsync(tell);
            await page.Page.GotoAsync("about:blank"); // leaving, unlike closing, ends the circuit
            await page.Page.Context.CloseAsync();
        }
    }

    /// <summary>Waits until the page answers: prerendered, it looks ready before it is. Once after each load; not after a link within the portal.</summary>
    public static async Task ReadyAsync(IPage page) =>
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'true'");

    /// <summary>Waits until the page is at that path of the portal; a star stands for the rest of a segment.</summary>
    /// <remarks>Not by WaitForURLAsync, which misses a step within the page that is made between its look and its listening.</remarks>
    public static Task ComesToAsync(IPage page, string path) =>
        Assertions
            .Expect(page)
            .ToHaveURLAsync(new Regex($"^[^?#]*{Regex.Escape(path).Replace("\\*", "[^/?#]*", StringComparison.Ordinal)}([?#].*)?$"));

    /// <summary>Every breach of WCAG 2.2 A and AA that axe finds on the page as it stands, one a line.</summary>
    public static async Task<IReadOnlyList<string>> AccessibilityFaultsAsync(IPage page)
    {
        var found = await page.RunAxe(
            new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
            }
        );
        return [.. found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Target} {n.Html}"))];
    }

    /// <summary>How many pixels the page is wider than its window; 0 unless one must scroll sideways.</summary>
    public static Task<int> SidewaysAsync(IPage page) =>
        page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>A picture for the README or for a look, under the folder of <see cref="ScreenshotsVariable"/>.</summary>
    public static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static async Task<string> FindAsync(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } told)
        {
            return File.Exists(told) ? told : throw new InvalidOperationException($"{PathVariable} is '{told}', and no file is there.");
        }

        return Found()
            ?? await InstalledByDebianAsync()
            ?? InstalledByPlaywright(playwright)
            ?? throw new InvalidOperationException(
                $"There is no Chromium for the browser tests. Install Chromium or Google Chrome, or set {PathVariable} to its executable."
            );
    }

    private static string? Found() => _usualPlaces.FirstOrDefault(File.Exists);

    private static async Task<string?> InstalledByDebianAsync()
    {
        if (!File.Exists("/etc/debian_version") || !string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            return null;
        }

        using var apt = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        await apt.StandardOutput.ReadToEndAsync();
        await apt.WaitForExitAsync();
        return Found();
    }

    private static string? InstalledByPlaywright(IPlaywright playwright) =>
        Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0 && File.Exists(playwright.Chromium.ExecutablePath)
            ? playwright.Chromium.ExecutablePath
            : null;
}
