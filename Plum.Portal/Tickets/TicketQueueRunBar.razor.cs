using Microsoft.AspNetCore.Components;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>How far one's change of many tickets has come, and what became of it; found again on whatever queue page one opens.</summary>
public sealed partial class TicketQueueRunBar(TicketQueueRuns runs, Viewer viewer, TimeProvider clock) : IDisposable
{
    private const int Most = 200;

    private TicketQueueRun? _run;
    private bool _looking;
    private bool _told;
    private bool _wasHere;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>It came to its end while one looked.</summary>
    [Parameter]
    public EventCallback<TicketQueueRun> Ended { get; set; }

    /// <summary>The person wants to go on with those that are left.</summary>
    [Parameter]
    public EventCallback<TicketQueueRun> Select { get; set; }

    protected override void OnParametersSet()
    {
        Follow();
        _wasHere = true;
    }

    /// <summary>Looks for the newest one.</summary>
    public void Follow()
    {
        var now = runs.Of(By.UserId);
        if (now == _run)
        {
            return;
        }

        Leave();
        _run = now;
        if (now is not null)
        {
            _told = !_wasHere && now.State != TicketRunState.Running; // what ended before the page was opened is no news
            now.Changed += Hear;
            Hear(now, EventArgs.Empty); // a short one may have ended before it was listened to
        }
    }

    private void Hear(object? sender, EventArgs e) =>
        _ = InvokeAsync(async () =>
        {
            StateHasChanged();
            if (_run is { State: not TicketRunState.Running } ended && !_told)
            {
                _told = true;
                await Ended.InvokeAsync(ended);
            }
        });

    private void PutAway()
    {
        runs.PutAway(_run!);
        Follow();
    }

    private string Headline(TicketQueueRun run) =>
        run.State switch
        {
            TicketRunState.Running => $"{viewer.Number(run.Seen)} of {Tickets(run.Total)}{TimeLeft(run)}:",
            _ => $"{viewer.Number(run.Count(TicketRunResult.Changed))} of {Tickets(run.Total)} changed:",
        };

    private string Outcome(TicketQueueRun run)
    {
        var parts = new List<string>();
        Add(TicketRunResult.SoAlready, "were so already");
        Add(TicketRunResult.Refused, "refused");
        Add(TicketRunResult.ChangedMeanwhile, "changed meanwhile by somebody else");
        if (run.Total > run.Seen)
        {
            parts.Add($"{viewer.Number(run.Total - run.Seen)} not reached: {run.Why ?? "you stopped it."}");
        }

        return parts.Count == 0 ? "None was refused." : string.Join(", ", parts).TrimEnd('.') + ".";

        void Add(TicketRunResult result, string words)
        {
            if (run.Count(result) is > 0 and var count)
            {
                parts.Add($"{viewer.Number(count)} {words}");
            }
        }
    }

    /// <summary>Nothing before there is something to reckon from.</summary>
    private string TimeLeft(TicketQueueRun run)
    {
        var (seen, spent) = (run.Seen, clock.GetUtcNow().UtcDateTime - run.StartedAtUtc);
        if (seen < 20 || spent < TimeSpan.FromSeconds(1))
        {
            return "";
        }

        var left = spent * ((double)(run.Total - seen) / seen);
        return left < TimeSpan.FromSeconds(90)
            ? $", about {viewer.Number((long)Math.Ceiling(left.TotalSeconds))} s left"
            : $", about {viewer.Number((long)Math.Ceiling(left.TotalMinutes))} min left";
    }

    private static IEnumerable<TicketRunLine> Shown(TicketQueueRun run) =>
        run.Lines.OrderBy(l => l.Result is TicketRunResult.Changed).ThenBy(l => l.Result is TicketRunResult.SoAlready).Take(Most);

    private string Tickets(int count) => $"{viewer.Number(count)} {(count == 1 ? "ticket" : "tickets")}";

    private static string Class(TicketQueueRun run) =>
        run.State == TicketRunState.Running ? "info"
        : run.Left.Count > 0 ? "warn"
        : "good";

    private static string Icon(TicketQueueRun run) => run.State == TicketRunState.Running ? "clock" : Class(run);

    private void Leave()
    {
        if (_run is not null)
        {
            _run.Changed -= Hear;
        }
    }

    public void Dispose() => Leave();
}

internal static class TicketRunWords
{
    public static string Of(TicketRunResult result) =>
        result switch
        {
            TicketRunResult.SoAlready => "so already",
            TicketRunResult.ChangedMeanwhile => "changed meanwhile",
            _ => result.ToString().ToLowerInvariant(),
        };
}
