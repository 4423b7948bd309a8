using Plum.Data.Deliveries;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

public partial class DeliveriesPart(DeliveryService deliveries, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<DeliveryCounts> _counts = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(_counts, async ct => await deliveries.CountAsync(await actor.GetAsync(), ct), keep: "home:deliveries");
}
