using Microsoft.AspNetCore.Components.Forms;
using Plum.Data.Clients;
using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

/// <summary>The failed deliveries, and all others when asked for. What happens meanwhile is marked, and shown when asked for.</summary>
public partial class DeliveriesPage
{
    private const int Size = 50;
    private const long MostBytes = 4 << 20;

    private readonly DeliveryService _deliveries;
    private readonly ClientService _clients;
    private readonly ProgrammeService _programmes;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly Loadable<DeliveryPage> _page = new();
    private readonly Loadable<DeliveryCounts> _counts = new();
    private readonly HashSet<long> _chosen = [];
    private readonly HashSet<long> _changed = [];
    private IReadOnlyList<long> _many = [];
    private ClientChoice? _client;
    private ProgrammeChoice? _programme;

    /// <summary>What the list would be now, where that differs from what is on the screen.</summary>
    private DeliveryPage? _fresh;
    private ListAddress _address = ListAddress.Read(DeliveryPageWords.Path);
    private IReadOnlyList<Mended>? _results;
    private Refusal? _refusal;
    private Refusal? _manyRefusal;
    private string? _to;
    private string _find = "";
    private string _with = "";
    private bool _manyOpen;
    private bool _working;

    public DeliveriesPage(DeliveryService deliveries, ClientService clients, ProgrammeService programmes, Viewer viewer, Toasts toasts) =>
        (_deliveries, _clients, _programmes, _viewer, _toasts) = (deliveries, clients, programmes, viewer, toasts);

    /// <summary>The delivery whose sheet is open.</summary>
    private DeliveryView? Shown { get; set; }

    private bool MayMend => By.May(Act.MendDeliveries);

    private string StateText => _address.Text("state") ?? "failed";

    private string ExportHref => DeliveryFiles.Path + new Uri(new Uri("http://plum/"), _address.Href).Query;

    private DeliveryFilter Filter => DeliveryFiles.FilterOf(_address);

    private string ManyText =>
        _many.Count == 0 ? "No failed delivery matches the filters."
        : _chosen.Count == 1 ? "The one that is chosen."
        : _chosen.Count > 0 ? $"The {_viewer.Number(_many.Count)} that are chosen."
        : _many.Count == MendDeliveries.Most ? $"The newest {_viewer.Number(_many.Count)} that match the filters: as many as go at once."
        : _many.Count == 1 ? "The one that failed and matches the filters."
        : $"The {_viewer.Number(_many.Count)} that failed and match the filters.";

    protected override async Task OnAddressAsync()
    {
        var before = _address;
        _address = DeliveryFiles.Read(Navigation.Uri);
        if (before.With("id", value: null) != _address.With("id", value: null))
        {
            _chosen.Clear(); // what is no longer seen is not chosen
        }

        _client = _address.Text("client") is { } client ? await _clients.ChoiceAsync(client, By, Leaving) : null;
        _programme = _address.Key("programme") is { } programme ? await _programmes.ChoiceAsync(programme, By, Leaving) : null;
        await RefreshAsync();
        await ShowAsync();
    }

    private async Task RefreshAsync()
    {
        await LoadAsync(_counts, ct => _deliveries.CountAsync(By, ct));
        await LoadAsync(_page, ReadAsync);
        _fresh = null;
        _changed.Clear();
    }

    /// <summary>Counts follow at once, rows wait until they are asked for.</summary>
    private async Task LookAsync()
    {
        if (_page.IsLoading || _page.Value is not { } shown)
        {
            return;
        }

        var (counts, now) = (await _deliveries.CountAsync(By, Leaving), await ReadAsync(Leaving));
        if (_page.IsLoading || !ReferenceEquals(_page.Value, shown))
        {
            return; // other rows came meanwhile
        }

        var versions = shown.Rows.ToDictionary(r => r.Id, r => r.Version);
        _changed.Clear();
        _changed.UnionWith(now.Rows.Where(r => versions.TryGetValue(r.Id, out var seen) && seen != r.Version).Select(r => r.Id));
        _changed.UnionWith(versions.Keys.Except(now.Rows.Select(r => r.Id)));
        _fresh = Differences(shown, now) > 0 ? now : null;
        _counts.Fill(counts);
        StateHasChanged();
    }

    private void ShowFresh()
    {
        if (_fresh is { } fresh)
        {
            _page.Fill(fresh);
            _chosen.IntersectWith(fresh.Rows.Select(r => r.Id));
            _fresh = null;
            _changed.Clear();
        }
    }

    private static int Differences(DeliveryPage shown, DeliveryPage now) =>
        Math.Max(
            now.Rows.Select(r => (r.Id, r.Version)).Except(shown.Rows.Select(r => (r.Id, r.Version))).Count(),
            shown.Rows.Select(r => r.Id).Except(now.Rows.Select(r => r.Id)).Count()
        );

