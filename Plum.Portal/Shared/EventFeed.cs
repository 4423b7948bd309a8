using System.Collections.Concurrent;

namespace Plum.Portal.Shared;

/// <summary>
/// Tells the open pages of this node what was appended to a table of events, on any node, within a second or two. One query a second, however
/// many pages are open, and none while there is no page.
/// </summary>
/// <typeparam name="THeard">What a page is told.</typeparam>
public abstract class EventFeed<THeard>(TimeProvider clock, ILogger logger) : BackgroundService
    where THeard : class
{
    // On SQL Server a number is given before its transaction commits: the last few are looked at again, and told once.
    private const int Overlap = 256;

    private readonly ConcurrentDictionary<Guid, Listener> _listeners = new();
    private readonly HashSet<long> _told = [];
    private long? _last;

    /// <summary>
    /// Calls back, from a thread of its own, until the answer is disposed of. Each newcomer is called once without anything having happened: what
    /// happened between a page's reading and its listening, it reads then.
    /// </summary>
    /// <param name="id">Of what concerns the page; null hears of all.</param>
    protected IDisposable ListenTo(long? id, Action<THeard> heard)
    {
        var key = Guid.NewGuid();
        _listeners[key] = new Listener(id, heard);
        return new Subscription(() => _listeners.TryRemove(key, out _));
    }

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    protected abstract Task<long> LatestAsync(CancellationToken ct);

    /// <summary>The events after that number, oldest first, each with what it is about.</summary>
    protected abstract Task<IReadOnlyList<(long EventId, long Of)>> AfterAsync(long id, CancellationToken ct);

    /// <summary>What a newcomer is called with.</summary>
    protected abstract THeard Greeting(long? id);

    /// <param name="changed">What the new events are about.</param>
    /// <returns>What somebody who listens to <paramref name="id"/> is told of it; null to leave them in peace.</returns>
    protected abstract THeard? Of(long? id, IReadOnlySet<long> changed);

    /// <summary>What else is read at each look.</summary>
    /// <param name="watched">What the pages are open on.</param>
    protected virtual Task BesideAsync(IReadOnlyList<long> watched, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Nobody listens.</summary>
    protected virtual void Rest() { }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PollAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(fault, "A feed could not read; it tries again in a second"); // a database that is away comes back
            }
        }
    }

    internal async Task PollAsync(CancellationToken ct)
    {
        if (_listeners.IsEmpty)
        {
            _last = null;
            _told.Clear();
            Rest();
            return;
        }

        var newcomers = _listeners.Values.Where(l => !l.IsGreeted).ToList(); // before the reading: who comes during it is greeted next time
        var changed = await NewsAsync(ct);
        await BesideAsync([.. _listeners.Values.Select(l => l.Id).OfType<long>().Distinct()], ct);
        foreach (var newcomer in newcomers)
        {
            newcomer.IsGreeted = true;
            Tell(newcomer, Greeting(newcomer.Id));
        }

        foreach (var listener in _listeners.Values.Where(l => l.IsGreeted).Except(newcomers))
        {
            if (Of(listener.Id, changed) is { } what)
            {
                Tell(listener, what);
            }
        }
    }

    private async Task<HashSet<long>> NewsAsync(CancellationToken ct)
    {
        if (_last is not { } last)
        {
            _last = await LatestAsync(ct); // whoever listens reads again when greeted
            _told.UnionWith((await AfterAsync(_last.Value - Overlap, ct)).Select(e => e.EventId));
            return [];
        }

        var fresh = (await AfterAsync(last - Overlap, ct)).Where(e => _told.Add(e.EventId)).ToList();
        if (fresh.Count > 0)
        {
            _last = Math.Max(last, fresh.Max(e => e.EventId));
            _told.RemoveWhere(id => id <= _last - Overlap);
        }

        return [.. fresh.Select(e => e.Of)];
    }

    private void Tell(Listener listener, THeard what)
    {
        try
        {
            listener.Heard(what);
        }
        catch (Exception fault) // one page that falls must not silence the others
        {
            logger.LogError(fault, "A page failed to hear of a change");
        }
    }

    private sealed class Listener(long? id, Action<THeard> heard)
    {
        public long? Id => id;
        public Action<THeard> Heard => heard;
        public bool IsGreeted { get; set; }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
