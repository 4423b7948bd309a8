using Microsoft.AspNetCore.Components;
using Plum.Data.Orders;
using Plum.Domain.Orders;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

public partial class OrderPage(OrderService orders)
{
    private readonly Loadable<OrderView?> _order = new();

    [Parameter]
    public string Reference { get; set; } = "";

    protected override Task OnAddressAsync() => ReadAsync();

    private Task ReadAsync() =>
        LoadAsync(_order, async ct => OrderReference.Parse(Reference) is { } id ? await orders.ViewAsync(id, By, ct) : null);
}
