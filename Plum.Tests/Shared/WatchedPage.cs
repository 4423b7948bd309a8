using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Plum.Tests.Shared;

/// <summary>A page, and what its console said: for whoever reads why a journey failed.</summary>
internal sealed class WatchedPage
{
    private const int TextShown = 1500;

    private readonly ConcurrentQueue<string> _said = new();

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _said.Enqueue(message.Text);
            }
        };
        page.PageError += (_, fault) => _said.Enqueue(fault);
    }

    public IPage Page { get; }

    public async Task TellAsync(Action<string> tell)
    {
        tell($"A page stood at {Page.Url}");
        foreach (var line in _said)
        {
            tell($"  its console: {line}");
        }

        try
        {
            var text = await Page.EvaluateAsync<string>("() => (document.querySelector('main') ?? document.body)?.innerText ?? ''");
            tell(text.Length > TextShown ? text[..TextShown] : text);
        }
        catch (PlaywrightException fault) // it was on its way elsewhere, or crashed
        {
            tell(fault.Message);
        }
    }
}
