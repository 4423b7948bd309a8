using Microsoft.AspNetCore.Components.Forms;
using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

/// <summary>The failed deliveries, and all others when asked for.</summary>
public partial class DeliveriesPage
{
    private const int Size = 50;
    private const long MostBytes = 4 << 20;

    private readonly DeliveryService _deliveries;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly Loadable<DeliveryPage> _page = new();
    private readonly Loadable<DeliveryCounts> _counts = new();
    private readonly HashSet<long> _chosen = [];
    private ListAddress _address = ListAddress.Read(DeliveryPageWords.Path);
    private IReadOnlyList<Mended>? _results;
    private Refusal? _refusal;
    private Refusal? _manyRefusal;
    private string? _to;
    private string _find = "";
    private string _with = "";
    private bool _manyOpen;
    private bool _working;

    public DeliveriesPage(DeliveryService deliveries, Viewer viewer, Toasts toasts) =>
        (_deliveries, _viewer, _toasts) = (deliveries, viewer, toasts);

    /// <summary>The delivery whose sheet is open.</summary>
    private DeliveryView? Shown { get; set; }

    private bool MayMend => By.May(Act.MendDeliveries);

    private string StateText => _address.Text("state") ?? "failed";

    private string ExportHref => DeliveryFiles.Path + new Uri(new Uri("http://plum/"), _address.Href).Query;

    private DeliveryFilter Filter => DeliveryFiles.FilterOf(_address);

    protected override async Task OnAddressAsync()
    {
        _address = DeliveryFiles.Read(Navigation.Uri);
        await LoadAsync(_counts, ct => _deliveries.CountAsync(By, ct));
        await LoadAsync(_page, ReadAsync);
        await ShowAsync();
    }

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
            await ShowAsync();
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

    private void OpenMany() => (_manyOpen, _results, _manyRefusal) = (true, null, null);

    private void CloseMany() => (_manyOpen, _results) = (false, null);

    private Task ReplaceAsync() => MendAsync(new Mend.Replace(_find.Trim(), _with.Trim()));

    private async Task MendAsync(Mend how)
    {
        _working = true;
        try
        {
            IReadOnlyList<long> ids =
                _chosen.Count > 0
                    ? [.. _chosen]
                    : await _deliveries.IdsAsync(Filter with { State = DeliveryState.Failed }, By, CancellationToken.None);
            await ShowResultsAsync(await _deliveries.MendAsync(new MendDeliveries(ids, how), By, CancellationToken.None));
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
        await LoadAsync(_counts, ct => _deliveries.CountAsync(By, ct));
        await LoadAsync(_page, ReadAsync);
    }

    private static string Why(Mended mended) => mended.Outcome is Outcome.Refused refused ? refused.Why.Message : Toasts.StaleText;
}
