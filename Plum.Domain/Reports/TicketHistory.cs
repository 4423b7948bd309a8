using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>One event of a ticket's life that moved its disposition or changed whom it waits on.</summary>
public readonly record struct HistoryEvent(long TicketId, DateTime AtUtc, TicketEventKind Kind, string? To);

/// <summary>What a disposition code reports under.</summary>
public sealed record ReportedDisposition(string Code, bool IsFinal);

/// <summary>Where a ticket stood at any instant of its past, rebuilt from its events: a report made late says what one made on time said.</summary>
public sealed class TicketHistory
{
    /// <summary>The events that a history is made of.</summary>
    public static readonly IReadOnlyList<TicketEventKind> Kinds =
    [
        TicketEventKind.Opened,
        TicketEventKind.Imported,
        TicketEventKind.Moved,
        TicketEventKind.Reopened,
        TicketEventKind.WaitingChanged,
        TicketEventKind.Merged,
    ];

    private readonly List<(DateTime AtUtc, Standing Standing)> _steps = [];
    private readonly List<(DateTime AtUtc, DateTime? ReopenedAtUtc)> _finals = [];

    /// <param name="events">In the order in which they happened.</param>
    /// <param name="dispositions">Every disposition by its own code.</param>
    public TicketHistory(IEnumerable<HistoryEvent> events, IReadOnlyDictionary<string, ReportedDisposition> dispositions)
    {
        var now = new Standing(Dispositions.Other, IsFinal: false);
        foreach (var happened in events)
        {
            var before = now;
            if (happened.Kind == TicketEventKind.WaitingChanged)
            {
                now = now with { WaitingOn = Enum.TryParse<WaitingOn>(happened.To, out var on) ? on : WaitingOn.Nobody };
            }
            else if (happened.To is { } to && dispositions.TryGetValue(to, out var disposition))
            {
                now = new Standing(disposition.Code, disposition.IsFinal, disposition.IsFinal ? WaitingOn.Nobody : now.WaitingOn);
            }

            _steps.Add((happened.AtUtc, now));
            if (now.IsFinal && !before.IsFinal)
            {
                _finals.Add((happened.AtUtc, null));
            }
            else if (!now.IsFinal && before.IsFinal)
            {
                _finals[^1] = (_finals[^1].AtUtc, happened.AtUtc);
            }
        }
    }

    /// <summary>Each time it became final, and when it was open again.</summary>
    public IReadOnlyList<(DateTime AtUtc, DateTime? ReopenedAtUtc)> Finals => _finals;

    /// <summary>Just before an instant: an event at the very end of a period belongs to the next. Null when nothing had happened yet.</summary>
    public Standing? Before(DateTime instantUtc) => _steps.LastOrDefault(s => s.AtUtc < instantUtc).Standing;
}
