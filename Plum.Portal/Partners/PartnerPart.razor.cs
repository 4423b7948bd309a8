using Plum.Data.Partners;
using Plum.Portal.Shared;

namespace Plum.Portal.Partners;

/// <summary>What an institution's people see when they begin: their customers, what they asked for, what their funds have.</summary>
public partial class PartnerPart(CustomerService customers, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<PartnerHome> _home = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(_home, async ct => (await customers.HomeAsync(await actor.GetAsync(), ct))!, keep: "home:partner");
}
