using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>A client's own list: what its people handed over and its recipients complained of.</summary>
public partial class ComplaintsPage(ComplaintService complaints)
{
    private const int Size = 50;

    private readonly Loadable<Page<ComplaintRow>> _page = new();
    private ListAddress _address = ListAddress.Read(ComplaintWords.Path);

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "state");
        bool? open = _address.Text("state") switch
        {
            "open" => true,
            "closed" => false,
            _ => null,
        };
        var query = new ComplaintListQuery((_address.Page - 1) * Size, Size, _address.Text("q"), open);
        return LoadAsync(_page, ct => complaints.ListAsync(query, By, ct), $"complaints {_address.Href}");
    }
}
