using Plum.Portal.Jobs;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

public partial class JobsPart(JobDesk desk, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<IReadOnlyList<JobRow>> _jobs = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(_jobs, async ct => await desk.ListAsync(await actor.GetAsync(), ct), keep: "home:jobs");
}