    private Task<DeliveryPage> ReadAsync(CancellationToken ct) =>
        _deliveries.ListAsync(new DeliveryListQuery(Filter, _address.Number("before"), Size), By, ct);

    private async Task ShowAsync()
    {
        Shown = _address.Number("id") is { } id ? await _deliveries.ViewAsync(id, By, Leaving) : null;
        (_to, _refusal) = (Shown?.Row.Address, null);
    }

    private void Go(string key, string? value) => Navigation.NavigateTo(_address.With(key, value?.ToLowerInvariant()));

    private void Close() => Navigation.NavigateTo(_address.With("id", value: null));

    private void Choose(long id)
    {
        if (!_chosen.Remove(id))
        {
            _chosen.Add(id);
        }
    }

    private Task ResendAsync() =>
        SettleAsync(
            row => _deliveries.ResendAsync(new ResendDelivery(row.Id, row.Version, _to), By, CancellationToken.None),
            row => $"{row.Order} is sent again."
        );

    private Task OtherAsync(DeliveryChannel channel) =>
        SettleAsync(
            row => _deliveries.ReplaceChannelAsync(new ReplaceChannel(row.Id, row.Version, channel), By, CancellationToken.None),
            row => $"{row.Order} is sent by {DeliveryPageWords.Of(channel)}."
        );

    private async Task SettleAsync(Func<DeliveryRow, Task<Outcome>> change, Func<DeliveryRow, string> done)
    {
        if (Shown is not { Row: { } row })
        {
            return;
        }

        var outcome = await change(row);
        _refusal = (outcome as Outcome.Refused)?.Why;
        if (_refusal is null && _toasts.Show(outcome, done(row)))
        {
            Close();
        }
        else if (outcome is Outcome.Stale)
        {
            Shown = await _deliveries.ViewAsync(row.Id, By, Leaving); // what was typed stays
        }
    }

    private async Task TicketAsync()
    {
        if (Shown is { Row: { } row })
        {
            var outcome = await _deliveries.OpenTicketAsync(new OpenDeliveryTicket(row.Id), By, CancellationToken.None);
            if (
                _toasts.Show(
                    outcome,
                    $"{row.Order} is a ticket now.",
                    outcome is Outcome.Done { Key: { } key } ? (key, $"/tickets/{key}") : null
                )
            )
            {
                await ShowAsync();
            }
        }
    }

    private async Task ResumeAsync(PausedProvider pause)
    {
        var outcome = await _deliveries.ResumeAsync(new ResumeProvider(pause.Provider), By, CancellationToken.None);
        _toasts.Show(outcome, $"Messages leave by {pause.Provider} again.");
        await LoadAsync(_counts, ct => _deliveries.CountAsync(By, ct));
    }

    /// <summary>What is counted when it opens is what is mended: what comes meanwhile waits for the next time.</summary>
    private async Task OpenManyAsync()
    {
        _many = _chosen.Count > 0 ? [.. _chosen] : await _deliveries.IdsAsync(Filter with { State = DeliveryState.Failed }, By, Leaving);
        (_manyOpen, _results, _manyRefusal) = (true, null, null);
    }

    private void CloseMany() => (_manyOpen, _results) = (false, null);

    private Task ReplaceAsync() => MendAsync(new Mend.Replace(_find.Trim(), _with.Trim()));

    private async Task MendAsync(Mend how)
    {
        _working = true;
        try
        {
            await ShowResultsAsync(await _deliveries.MendAsync(new MendDeliveries(_many, how), By, CancellationToken.None));
        }
        finally
        {
            _working = false;
        }
    }

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        if (e.File.Size > MostBytes)
        {
            _manyRefusal = new Refusal("delivery.csv-size", $"The file has more than {MostBytes >> 20} MB. Split it.");
            return;
        }

        _working = true;
        try
        {
            await using var stream = e.File.OpenReadStream(MostBytes, Leaving);
            using var kept = new MemoryStream();
            await stream.CopyToAsync(kept, Leaving);
            kept.Position = 0;
            var (refusal, results) = await _deliveries.MendFromCsvAsync(new StreamReader(kept), By, CancellationToken.None);
            _manyRefusal = refusal is null ? null : refusal with { Field = null };
            if (refusal is null)
            {
                await ShowResultsAsync(results);
            }
        }
        finally
        {
            _working = false;
        }
    }

    private async Task ShowResultsAsync(IReadOnlyList<Mended> results)
    {
        _results = results;
        _chosen.Clear();
        await RefreshAsync();
    }

    private static string Why(Mended mended) => mended.Outcome is Outcome.Refused refused ? refused.Why.Message : Toasts.StaleText;
}
