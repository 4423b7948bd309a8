using Plum.Data.Home;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

public partial class SpikesPart(HomeService home, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<IReadOnlyList<SpikeRow>> _spikes = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(_spikes, async ct => await home.SpikesAsync(viewer.Zone.Id, await actor.GetAsync(), ct), keep: "home:spikes");
}
