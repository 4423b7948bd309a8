using Plum.Data.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

/// <summary>What a load writes of clocks and of how a ticket stands, whoever reckoned them.</summary>
internal static class SlaColumns
{
    /// <param name="read">Null where no policy applies.</param>
    public static BulkColumns<T> Standing<T>(this BulkColumns<T> map, Func<T, SlaStanding?> read) =>
        map.Guid(nameof(Ticket.SlaPolicyVersionId), t => read(t)?.PolicyVersionId)
            .Name<SlaTarget>(nameof(Ticket.NextTarget), t => read(t)?.NextTarget)
            .Time(nameof(Ticket.NextDueAtUtc), t => read(t)?.NextDueAtUtc)
            .Time(nameof(Ticket.NextWarnAtUtc), t => read(t)?.NextWarnAtUtc)
            .Time(nameof(Ticket.SlaCheckAtUtc), t => read(t)?.CheckAtUtc)
            .Long(nameof(Ticket.IsSlaPaused), t => read(t) is { IsPaused: true } ? 1 : 0)
            .Long(nameof(Ticket.BreachedTargets), t => (int)(read(t)?.Breached ?? SlaTargets.None))
            .Long(nameof(Ticket.FirstResponseWorkingMinutes), t => read(t)?.FirstResponseMinutes)
            .Long(nameof(Ticket.FirstResolutionWorkingMinutes), t => read(t)?.FirstResolutionMinutes)
            .Long(nameof(Ticket.ResolutionWorkingMinutes), t => read(t)?.ResolutionMinutes)
            .Long(nameof(Ticket.FirstResolutionGrossMinutes), t => read(t)?.FirstResolutionGrossMinutes)
            .Long(nameof(Ticket.ResolutionGrossMinutes), t => read(t)?.ResolutionGrossMinutes);

    /// <summary>All of a clock but when it was due, warned and breached: what an old system recorded of these goes before what is reckoned.</summary>
    public static BulkColumns<T> Clock<T>(this BulkColumns<T> map, Func<T, SlaClock> read) =>
        map.Long(nameof(SlaClock.TicketId), c => read(c).TicketId)
            .Name<SlaTarget>(nameof(SlaClock.Target), c => read(c).Target)
            .Time(nameof(SlaClock.StartedAtUtc), c => read(c).StartedAtUtc)
            .Long(nameof(SlaClock.TargetMinutes), c => read(c).TargetMinutes)
            .Long(nameof(SlaClock.UsedMinutes), c => read(c).UsedMinutes)
            .Time(nameof(SlaClock.WarnAtUtc), c => read(c).WarnAtUtc)
            .Time(nameof(SlaClock.PausedSinceUtc), c => read(c).PausedSinceUtc)
            .Time(nameof(SlaClock.MetAtUtc), c => read(c).MetAtUtc)
            .Time(nameof(SlaClock.EndedAtUtc), c => read(c).EndedAtUtc)
            .Guid(nameof(SlaClock.PolicyVersionId), c => read(c).PolicyVersionId);
}
