using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>
/// One promise on one ticket, as last reckoned, and what was flagged of it. A next response has a clock for each unanswered message.
/// Everything but the flags can be reckoned again from the ticket's events; the flags are for ever.
/// </summary>
public sealed class SlaClock
{
    private SlaClock() { } // EF Core

    public long Id { get; private init; }
    public long TicketId { get; private init; }
    public SlaTarget Target { get; private init; }
    public DateTime StartedAtUtc { get; private set; }

    /// <summary>Working minutes promised.</summary>
    public int TargetMinutes { get; private set; }

    /// <summary>Whole working minutes that ran: up to its end, else up to when it was last reckoned.</summary>
    public int UsedMinutes { get; private set; }

    /// <summary>Null while paused, and when the clock ended early unmet.</summary>
    public DateTime? DueAtUtc { get; private set; }
    public DateTime? WarnAtUtc { get; private set; }
    public DateTime? PausedSinceUtc { get; private set; }
    public DateTime? MetAtUtc { get; private set; }

    /// <summary>Became final or was merged without having been met.</summary>
    public DateTime? EndedAtUtc { get; private set; }

    /// <summary>The instant of which the warning speaks, not the one at which it was noticed.</summary>
    public DateTime? WarnedAtUtc { get; private set; }

    /// <summary>The due instant that passed unmet. Once recorded it stays, whatever changes afterwards.</summary>
    public DateTime? BreachedAtUtc { get; private set; }
    public Guid PolicyVersionId { get; private set; }

    /// <summary>Its result is what the system that the ticket was imported from had recorded.</summary>
    public bool IsImported { get; private init; }

    public bool IsRunning => MetAtUtc is null && EndedAtUtc is null && PausedSinceUtc is null;

    public static SlaClock Start(long ticketId, SlaReading reading, Guid policyVersionId)
    {
        var clock = new SlaClock { TicketId = ticketId, Target = reading.Target };
        clock.Take(reading, policyVersionId);
        return clock;
    }

    /// <param name="reading">Of a target that is promised.</param>
    public void Take(SlaReading reading, Guid policyVersionId)
    {
        StartedAtUtc = reading.StartedAtUtc;
        TargetMinutes = reading.PromisedMinutes ?? throw new ArgumentException("Nothing is promised here.", nameof(reading));
        UsedMinutes = WholeMinutes(reading.Used);
        DueAtUtc = reading.DueAtUtc;
        WarnAtUtc = reading.WarnAtUtc;
        PausedSinceUtc = reading.PausedSinceUtc;
        MetAtUtc = reading.MetAtUtc;
        EndedAtUtc = reading.EndedAtUtc;
        PolicyVersionId = policyVersionId;
    }

    /// <returns>False when there is no breach, or when it is recorded already.</returns>
    public bool FlagBreach(SlaReading reading, DateTime nowUtc)
    {
        if (BreachedAtUtc is not null || reading.BreachedBy(nowUtc) is not { } due)
        {
            return false;
        }

        BreachedAtUtc = due;
        return true;
    }

    /// <returns>False when it is too early, too late, or recorded already. What is breached is no longer warned of.</returns>
    public bool FlagWarning(DateTime nowUtc)
    {
        if (
            WarnedAtUtc is not null
            || BreachedAtUtc is not null
            || (MetAtUtc ?? EndedAtUtc) is not null
            || WarnAtUtc is not { } warn
            || warn > nowUtc
        )
        {
            return false;
        }

        WarnedAtUtc = warn;
        return true;
    }

    /// <summary>The policy promises this no longer. Only a breached clock is kept, and it stops.</summary>
    public void Abandon(DateTime nowUtc)
    {
        if (MetAtUtc is null)
        {
            (EndedAtUtc, PausedSinceUtc) = (EndedAtUtc ?? nowUtc, null);
        }
    }

    /// <summary>When there is something to flag next; null when there is not.</summary>
    public DateTime? CheckAtUtc =>
        !IsRunning || BreachedAtUtc is not null ? null
        : WarnedAtUtc is null && WarnAtUtc < DueAtUtc ? WarnAtUtc
        : DueAtUtc;

    public static int WholeMinutes(TimeSpan working) => (int)(working.Ticks / TimeSpan.TicksPerMinute);
}
