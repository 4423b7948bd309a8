using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Tickets;

/// <summary>Wakes the queue: when tickets changed, on whatever node, and three times a minute for the countdowns. Shows nothing itself.</summary>
public sealed class TicketQueueNews(TicketFeed feed, TimeProvider clock) : ComponentBase, IDisposable
{
    /// <summary>The countdowns show minutes.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);

    private IDisposable? _listening;
    private ITimer? _ticking;
    private bool _telling;
    private bool _again;

    [Parameter]
    public EventCallback Changed { get; set; }

    [Parameter]
    public EventCallback<DateTime> Ticked { get; set; }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) // never while prerendering
        {
            _listening = feed.Listen(
                ticketId: null,
                told =>
                {
                    _ = InvokeAsync(TellAsync);
                }
            );
            _ticking = clock.CreateTimer(
                told =>
                {
                    _ = InvokeAsync(() => Ticked.InvokeAsync(clock.GetUtcNow().UtcDateTime));
                },
                null,
                Tick,
                Tick
            );
        }
    }

    /// <summary>What comes while the queue still reads is told once, afterwards.</summary>
    private async Task TellAsync()
    {
        if (_telling)
        {
            _again = true;
            return;
        }

        _telling = true;
        try
        {
            do
            {
                _again = false;
                await Changed.InvokeAsync();
            } while (_again);
        }
        finally
        {
            _telling = false;
        }
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _ticking?.Dispose();
    }
}
