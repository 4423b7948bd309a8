using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>What the pages about who may decide need besides their service. Scoped; components only.</summary>
public sealed class DecidingDesk(CurrentActor actor, Toasts toasts, Confirmations confirmations)
{
    public CurrentActor Actor => actor;

    public Toasts Toasts => toasts;

    public Confirmations Confirmations => confirmations;
}
