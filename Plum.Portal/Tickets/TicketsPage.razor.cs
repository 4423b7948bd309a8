using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The queue. What it shows is in its address; what others change meanwhile is marked, and shown when asked for.</summary>
public partial class TicketsPage(TicketQueueService tickets, CurrentActor actor, Viewer viewer, NavigationManager navigation)
{
    private readonly Loadable<TicketQueueView> _queue = new();
    private readonly TicketQueueSelection _selection = new();
    private readonly HashSet<long> _changed = [];
    private TicketQueueAddress _address = TicketQueueAddress.Read("");
    private string _scope = "";
    private TicketQueueRunBar? _bar;
    private bool _editing;
    private Actor? _by;
    private DateTime _nowUtc;
    private bool _heard;

    /// <summary>What the queue would be now, where that differs from what is on the screen.</summary>
    private TicketQueueView? _fresh;

    protected override async Task OnInitializedAsync()
    {
        _by = await actor.GetAsync();
        if (_by.ClientId is not null && !_by.May(Act.WorkTickets) && _by.May(Act.HandOverComplaints))
        {
            navigation.NavigateTo("/complaints", replace: true); // the client's own view of them
            return;
        }

        navigation.LocationChanged += OnLocationChanged;
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        _address = TicketQueueAddress.Read(navigation.Uri);
        if (_address.Scope != _scope)
        {
            _scope = _address.Scope;
            _selection.Clear();
        }

        _heard = false;
        await LoadAsync(_queue, ReadAsync, $"queue?{_address.Query}");
        _nowUtc = _queue.Value?.AtUtc ?? _nowUtc;
        _selection.See(_queue.Value?.Rows ?? []);
        _fresh = null;
        _changed.Clear();
        if (_heard)
        {
            await HearAsync(); // it came while the rows were read, and may not be in them
        }
    }

    private async Task<TicketQueueView> ReadAsync(CancellationToken ct) =>
        await tickets.PageAsync(_address.ToQuery(viewer.Zone.Id), _by!, ct)
        ?? throw new RefusedException(Refusals.NotAllowed(Act.ReadTickets));

    /// <summary>Somebody changed tickets: counts follow at once, rows wait until they are asked for.</summary>
    private async Task HearAsync()
    {
        _heard = true;
        while (_heard && !_queue.IsLoading && _queue.Value is { } shown)
        {
            _heard = false;
            var now = await ReadAsync(Leaving);
            if (_queue.IsLoading || !ReferenceEquals(_queue.Value, shown))
            {
                _heard = true; // other rows came meanwhile: it is compared with those
                continue;
            }

            Mark(shown, now);
        }
    }

    private void Mark(TicketQueueView shown, TicketQueueView now)
    {
        var versions = shown.Rows.ToDictionary(r => r.Id, r => r.Version);
        _changed.Clear();
        _changed.UnionWith(now.Rows.Where(r => versions.TryGetValue(r.Id, out var seen) && seen != r.Version).Select(r => r.Id));
        _changed.UnionWith(versions.Keys.Except(now.Rows.Select(r => r.Id)));
        _fresh = Differences(shown, now) > 0 ? now : null;
        _queue.Fill(shown with { Tabs = now.Tabs });
        StateHasChanged();
    }

    private void ShowFresh()
    {
        if (_fresh is { } fresh)
        {
            _queue.Fill(fresh);
            _selection.See(fresh.Rows);
            (_fresh, _nowUtc) = (null, fresh.AtUtc);
            _changed.Clear();
        }
    }

    /// <summary>One's own change of many tickets is shown at once; what it could not do stays selected, so that one can mend it.</summary>
    private async Task EndedAsync(TicketQueueRun run)
    {
        if (run.Scope == _scope)
        {
            _selection.Take(run.Left);
        }

        await RefreshAsync();
    }

    private void SelectLeft(TicketQueueRun run) => _selection.Take(run.Left);

    private static int Differences(TicketQueueView shown, TicketQueueView now) =>
        Math.Max(
            now.Rows.Select(r => (r.Id, r.Version)).Except(shown.Rows.Select(r => (r.Id, r.Version))).Count(),
            shown.Rows.Select(r => r.Id).Except(now.Rows.Select(r => r.Id)).Count()
        );

    private string Changes(TicketQueueView fresh) => $"{viewer.Number(Differences(_queue.Value!, fresh))} changed";

    private IReadOnlyList<TicketColumn> Columns(TicketQueueView queue) => _address.Columns ?? queue.View.Columns;

    private string AllMatching(TicketQueueView queue) =>
        (TicketQueueAddress.Of(StandardViews.All) with { Beyond = TicketFilterText.Write(queue.Filter with { Open = null }) }).Href;

    private static string Nothing(TicketView view) =>
        view.Key switch
        {
            StandardViews.Mine => "Nothing is assigned to you",
            StandardViews.Breached => "Nothing is past due",
            StandardViews.AtRisk => "Nothing is at risk",
            StandardViews.Unassigned => "Every open ticket has an owner",
            StandardViews.All => "There are no tickets yet",
            _ => $"Nothing in {view.Name}",
        };

    private static string NothingWhy(TicketView view) =>
        view.Key switch
        {
            StandardViews.Mine => "Take a ticket that nobody owns, or wait until one is assigned to you.",
            StandardViews.All => "They come in by the client form, the import of a history, or by hand.",
            _ => "No ticket stands so at the moment.",
        };

    private void OnTick(DateTime nowUtc) => _nowUtc = nowUtc;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) =>
        _ = InvokeAsync(async () =>
        {
            if (new Uri(e.Location).AbsolutePath == TicketQueueAddress.Path && !Leaving.IsCancellationRequested)
            {
                await RefreshAsync();
                StateHasChanged();
            }
        });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            navigation.LocationChanged -= OnLocationChanged;
        }

        base.Dispose(disposing);
    }
}
