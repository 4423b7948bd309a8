using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>One change of many tickets, on its way or done. For several threads: one works, the pages look.</summary>
/// <param name="What">What is changed, in words.</param>
/// <param name="Scope">The queue that it was started from (<see cref="TicketQueueAddress.Scope"/>).</param>
public sealed class TicketQueueRun(
    IReadOnlyList<TicketEditTarget> targets,
    IReadOnlyList<TicketChange> changes,
    string? note,
    string what,
    string scope,
    Actor by,
    DateTime startedAtUtc
)
{
    /// <summary>The pages are told so many times on the whole.</summary>
    private const int Tellings = 200;

    private readonly Lock _lock = new();
    private readonly List<TicketRunLine> _lines = new(targets.Count);
    private volatile bool _cancelled;

    public Guid Id { get; } = Guid.NewGuid();

    public Actor By { get; } = by;

    public string What { get; } = what;

    public string Scope { get; } = scope;

    public DateTime StartedAtUtc { get; } = startedAtUtc;

    public int Total => targets.Count;

    public TicketRunState State { get; private set; } = TicketRunState.Running;

    /// <summary>Why it stopped before its end, when it did by itself.</summary>
    public string? Why { get; private set; }

    public event EventHandler? Changed;

    /// <summary>By number, as far as it has come.</summary>
    public IReadOnlyList<TicketRunLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public int Seen
    {
        get
        {
            lock (_lock)
            {
                return _lines.Count;
            }
        }
    }

    public int Count(TicketRunResult result)
    {
        lock (_lock)
        {
            return _lines.Count(l => l.Result == result);
        }
    }

    /// <summary>Those that are not as they were to become: refused, changed meanwhile, or never reached.</summary>
    public IReadOnlyList<long> Left
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _lines.Where(l => l.Result is TicketRunResult.Refused or TicketRunResult.ChangedMeanwhile).Select(l => l.TicketId),
                    .. targets.Skip(_lines.Count).Select(t => t.Id),
                ];
            }
        }
    }

    /// <summary>After the ticket that is being saved.</summary>
    public void Cancel() => _cancelled = true;

    /// <param name="now">The person with the rights that they have by now.</param>
    internal async Task WorkAsync(TicketQueueEditing editing, Func<Actor, CancellationToken, Task<Actor>> now, CancellationToken stopping)
    {
        const int Askings = 200; // tickets between two looks at the person's rights
        var (actor, every) = (By, Math.Max(1, Total / Tellings));
        try
        {
            foreach (var target in targets)
            {
                if (_cancelled || stopping.IsCancellationRequested)
                {
                    End(_cancelled ? TicketRunState.Cancelled : TicketRunState.Stopped, _cancelled ? null : "Plum was shut down.");
                    return;
                }

                if (Seen % Askings == 0)
                {
                    actor = await now(actor, CancellationToken.None);
                }

                var command = new EditSelectedTicket(target.Id, target.SeenVersion, changes, note);
                Add(TicketRunLine.Of(target.Id, await editing.EditAsync(command, actor, CancellationToken.None)), every);
            }

            End(TicketRunState.Done, null);
        }
        catch (Exception)
        {
            End(
                TicketRunState.Stopped,
                "A ticket could not be saved. Try those that are left again; if it fails again, tell an administrator."
            );
            throw;
        }
    }

    private void Add(TicketRunLine line, int every)
    {
        int seen;
        lock (_lock)
        {
            _lines.Add(line);
            seen = _lines.Count;
        }

        if (seen % every == 0)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void End(TicketRunState state, string? why)
    {
        (State, Why) = (state, why);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}

public enum TicketRunState
{
    Running = 1,
    Done = 2,
    Cancelled = 3,
    Stopped = 4,
}

public enum TicketRunResult
{
    Changed = 1,

    /// <summary>It had already what was to be set.</summary>
    SoAlready = 2,
    Refused = 3,

    /// <summary>Somebody else changed it after it was seen.</summary>
    ChangedMeanwhile = 4,
}

/// <summary>What became of one ticket.</summary>
public sealed record TicketRunLine(long TicketId, TicketRunResult Result, string? Why = null)
{
    public string Reference => TicketReference.Of(TicketId);

    public static TicketRunLine Of(long id, Outcome outcome) =>
        outcome switch
        {
            Outcome.Done => new(id, TicketRunResult.Changed),
            Outcome.Refused { Why: var why } when TicketQueueRefusals.IsSoAlready(why) => new(id, TicketRunResult.SoAlready, why.Message),
            Outcome.Refused { Why: var why } => new(id, TicketRunResult.Refused, why.Message),
            _ => new(id, TicketRunResult.ChangedMeanwhile, "Somebody changed it after you had seen it. Look at it, then change it again."),
        };
}
