using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Data.Orders;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

/// <summary>What the list of orders reads: the orders, and the names behind the keys in its address.</summary>
public sealed class OrderLists(
    OrderService orders,
    ClientService clients,
    ProgrammeService programmes,
    BrandService brands,
    SupplierService suppliers,
    Viewer viewer
)
{
    public Viewer Viewer => viewer;

    public async Task<OrderChoices> ChoicesAsync(ListAddress address, Actor by, CancellationToken ct) =>
        new(
            address.Text("client") is { } client ? await clients.ChoiceAsync(client, by, ct) : null,
            address.Key("programme") is { } programme ? await programmes.ChoiceAsync(programme, by, ct) : null,
            address.Key("brand") is { } brand ? await brands.ChoiceAsync(brand, by, ct) : null,
            address.Key("supplier") is { } supplier ? await suppliers.ChoiceAsync(supplier, by, ct) : null
        );

    /// <summary>A client in the address that is not there finds nothing, rather than everything.</summary>
    public OrderFilter Filter(ListAddress address, OrderChoices choices) =>
        new(
            address.Text("q"),
            address.Text("client") is null ? null : choices.Client?.Id ?? Guid.Empty,
            address.Key("programme"),
            address.Number("recipient"),
            address.Choice<OrderStatus>("status"),
            address.Key("brand"),
            address.Key("supplier"),
            address.Choice<Tender>("paid"),
            Midnight(address.Day("from"), 0),
            Midnight(address.Day("to"), 1)
        );

    public Task<Data.Shared.Page<OrderRow>> ListAsync(OrderListQuery query, Actor by, CancellationToken ct) =>
        orders.ListAsync(query, by, ct);

    private DateTime? Midnight(DateOnly? day, int daysLater) =>
        day is { } d && d < DateOnly.MaxValue ? viewer.ToUtc(d.AddDays(daysLater).ToDateTime(TimeOnly.MinValue)) : null;
}

public sealed record OrderChoices(ClientChoice? Client, ProgrammeChoice? Programme, BrandChoice? Brand, SupplierChoice? Supplier);
