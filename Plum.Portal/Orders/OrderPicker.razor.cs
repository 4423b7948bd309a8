using Microsoft.AspNetCore.Components;
using Plum.Data.Orders;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

/// <summary>An order, found by reference, recipient, the voucher's last four or the supplier's reference.</summary>
public partial class OrderPicker(OrderService service, CurrentActor actor, Viewer viewer) : PickerOf<OrderChoice>("Order")
{
    /// <summary>Null offers those of every client that the person sees.</summary>
    [Parameter]
    public Guid? ClientId { get; set; }

    /// <summary>Null offers those of every recipient.</summary>
    [Parameter]
    public long? RecipientId { get; set; }

    private async Task<IReadOnlyList<OrderChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, ClientId, RecipientId, PickerOptions.Most, await actor.GetAsync(), ct);
}
