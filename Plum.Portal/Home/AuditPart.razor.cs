using Plum.Data.Audit;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

public partial class AuditPart(AuditSealing sealing, CurrentActor actor, Viewer viewer)
{
    /// <summary>More than the sealing job takes in some batches: it does not run, or cannot follow.</summary>
    private const long Backlog = 5_000;

    private readonly Loadable<ChainState> _chain = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(
            _chain,
            async ct => await sealing.StateAsync(await actor.GetAsync(), ct) ?? new ChainState(0, 0, null),
            keep: "home:audit"
        );
}
