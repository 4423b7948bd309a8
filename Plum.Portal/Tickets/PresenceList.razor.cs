using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Who else has the ticket open, and says to them that this page is: one row in a table, renewed by a heartbeat, gone by itself.</summary>
public sealed partial class PresenceList(PresenceService presence, TicketFeed feed, CurrentActor actor, TimeProvider clock, IJSRuntime js)
    : IAsyncDisposable
{
    private readonly Guid _page = Guid.NewGuid();
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<PresenceRow> _others = [];
    private IDisposable? _listening;
    private ITimer? _heart;
    private Actor? _by;
    private bool _typing;

    [Parameter, EditorRequired]
    public long TicketId { get; set; }

    [CascadingParameter]
    private TicketDesk? Desk { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _by = await actor.GetAsync();
        Desk?.TypingChanged += OnTyping;
        _listening = feed.Listen(TicketId, what => _ = InvokeAsync(Show));
        _heart = clock.CreateTimer(_ => _ = InvokeAsync(BeatAsync), state: null, TimeSpan.Zero, TicketPresence.Heartbeat);
        Show();
    }

    private void OnTyping(object? sender, TypingEventArgs e)
    {
        if (_typing != e.IsTyping)
        {
            _typing = e.IsTyping;
            _ = InvokeAsync(BeatAsync);
        }
    }

    private async Task BeatAsync()
    {
        if (_by is null || _gone.IsCancellationRequested || await IsOutOfSightAsync())
        {
            return;
        }

        if (!_gone.IsCancellationRequested)
        {
            await presence.BeatAsync(new PresenceBeat(_page, TicketId, _typing), _by, CancellationToken.None);
        }
    }

    /// <summary>Asked of the browser: a page whose connection is lost, or that lies behind another, is not looked at, though its circuit lives on.</summary>
    private async Task<bool> IsOutOfSightAsync()
    {
        try
        {
            return await js.InvokeAsync<bool>("plum.isOutOfSight", TimeSpan.FromSeconds(4), []);
        }
        catch (Exception fault) when (fault is OperationCanceledException or JSDisconnectedException)
        {
            return true;
        }
    }

    private void Show()
    {
        _others = [.. feed.PresentOn(TicketId).Where(p => p.UserId != _by?.UserId)];
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        await _gone.CancelAsync();
        _gone.Dispose();
        _listening?.Dispose();
        Desk?.TypingChanged -= OnTyping;
        if (_heart is not null)
        {
            await _heart.DisposeAsync();
        }

        if (_by is not null)
        {
            await presence.LeaveAsync(_page, _by, CancellationToken.None);
        }
    }
}
