using System.Collections.Concurrent;
using System.Threading.Channels;
using Plum.Data.Access;
using Plum.Data.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>
/// Works off the changes of many tickets, beside the pages: a page may be left and found again meanwhile. What it knows beyond the tickets
/// and their audit is the list of what became of each, kept until the person starts the next one or the portal ends.
/// </summary>
public sealed class TicketQueueRuns(TicketQueueEditing editing, ActorService actors, ILogger<TicketQueueRuns> logger) : BackgroundService
{
    /// <summary>A long one must not keep others waiting; and the database has one writer anyway.</summary>
    private const int AtOnce = 4;

    private readonly Channel<TicketQueueRun> _queue = Channel.CreateUnbounded<TicketQueueRun>();
    private readonly ConcurrentDictionary<Guid, TicketQueueRun> _last = new();

    /// <summary>The person's last one; null when there is none, or when it was put away.</summary>
    public TicketQueueRun? Of(Guid? userId) => userId is { } id ? _last.GetValueOrDefault(id) : null;

    /// <returns>False while another one of the same person is on its way.</returns>
    public bool Start(TicketQueueRun run)
    {
        var mine = run.By.UserId ?? Guid.Empty;
        var kept = _last.AddOrUpdate(mine, run, (_, former) => former.State == TicketRunState.Running ? former : run);
        return kept == run && _queue.Writer.TryWrite(run);
    }

    public void PutAway(TicketQueueRun run)
    {
        if (run.State != TicketRunState.Running)
        {
            _last.TryRemove(KeyValuePair.Create(run.By.UserId ?? Guid.Empty, run));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _queue.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (run, _) =>
            {
                try
                {
                    await run.WorkAsync(editing, actors.NowAsync, stoppingToken);
                }
                catch (Exception fault) // the page says so; the next run must still be worked
                {
                    logger.LogError(fault, "A change of {Count} tickets stopped at {Seen}", run.Total, run.Seen);
                }
            }
        );
}
