using Plum.Data.Sla;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

public partial class PoliciesPage(SlaPolicyService service, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<IReadOnlyList<SlaPolicyRow>> _policies = new();

    protected override async Task OnInitializedAsync()
    {
        var by = await actor.GetAsync();
        await LoadAsync(_policies, ct => service.ListAsync(by, ct), keep: "policies");
    }
}
