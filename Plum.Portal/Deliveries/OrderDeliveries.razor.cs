using Microsoft.AspNetCore.Components;
using Plum.Data.Deliveries;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

public partial class OrderDeliveries(DeliveryService deliveries)
{
    private readonly Loadable<IReadOnlyList<DeliveryRow>> _rows = new();

    [Parameter, EditorRequired]
    public long OrderId { get; set; }

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync(_rows, ct => deliveries.OfOrderAsync(OrderId, By, ct));
}
