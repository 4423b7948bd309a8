using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

/// <summary>What needs me now, by what one may do: see <see cref="Plum.Domain.Home.HomeParts"/>.</summary>
public partial class HomePage(CurrentActor actor)
{
    private Actor? _by;

    protected override async Task OnInitializedAsync() => _by = await actor.GetAsync();
}
