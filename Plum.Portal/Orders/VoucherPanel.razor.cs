using Microsoft.AspNetCore.Components;
using Plum.Data.Orders;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

/// <summary>A voucher masked, and its code for half a minute to whoever may read it and says why.</summary>
public sealed partial class VoucherPanel : ComponentBase, IDisposable
{
    public const int SecondsShown = 30;

    private readonly OrderService _orders;
    private readonly TimeProvider _clock;
    private readonly FormDrafts _drafts;
    private VoucherSecret? _secret;
    private ITimer? _ticking;
    private int _left;

    public VoucherPanel(OrderService orders, TimeProvider clock)
    {
        (_orders, _clock) = (orders, clock);
        _drafts = new FormDrafts(new FormField("Reason", "Why it must be read")) { Changed = StateHasChanged };
    }

    [Parameter, EditorRequired]
    public OrderView Order { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Told when the order's history has grown by the reveal.</summary>
    [Parameter]
    public EventCallback Revealed { get; set; }

    private void Ask() => _drafts.Open(FormDrafts.New);

    private async Task RevealAsync()
    {
        var draft = _drafts.Current!;
        var revealed = await _orders.RevealVoucherAsync(new RevealVoucher(Order.Id, draft["Reason"]), By, CancellationToken.None);
        if (await draft.SettleAsync(revealed.Outcome))
        {
            _drafts.Done();
            (_secret, _left) = (revealed.Voucher, SecondsShown);
            _ticking?.Dispose();
            _ticking = _clock.CreateTimer(_ => _ = InvokeAsync(Tick), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            await Revealed.InvokeAsync();
        }
    }

    private void Tick()
    {
        if (--_left <= 0)
        {
            Hide();
        }

        StateHasChanged();
    }

    private void Hide()
    {
        _ticking?.Dispose();
        (_secret, _ticking) = (null, null);
    }

    public void Dispose() => Hide();
}
