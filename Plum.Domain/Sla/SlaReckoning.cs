using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>How one clock reads.</summary>
/// <param name="PromisedMinutes">Null when the policy promises nothing here: the clock then only measures.</param>
/// <param name="Used">Working time that ran, up to the end of the clock or to now.</param>
/// <param name="DueAtUtc">When the promised time has run; null while it is paused, and when the clock ended early unmet.</param>
/// <param name="PausedSinceUtc">Set while the clock stands still.</param>
/// <param name="EndedAtUtc">The ticket became final or was merged without this target having been met: neither met nor breached by that.</param>
public sealed record SlaReading(
    SlaTarget Target,
    DateTime StartedAtUtc,
    int? PromisedMinutes,
    TimeSpan Used,
    DateTime? DueAtUtc,
    DateTime? WarnAtUtc,
    DateTime? PausedSinceUtc,
    DateTime? MetAtUtc,
    DateTime? EndedAtUtc
)
{
    public bool IsRunning => MetAtUtc is null && EndedAtUtc is null && PausedSinceUtc is null;

    /// <summary>The due instant, once it has passed without the target having been met by then.</summary>
    public DateTime? BreachedBy(DateTime nowUtc) =>
        DueAtUtc is { } due && ((MetAtUtc ?? EndedAtUtc) is { } stopped ? stopped > due : nowUtc >= due) ? due : null;
}

/// <summary>All clocks of a ticket at one instant.</summary>
/// <param name="FirstResolution">Working time to the first time it was final: net of pauses, and whole.</param>
/// <param name="Resolution">Working time to the last time it was final, net of pauses and of the time that it was final before, and whole; null
/// while it is open and when it was merged.</param>
public sealed record SlaReadings(
    IReadOnlyList<SlaReading> Clocks,
    (TimeSpan Net, TimeSpan Gross)? FirstResolution,
    (TimeSpan Net, TimeSpan Gross)? Resolution
)
{
    public SlaReading FirstResponse => Clocks[0];
}

/// <summary>Reads every clock of a ticket from what happened to it, and from nothing else: the same facts give the same clocks.</summary>
public static class SlaReckoning
{
    /// <param name="targets">Of the severity that the ticket has now: a changed one counts from the start.</param>
    public static SlaReadings Reckon(SlaFacts facts, SeverityTargets targets, SlaTerms terms, WorkingCalendar calendar, DateTime nowUtc)
    {
        var life = SlaLife.Of(facts);
        var clocks = new List<SlaReading>();

        SlaReading Read(SlaTarget target, DateTime startUtc, DateTime? metAtUtc)
        {
            var endedAtUtc = metAtUtc is null && life.EndedAtUtc is { } ended ? (ended < startUtc ? startUtc : ended) : (DateTime?)null;
            var clock = new Clock(calendar, targets.Of(target), terms.WarnPercent);
            var pausedSince = clock.Run(startUtc, metAtUtc ?? endedAtUtc, life.Pauses(target, terms), nowUtc);
            return new SlaReading(
                target,
                startUtc,
                targets.Of(target),
                clock.Used,
                metAtUtc is null ? clock.DueAtUtc : clock.DueHadItGoneOn(metAtUtc.Value),
                clock.WarnAtUtc,
                metAtUtc is null && endedAtUtc is null ? pausedSince : null,
                metAtUtc,
                endedAtUtc
            );
        }

        clocks.Add(Read(SlaTarget.FirstResponse, facts.StartedAtUtc, life.FirstReplyAtUtc));
        clocks.AddRange(life.Exchanges.Select(e => Read(SlaTarget.NextResponse, e.AskedAtUtc, e.AnsweredAtUtc)));
        clocks.Add(Read(SlaTarget.Resolution, facts.StartedAtUtc, life.IsWithdrawn ? null : life.EndedAtUtc));

        (TimeSpan, TimeSpan)? Worked(DateTime? untilUtc)
        {
            if (untilUtc is not { } until)
            {
                return null;
            }

            var net = new Clock(calendar, promisedMinutes: null, terms.WarnPercent);
            net.Run(facts.StartedAtUtc, until, life.Pauses(SlaTarget.Resolution, terms), nowUtc);
            return (net.Used, calendar.Elapsed(facts.StartedAtUtc, until));
        }

        return new SlaReadings(clocks, Worked(life.FirstEndedAtUtc), Worked(life.IsWithdrawn ? null : life.EndedAtUtc));
    }

    /// <summary>Runs over the stretches between pauses and notes when the promised time, and the share of it that warns, have gone by.</summary>
    private sealed class Clock(WorkingCalendar calendar, int? promisedMinutes, int warnPercent)
    {
        private readonly TimeSpan? _promised = promisedMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        private readonly TimeSpan? _warnAfter = promisedMinutes is { } minutes
            ? new TimeSpan(minutes * TimeSpan.TicksPerMinute * warnPercent / 100)
            : null;

        public TimeSpan Used { get; private set; }
        public DateTime? DueAtUtc { get; private set; }
        public DateTime? WarnAtUtc { get; private set; }

        /// <returns>Since when it stands still; null when it runs to the end, or on.</returns>
        public DateTime? Run(DateTime startUtc, DateTime? stopUtc, IReadOnlyList<SlaSpan> pauses, DateTime nowUtc)
        {
            var from = startUtc;
            foreach (var pause in pauses)
            {
                if (stopUtc <= pause.FromUtc)
                {
                    break;
                }

                if (pause.ToUtc is { } over && over <= from)
                {
                    continue;
                }

                if (pause.FromUtc > from)
                {
                    Stretch(from, pause.FromUtc);
                }

                if (pause.ToUtc is not { } resumed || resumed >= stopUtc)
                {
                    return pause.FromUtc > from ? pause.FromUtc : from;
                }

                from = resumed;
            }

            if (stopUtc is { } stop)
            {
                Stretch(from, stop);
            }
            else
            {
                WarnAtUtc ??= _warnAfter is { } warn ? calendar.Deadline(from, warn - Used) : null;
                DueAtUtc ??= _promised is { } promised ? calendar.Deadline(from, promised - Used) : null;
                Used += calendar.Elapsed(from, nowUtc > from ? nowUtc : from);
            }

            return null;
        }

        /// <summary>A target that was met early was due when the rest of its time would have gone by.</summary>
        public DateTime? DueHadItGoneOn(DateTime metAtUtc) =>
            DueAtUtc ?? (_promised is { } promised ? calendar.Deadline(metAtUtc, promised - Used) : null);

        private void Stretch(DateTime fromUtc, DateTime toUtc)
        {
            var worked = calendar.Elapsed(fromUtc, toUtc);
            WarnAtUtc ??= _warnAfter is { } warn && Used + worked >= warn ? calendar.Deadline(fromUtc, warn - Used) : null;
            DueAtUtc ??= _promised is { } promised && Used + worked >= promised ? calendar.Deadline(fromUtc, promised - Used) : null;
            Used += worked;
        }
    }
}
