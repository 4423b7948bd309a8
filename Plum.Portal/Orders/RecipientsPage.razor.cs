using Plum.Data.Clients;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

public partial class RecipientsPage(RecipientService recipients, ClientService clients)
{
    private const int Size = 50;

    private readonly Loadable<Page<RecipientRow>> _page = new();
    private ListAddress _address = ListAddress.Read(OrderWords.Recipients);
    private (RecipientSort By, bool Descending) _sort;
    private ClientChoice? _client;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "client");
        _sort = _address.Sort(RecipientSort.Name);
        _client = _address.Text("client") is { } code ? await clients.ChoiceAsync(code, By, Leaving) : null;

        // A client in the address that is not there finds nobody, rather than everybody.
        var clientId = _address.Text("client") is null ? null : (Guid?)(_client?.Id ?? Guid.Empty);
        var query = new RecipientListQuery((_address.Page - 1) * Size, Size, _sort.By, _sort.Descending, _address.Text("q"), clientId);
        await LoadAsync(_page, ct => recipients.ListAsync(query, By, ct), $"recipients {_address.Href}");
    }
}
