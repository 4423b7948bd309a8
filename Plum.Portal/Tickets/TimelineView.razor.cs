using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plum.Data.Tickets;
using Plum.Domain.Notifications;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Everything that happened, oldest first. What others add appears at the end and is marked; nothing that one reads moves.</summary>
public partial class TimelineView(TicketTimeline timeline, TimeProvider clock, IJSRuntime js)
{
    private const int Step = 200;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private static readonly (string? Key, string Label, TimelineGroup? Group)[] Filters =
    [
        (null, "All", null),
        ("said", "Conversation", TimelineGroup.Conversation),
        ("moves", "Moves", TimelineGroup.Moves),
        ("clocks", "Clocks", TimelineGroup.Clocks),
        ("changes", "Changes", TimelineGroup.Changes),
    ];

    private readonly Loadable<TimelinePage> _page = new();
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _new = [];
    private ElementReference _list;
    private ITimer? _look;
    private (long Ticket, int Revision, int Most)? _read;
    private int _most = Step;
    private bool _toEnd;

    [Parameter, EditorRequired]
    public long TicketId { get; set; }

    /// <summary>Another number reads again.</summary>
    [Parameter]
    public int Revision { get; set; }

    /// <summary>One of the keys above; null shows all.</summary>
    [Parameter]
    public string? Show { get; set; }

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    private bool Selecting => Desk.Split is not null;

    private IReadOnlySet<long> Selected => Desk.Split ?? (IReadOnlySet<long>)new HashSet<long>();

    private IReadOnlyList<TimelineEntry> Visible
    {
        get
        {
            var group = Filters.FirstOrDefault(f => f.Key == Show).Group;
            return _page.Value is not { } page ? []
                : group is null ? page.Entries
                : [.. page.Entries.Where(e => e.Group == group)];
        }
    }

    protected override void OnInitialized() => Desk.SplitChanged += OnSplitChanged;

    protected override async Task OnParametersSetAsync()
    {
        if (_read?.Ticket != TicketId)
        {
            _known.Clear();
            _new.Clear();
            _most = Step;
        }

        if (_read != (TicketId, Revision, _most))
        {
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toEnd && _page.IsFilled && _list.Context is not null)
        {
            _toEnd = false;
            await js.InvokeVoidAsync("plum.timeline.toEnd", _list);
        }
    }

    private async Task ReadAsync()
    {
        _read = (TicketId, Revision, _most);
        var first = _known.Count == 0;
        var by = await Desk.WhoAsync();
        await LoadAsync(_page, ct => timeline.ReadAsync(TicketId, _most, by, ct));
        foreach (var entry in _page.Value?.Entries ?? [])
        {
            if (_known.Add(entry.Key) && !first && entry.UserId != by.UserId)
            {
                _new.Add(entry.Key);
            }
            else if (!first && entry.UserId == by.UserId && entry.Message is not null)
            {
                _toEnd |= entry.Key == _page.Value!.Entries[^1].Key; // what one has just said is in sight
            }
        }

        _toEnd |= first;
        WatchMail();
    }

    /// <summary>A mail that is on its way is no event of the ticket: while there is one, the timeline looks again.</summary>
    private void WatchMail()
    {
        var underWay =
            _page.Value?.Entries.Any(e => e.Mail is { Status: OutboxStatus.Queued or OutboxStatus.Sending, Error: null }) ?? false;
        if (underWay && RendererInfo.IsInteractive)
        {
            _look ??= clock.CreateTimer(_ => _ = InvokeAsync(LookAgainAsync), state: null, Look, Look);
        }
        else
        {
            _look?.Dispose();
            _look = null;
        }
    }

    private async Task LookAgainAsync()
    {
        if (!Leaving.IsCancellationRequested && _look is not null)
        {
            await ReadAsync();
            StateHasChanged();
        }
    }

    private async Task EarlierAsync()
    {
        _most += Step;
        foreach (var key in _page.Value?.Entries.Select(e => e.Key) ?? [])
        {
            _known.Add(key);
        }

        _read = (TicketId, Revision, _most);
        var by = await Desk.WhoAsync();
        await LoadAsync(_page, ct => timeline.ReadAsync(TicketId, _most, by, ct));
        _known.UnionWith(_page.Value?.Entries.Select(e => e.Key) ?? []);
    }

    private async Task ShowNewAsync()
    {
        var first = Visible.FirstOrDefault(e => _new.Contains(e.Key))?.Key;
        _new.Clear();
        if (first is not null)
        {
            await js.InvokeVoidAsync("plum.timeline.show", _list, first);
        }
    }

    private void OnSplitChanged(object? sender, EventArgs e) => StateHasChanged();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Desk.SplitChanged -= OnSplitChanged;
            _look?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void OnSelect(long messageId) => Desk.Select(messageId);

    private string Href(string? key) => $"/tickets/{TicketReference.Of(TicketId)}{(key is null ? "" : $"?show={key}")}";

    private int Count(TimelineGroup? group) => group is null ? 0 : _page.Value?.Entries.Count(e => e.Group == group) ?? 0;
}
