using System.Collections.Concurrent;
using Plum.Data.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>
/// Tells the open pages of this node what happened on any node, within a second or two: reads the ticket events that were saved since, and who is
/// on the tickets that somebody here looks at. One query of each a second, however many pages are open, and none while there is no page.
/// </summary>
public sealed class TicketFeed(TicketNews news, PresenceService presence, TimeProvider clock, ILogger<TicketFeed> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // On SQL Server a number is given before its transaction commits: the last few are looked at again, and told once.
    private const int Overlap = 256;

    private readonly ConcurrentDictionary<Guid, Listener> _listeners = new();
    private readonly HashSet<long> _told = [];
    private IReadOnlyList<PresenceRow> _present = [];
    private long? _last;

    /// <summary>
    /// Calls back, from a thread of its own, until the answer is disposed of. Each newcomer is called once without anything having happened: what
    /// happened between a page's reading and its listening, it reads then.
    /// </summary>
    /// <param name="ticketId">Null hears of every ticket.</param>
    public IDisposable Listen(long? ticketId, Action<TicketsChanged> heard)
    {
        var id = Guid.NewGuid();
        _listeners[id] = new Listener(ticketId, heard);
        return new Subscription(() => _listeners.TryRemove(id, out _));
    }

    /// <summary>Who is on a ticket, as last read.</summary>
    public IReadOnlyList<PresenceRow> PresentOn(long ticketId) => [.. _present.Where(p => p.TicketId == ticketId)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PollAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(fault, "The ticket feed could not read; it tries again in a second"); // a database that is away comes back
            }
        }
    }

    internal async Task PollAsync(CancellationToken ct)
    {
        if (_listeners.IsEmpty)
        {
            (_last, _present) = (null, []);
            _told.Clear();
            return;
        }

        var newcomers = _listeners.Values.Where(l => !l.IsGreeted).ToList(); // before the reading: who comes during it is greeted next time
        var changed = await NewsAsync(ct);
        var watched = _listeners.Values.Select(l => l.TicketId).OfType<long>().Distinct().ToList();
        var present = await presence.ReadAsync(watched, ct);
        var moved = Moved(_present, present);
        _present = present;
        foreach (var newcomer in newcomers)
        {
            newcomer.IsGreeted = true;
            Tell(newcomer, new TicketsChanged(newcomer.TicketId is { } its ? new HashSet<long> { its } : [], PresenceToo: true));
        }

        if (changed.Count == 0 && moved.Count == 0)
        {
            return;
        }

        foreach (var listener in _listeners.Values.Where(l => l.IsGreeted).Except(newcomers))
        {
            if (listener.TicketId is not { } one)
            {
                if (changed.Count > 0)
                {
                    Tell(listener, new TicketsChanged(changed, PresenceToo: false));
                }
            }
            else if (changed.Contains(one) || moved.Contains(one))
            {
                Tell(listener, new TicketsChanged(new HashSet<long>(changed.Where(id => id == one)), moved.Contains(one)));
            }
        }
    }

    private async Task<HashSet<long>> NewsAsync(CancellationToken ct)
    {
        if (_last is not { } last)
        {
            _last = await news.LatestAsync(ct); // whoever listens reads again when greeted
            _told.UnionWith((await news.AfterAsync(_last.Value - Overlap, ct)).Select(e => e.EventId));
            return [];
        }

        var fresh = (await news.AfterAsync(last - Overlap, ct)).Where(e => _told.Add(e.EventId)).ToList();
        if (fresh.Count > 0)
        {
            _last = Math.Max(last, fresh.Max(e => e.EventId));
            _told.RemoveWhere(id => id <= _last - Overlap);
        }

        return [.. fresh.Select(e => e.TicketId)];
    }

    private static HashSet<long> Moved(IReadOnlyList<PresenceRow> before, IReadOnlyList<PresenceRow> after) =>
        [.. before.Except(after).Concat(after.Except(before)).Select(p => p.TicketId)];

    private void Tell(Listener listener, TicketsChanged what)
    {
        try
        {
            listener.Heard(what);
        }
        catch (Exception fault) // one page that falls must not silence the others
        {
            logger.LogError(fault, "A page failed to hear of a changed ticket");
        }
    }

    private sealed class Listener(long? ticketId, Action<TicketsChanged> heard)
    {
        public long? TicketId => ticketId;
        public Action<TicketsChanged> Heard => heard;
        public bool IsGreeted { get; set; }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <param name="TicketIds">On which something happened.</param>
/// <param name="PresenceToo">Somebody came, went, began or stopped typing.</param>
public sealed record TicketsChanged(IReadOnlySet<long> TicketIds, bool PresenceToo);
