using Plum.Data.Audit;
using Plum.Domain.Audit;
using Plum.Portal.Shared;

namespace Plum.Portal.Audit;

public partial class AuditChainState(AuditSealing sealing, CurrentActor actor, Viewer viewer)
{
    private ChainState? _state;
    private IReadOnlyList<AuditFinding>? _findings;
    private bool _walking;
    private long _walked;

    protected override async Task OnInitializedAsync() => _state = await sealing.StateAsync(await actor.GetAsync(), Leaving);

    private async Task VerifyAsync()
    {
        (_walking, _walked) = (true, 0);
        try
        {
            var by = await actor.GetAsync();
            var progress = new Progress<long>(walked =>
            {
                _walked = walked;
                StateHasChanged();
            });
            _findings = await sealing.VerifyAsync(by, progress, Leaving);
            _state = await sealing.StateAsync(by, Leaving);
        }
        finally
        {
            _walking = false;
        }
    }
}
