using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>What a reckoning changed in the record of a ticket's clocks.</summary>
public sealed record SlaEntry(
    SlaStanding Standing,
    IReadOnlyList<SlaClock> Started,
    IReadOnlyList<SlaClock> Dropped,
    IReadOnlyList<SlaClock> Warned,
    IReadOnlyList<SlaClock> Breached
);

/// <summary>Enters readings into the recorded clocks: due times move, flags stay.</summary>
public static class SlaBook
{
    /// <param name="recorded">The ticket's clocks so far; changed in place.</param>
    public static SlaEntry Enter(
        long ticketId,
        IReadOnlyCollection<SlaClock> recorded,
        SlaReadings readings,
        Guid policyVersionId,
        DateTime nowUtc
    )
    {
        var left = recorded.ToList();
        var (started, warned, breached) = (new List<SlaClock>(), new List<SlaClock>(), new List<SlaClock>());
        var kept = new List<SlaClock>();
        foreach (var reading in readings.Clocks.Where(r => r.PromisedMinutes is not null))
        {
            var clock = left.Find(c =>
                c.Target == reading.Target && (c.Target != SlaTarget.NextResponse || c.StartedAtUtc == reading.StartedAtUtc)
            );
            if (clock is null)
            {
                started.Add(clock = SlaClock.Start(ticketId, reading, policyVersionId));
            }
            else
            {
                left.Remove(clock);
                clock.Take(reading, policyVersionId);
            }

            kept.Add(clock);
            if (clock.FlagBreach(reading, nowUtc))
            {
                breached.Add(clock);
            }
            else if (clock.FlagWarning(nowUtc))
            {
                warned.Add(clock);
            }
        }

        foreach (var clock in left.Where(c => c.BreachedAtUtc is not null))
        {
            clock.Abandon(nowUtc);
            kept.Add(clock);
        }

        return new SlaEntry(
            Standing(kept, readings, policyVersionId),
            started,
            [.. left.Where(c => c.BreachedAtUtc is null)],
            warned,
            breached
        );
    }

    private static SlaStanding Standing(List<SlaClock> clocks, SlaReadings readings, Guid policyVersionId)
    {
        var awaited = clocks.Where(c => c.MetAtUtc is null && c.EndedAtUtc is null).ToList();
        var next = awaited.Where(c => c.IsRunning).OrderBy(c => c.DueAtUtc).ThenBy(c => c.Target).FirstOrDefault();
        var first = readings.FirstResponse;
        return new SlaStanding(
            policyVersionId,
            next?.Target,
            next?.DueAtUtc,
            next?.WarnAtUtc,
            awaited.Select(c => c.CheckAtUtc).Min(),
            IsPaused: awaited.Count > 0 && next is null,
            clocks.Where(c => c.BreachedAtUtc is not null).Aggregate(SlaTargets.None, (all, c) => all | Flag(c.Target)),
            first.MetAtUtc is null ? null : SlaClock.WholeMinutes(first.Used),
            Minutes(readings.FirstResolution?.Net),
            Minutes(readings.Resolution?.Net),
            Minutes(readings.FirstResolution?.Gross),
            Minutes(readings.Resolution?.Gross)
        );
    }

    private static int? Minutes(TimeSpan? working) => working is { } time ? SlaClock.WholeMinutes(time) : null;

    private static SlaTargets Flag(SlaTarget target) => (SlaTargets)(1 << ((int)target - 1));
}
