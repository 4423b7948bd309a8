namespace Plum.Domain.Tickets;

/// <summary>
/// What the queue and the reports need of the clocks, kept on the ticket's own row. Written by the reckoning alone
/// (Plum.Domain/Sla); the clocks themselves, and what a breach was, stand in SlaClock.
/// </summary>
public sealed partial class Ticket
{
    /// <summary>The version of the policy by which the clocks were reckoned; null when they never were.</summary>
    public Guid? SlaPolicyVersionId { get; private set; }

    /// <summary>The running clock that is due first, and when; in the past once it is overdue. Null when none runs.</summary>
    public SlaTarget? NextTarget { get; private set; }
    public DateTime? NextDueAtUtc { get; private set; }

    /// <summary>From when it is at risk.</summary>
    public DateTime? NextWarnAtUtc { get; private set; }

    /// <summary>When a clock has something to flag next, or should be reckoned again; null when there is nothing to come.</summary>
    public DateTime? SlaCheckAtUtc { get; private set; }

    /// <summary>Open, and no clock of it runs because of whom it waits on.</summary>
    public bool IsSlaPaused { get; private set; }

    /// <summary>Which targets were ever breached; a breach is never taken back.</summary>
    public SlaTargets BreachedTargets { get; private set; }

    // Whole working minutes, rounded down. Net: without pauses, and without the time for which it was final before. Gross: all of it.
    public int? FirstResponseWorkingMinutes { get; private set; }
    public int? FirstResolutionWorkingMinutes { get; private set; }
    public int? ResolutionWorkingMinutes { get; private set; }
    public int? FirstResolutionGrossMinutes { get; private set; }
    public int? ResolutionGrossMinutes { get; private set; }

    public void Stand(SlaStanding sla)
    {
        SlaPolicyVersionId = sla.PolicyVersionId;
        (NextTarget, NextDueAtUtc, NextWarnAtUtc) = (sla.NextTarget, sla.NextDueAtUtc, sla.NextWarnAtUtc);
        (SlaCheckAtUtc, IsSlaPaused, BreachedTargets) = (sla.CheckAtUtc, sla.IsPaused, sla.Breached);
        FirstResponseWorkingMinutes = sla.FirstResponseMinutes;
        FirstResolutionWorkingMinutes = sla.FirstResolutionMinutes;
        ResolutionWorkingMinutes = sla.ResolutionMinutes;
        FirstResolutionGrossMinutes = sla.FirstResolutionGrossMinutes;
        ResolutionGrossMinutes = sla.ResolutionGrossMinutes;
    }

    public void StopChecking() => SlaCheckAtUtc = null;
}

/// <summary>What a policy promises a time for.</summary>
public enum SlaTarget
{
    FirstResponse = 1,
    NextResponse = 2,
    Resolution = 3,
}

[Flags]
public enum SlaTargets
{
    None = 0,
    FirstResponse = 1,
    NextResponse = 2,
    Resolution = 4,
}

/// <summary>What a reckoning writes on the ticket; each part is explained there.</summary>
public sealed record SlaStanding(
    Guid? PolicyVersionId,
    SlaTarget? NextTarget,
    DateTime? NextDueAtUtc,
    DateTime? NextWarnAtUtc,
    DateTime? CheckAtUtc,
    bool IsPaused,
    SlaTargets Breached,
    int? FirstResponseMinutes,
    int? FirstResolutionMinutes,
    int? ResolutionMinutes,
    int? FirstResolutionGrossMinutes,
    int? ResolutionGrossMinutes
);
