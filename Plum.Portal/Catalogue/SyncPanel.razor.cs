using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>How the last reading of a supplier's catalogue went, or goes.</summary>
public sealed partial class SyncPanel(CatalogueSyncService syncs, Viewer viewer, Toasts toasts, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private SupplierRow? _shown;
    private SyncView? _sync;
    private IReadOnlyList<SyncFault> _faults = [];
    private bool _isRead;
    private ITimer? _timer;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Null while none is open.</summary>
    [Parameter]
    public SupplierRow? Supplier { get; set; }

    [Parameter]
    public EventCallback Close { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    private bool CanEdit => By.LacksForAll(Act.EditCatalogue) is null;

    protected override async Task OnParametersSetAsync()
    {
        if (Supplier is not null && Supplier.Id != _shown?.Id)
        {
            (_shown, _sync, _faults, _isRead) = (Supplier, null, [], false);
            await ReadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(WatchAsync), state: null, Every, Every);
        }
    }

    private async Task WatchAsync()
    {
        if (Supplier is null || _sync?.State != CatalogueSyncState.Running || Leaving.IsCancellationRequested)
        {
            return;
        }

        await ReadAsync();
        if (_sync?.State != CatalogueSyncState.Running)
        {
            await Changed.InvokeAsync();
        }

        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        var id = Supplier!.Id;
        _sync = (await syncs.LatestAsync([id], By, Leaving)).GetValueOrDefault(id);
        _faults = _sync is { Unreadable: > 0 } ? await syncs.FaultsAsync(_sync.Id, By, Leaving) : [];
        _isRead = true;
    }

    private Task StartAsync() =>
        DoneAsync(
            () => syncs.StartAsync(new StartSync(Supplier!.Id), By, CancellationToken.None),
            $"The catalogue of {Supplier!.Name} is being read."
        );

    private Task AcceptAsync() =>
        DoneAsync(() => syncs.AcceptAsync(new AcceptDrop(_sync!.Id), By, CancellationToken.None), "They are being switched off.");

    private async Task DoneAsync(Func<Task<Outcome>> command, string said)
    {
        toasts.Show(await command(), said);
        await ReadAsync();
        await Changed.InvokeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }
}
