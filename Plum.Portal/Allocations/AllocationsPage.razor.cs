using Plum.Data.Allocations;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

public sealed partial class AllocationsPage(AllocationService files, Viewer viewer)
{
    private const int Size = 50;

    private readonly Loadable<Page<AllocationListRow>> _page = new();
    private ListAddress _address = ListAddress.Read(AllocationLinks.All);
    private AllocationState? _state;

    private Viewer Viewer => viewer;

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "state");
        _state = _address.Choice<AllocationState>("state");
        return LoadAsync(
            _page,
            ct => files.ListAsync((_address.Page - 1) * Size, Size, _state, clientId: null, By, ct),
            $"allocations {_address.Href}"
        );
    }
}
