using Plum.Data.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Tells the open pages what happened on tickets, and who is on those that somebody here looks at.</summary>
public sealed class TicketFeed(TicketNews news, PresenceService presence, TimeProvider clock, ILogger<TicketFeed> logger)
    : EventFeed<TicketsChanged>(clock, logger)
{
    private IReadOnlyList<PresenceRow> _present = [];
    private HashSet<long> _moved = [];

    /// <inheritdoc cref="EventFeed{THeard}.ListenTo" />
    /// <param name="ticketId">Null hears of every ticket.</param>
    public IDisposable Listen(long? ticketId, Action<TicketsChanged> heard) => ListenTo(ticketId, heard);

    /// <summary>Who is on a ticket, as last read.</summary>
    public IReadOnlyList<PresenceRow> PresentOn(long ticketId) => [.. _present.Where(p => p.TicketId == ticketId)];

    protected override Task<long> LatestAsync(CancellationToken ct) => news.LatestAsync(ct);

    protected override async Task<IReadOnlyList<(long EventId, long Of)>> AfterAsync(long id, CancellationToken ct) =>
        [.. (await news.AfterAsync(id, ct)).Select(e => (e.EventId, e.TicketId))];

    protected override async Task BesideAsync(IReadOnlyList<long> watched, CancellationToken ct)
    {
        var present = await presence.ReadAsync(watched, ct);
        _moved = [.. _present.Except(present).Concat(present.Except(_present)).Select(p => p.TicketId)];
        _present = present;
    }

    protected override void Rest() => (_present, _moved) = ([], []);

    protected override TicketsChanged Greeting(long? id) => new(id is { } its ? new HashSet<long> { its } : [], PresenceToo: true);

    protected override TicketsChanged? Of(long? id, IReadOnlySet<long> changed) =>
        id is not { } one
            ? changed.Count > 0
                ? new TicketsChanged(changed, PresenceToo: false)
                : null
            : changed.Contains(one) || _moved.Contains(one)
                ? new TicketsChanged(new HashSet<long>(changed.Where(c => c == one)), _moved.Contains(one))
                : null;
}

/// <param name="TicketIds">On which something happened.</param>
/// <param name="PresenceToo">Somebody came, went, began or stopped typing.</param>
public sealed record TicketsChanged(IReadOnlySet<long> TicketIds, bool PresenceToo);
