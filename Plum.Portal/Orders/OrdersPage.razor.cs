using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

public partial class OrdersPage(OrderLists lists)
{
    private const int Size = 50;

    private static readonly string[] _filters =
    [
        "q",
        "client",
        "programme",
        "recipient",
        "status",
        "brand",
        "supplier",
        "paid",
        "from",
        "to",
    ];

    private readonly OrderLists _lists = lists;
    private readonly Loadable<Page<OrderRow>> _page = new();
    private ListAddress _address = ListAddress.Read(OrderWords.Path);
    private (OrderSort By, bool Descending) _sort;
    private ClientChoice? _client;
    private ProgrammeChoice? _programme;
    private BrandChoice? _brand;
    private SupplierChoice? _supplier;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, _filters);
        _sort = _address.Sort(OrderSort.Placed, descending: true);
        var choices = await _lists.ChoicesAsync(_address, By, Leaving);
        (_client, _programme, _brand, _supplier) = (choices.Client, choices.Programme, choices.Brand, choices.Supplier);
        var query = new OrderListQuery(_lists.Filter(_address, choices), (_address.Page - 1) * Size, Size, _sort.By, _sort.Descending);
        await LoadAsync(_page, ct => _lists.ListAsync(query, By, ct), $"orders {_address.Href}");
    }

    private void Go(string key, string? value) => Navigation.NavigateTo(_address.With(key, value));
}
