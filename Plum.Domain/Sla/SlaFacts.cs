using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>What of a ticket's life the clocks go by, in the order in which it happened.</summary>
/// <param name="StartedAtUtc">When the complaint was made at its source.</param>
public sealed record SlaFacts(DateTime StartedAtUtc, IReadOnlyList<SlaFact> Facts)
{
    /// <param name="events">The ticket's own, in any order; those of one instant in the order given.</param>
    /// <param name="isFinal">Whether a disposition code is of the final stage.</param>
    public static SlaFacts Of(DateTime createdAtUtc, IEnumerable<TicketEvent> events, Func<string, bool> isFinal)
    {
        var facts = new List<SlaFact>();
        foreach (var happened in events.OrderBy(e => e.AtUtc))
        {
            SlaFactKind? kind = happened.Kind switch
            {
                TicketEventKind.Replied => SlaFactKind.Replied,
                TicketEventKind.Messaged => SlaFactKind.Messaged,
                TicketEventKind.WaitingChanged => SlaFactKind.Waits,
                TicketEventKind.Merged => SlaFactKind.Withdrawn,
                TicketEventKind.Reopened => SlaFactKind.Reopened,
                TicketEventKind.Opened or TicketEventKind.Imported or TicketEventKind.Moved when happened.To is { } to && isFinal(to) =>
                    SlaFactKind.Ended,
                _ => null,
            };
            if (kind is { } known)
            {
                var waiting = known == SlaFactKind.Waits && Enum.TryParse<WaitingOn>(happened.To, out var on) ? on : WaitingOn.Nobody;
                facts.Add(new SlaFact(happened.AtUtc, known, waiting));
            }
        }

        return new SlaFacts(createdAtUtc, facts);
    }
}

public readonly record struct SlaFact(DateTime AtUtc, SlaFactKind Kind, WaitingOn Waiting = WaitingOn.Nobody);

public enum SlaFactKind
{
    /// <summary>A public reply by a person. Notes and automatic acknowledgements are no facts here.</summary>
    Replied = 1,

    /// <summary>The recipient wrote.</summary>
    Messaged = 2,

    /// <summary>From now on it waits on somebody, or on nobody.</summary>
    Waits = 3,

    /// <summary>It became final.</summary>
    Ended = 4,

    Reopened = 5,

    /// <summary>Merged into another: its promises are kept there, or not at all.</summary>
    Withdrawn = 6,
}
