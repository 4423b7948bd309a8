using Microsoft.AspNetCore.Components;
using Plum.Data.Jobs;
using Plum.Domain.Access;
using Plum.Portal.Shared;
using Quartz;

namespace Plum.Portal.Jobs;

public sealed partial class JobsPage(JobDesk desk, CurrentActor actor, Viewer viewer, Toasts toasts, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Loadable<IReadOnlyList<JobRow>> _jobs = new();
    private readonly Loadable<IReadOnlyList<JobRun>> _runs = new();
    private ITimer? _timer;
    private string? _shown;
    private bool _alsoIdle;
    private bool _mayRun;

    /// <summary>The job whose runs are shown, by its key.</summary>
    [SupplyParameterFromQuery]
    public string? Job { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _mayRun = (await actor.GetAsync()).May(Act.RunJobs);
        await LookAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Job)
        {
            _shown = Job;
            await LookAtRunsAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(LookAsync), state: null, Every, Every);
        }
    }

    private async Task LookAsync()
    {
        var by = await actor.GetAsync();
        await LoadAsync(_jobs, ct => desk.ListAsync(by, ct));
        await LookAtRunsAsync();
    }

    private async Task LookAtRunsAsync()
    {
        if (Job is { } job)
        {
            var by = await actor.GetAsync();
            await LoadAsync(_runs, ct => desk.RunsAsync(job, _alsoIdle, by, ct));
        }
    }

    private async Task IdleAsync(ChangeEventArgs change)
    {
        _alsoIdle = change.Value is true;
        await LookAtRunsAsync();
    }

    private async Task RunAsync(JobRow row)
    {
        var outcome = await desk.RunAsync(new RunJob(row.Key), await actor.GetAsync(), CancellationToken.None);
        toasts.Show(outcome, $"Asked to run: {row.Does}.", ("Its runs", $"/jobs?job={Uri.EscapeDataString(row.Key)}"));
        await LookAsync();
    }

    private string Took(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? $"{viewer.Number((long)time.TotalMilliseconds)} ms"
        : time < TimeSpan.FromMinutes(1) ? $"{viewer.Number((decimal)time.TotalSeconds, 1)} s"
        : time < TimeSpan.FromHours(1) ? $"{(int)time.TotalMinutes} m {time.Seconds} s"
        : $"{(int)time.TotalHours} h {time.Minutes} m";

    /// <summary>Which of several nodes it was: one that stands alone calls itself NON_CLUSTERED.</summary>
    private static bool Nodes(IReadOnlyList<JobRun> runs) => runs.Any(r => r.Node != "NON_CLUSTERED");

    private static string Word(JobRunResult result) =>
        result switch
        {
            JobRunResult.Succeeded => "done",
            JobRunResult.Skipped => "nothing to do",
            JobRunResult.Cancelled => "stopped",
            _ => "failed",
        };

    private static Meaning Meant(JobRunResult result) =>
        result switch
        {
            JobRunResult.Succeeded => Meaning.Good,
            JobRunResult.Skipped => Meaning.None,
            JobRunResult.Cancelled => Meaning.Warn,
            _ => Meaning.Bad,
        };

    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }
}
