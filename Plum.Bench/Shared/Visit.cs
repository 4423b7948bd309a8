using System.Diagnostics;
using Microsoft.Playwright;
using Plum.Data.Access;

namespace Plum.Bench.Shared;

/// <summary>The portal over a world in a process of its own, and somebody signed in to it in Chromium.</summary>
internal sealed class Visit : IAsyncDisposable
{
    public const string Address = "http://localhost:5399";

    private readonly Process _portal;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;

    private Visit(Process portal, IPlaywright playwright, IBrowser chromium, IPage page) =>
        (_portal, _playwright, _chromium, Page) = (portal, playwright, chromium, page);

    public IPage Page { get; }

    /// <param name="email">One of the demonstration's people.</param>
    public static async Task<Visit> ToAsync(World world, string email)
    {
        using var http = new HttpClient();
        var portal = World.Serve(world.Folder, Address);
        await AnswersAsync(http, portal);
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("PLUM_CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu"],
            }
        );
        var page = await chromium.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync($"{Address}/account/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemonstrationAccounts.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).WaitForAsync();
        return new Visit(portal, playwright, chromium, page);
    }

    /// <summary>Ends when the page's circuit answers to clicks and keys.</summary>
    public static Task ReadyAsync(IPage page) => page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'true'");

    public static async Task AnswersAsync(HttpClient http, Process portal)
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

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
        _portal.Kill();
        await _portal.WaitForExitAsync();
        _portal.Dispose();
    }
}
