using Plum.Data.Jobs;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;
using Quartz;
using Quartz.Extensibility;

namespace Plum.Portal.Jobs;

/// <param name="Key"><c>group.name</c>.</param>
/// <param name="Ran">Null when it never has.</param>
/// <param name="NextAtUtc">Null when it is not going to.</param>
public sealed record JobRow(
    string Key,
    string Does,
    string When,
    JobStanding Standing,
    int? Percent,
    JobRun? Ran,
    DateTime? NextAtUtc,
    int FailuresInARow
);

/// <param name="Said">The job's own line about what it did, or what went wrong.</param>
public sealed record JobRun(DateTime AtUtc, TimeSpan Took, JobRunResult Result, string? Said, string Node, bool WasAsked);

public enum JobStanding
{
    Waiting,
    Running,
    Paused,
    Stuck,
}

/// <summary>The jobs as the scheduler's store knows them, on whichever node they ran.</summary>
public sealed class JobDesk(ISchedulerFactory schedulers, IExecutionHistoryStore history, JobService jobs)
{
    public async Task<IReadOnlyList<JobRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.WatchJobs))
        {
            return [];
        }

        var scheduler = await schedulers.GetScheduler(ct);
        var triggers = (await scheduler.QueryTriggers(new TriggerQuery { Take = 1000 }, ct)).Items.ToLookup(t => t.JobKey);
        var running = (await scheduler.QueryFireInstances(new FireInstanceQuery { Take = 1000 }, ct)).Items.ToLookup(f => f.JobKey);
        var statuses = (
            await history.QueryJobRunStatuses(new JobRunStatusQuery { SchedulerName = scheduler.SchedulerName, Take = 1000 }, ct)
        ).Items.ToDictionary(s => s.Job);
        return
        [
            .. Schedule.Jobs.Select(job =>
            {
                var now = running[job.Key].FirstOrDefault();
                var status = statuses.GetValueOrDefault(job.Key);
                var own = triggers[job.Key].ToList();
                return new JobRow(
                    job.Key.ToString(),
                    job.Does,
                    job.When,
                    now is not null ? JobStanding.Running
                        : own.Exists(t => t.State == TriggerState.Error) ? JobStanding.Stuck
                        : own.Exists(t => t.State == TriggerState.Paused) ? JobStanding.Paused
                        : JobStanding.Waiting,
                    now?.Progress,
                    status is null
                        ? null
                        : new JobRun(
                            status.LastFiredAtUtc.UtcDateTime,
                            status.LastDuration,
                            status.LastResult,
                            status.LastResult == JobRunResult.Failed ? status.LastFailureMessage : status.LastSummary,
                            status.LastSchedulerInstanceId ?? "",
                            WasAsked: false
                        ),
                    own.Select(t => t.NextFireTimeUtc?.UtcDateTime).Min(),
                    status?.ConsecutiveFailures ?? 0
                );
            }),
        ];
    }

    /// <summary>One job's last runs, newest first; those that found nothing to do left out unless asked for.</summary>
    public async Task<IReadOnlyList<JobRun>> RunsAsync(string job, bool alsoIdle, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.WatchJobs) || Find(job) is not { } known)
        {
            return [];
        }

        var scheduler = await schedulers.GetScheduler(ct);
        var page = await history.QueryExecutions(
            new ExecutionHistoryQuery
            {
                SchedulerName = scheduler.SchedulerName,
                Job = known.Key,
                Results = alsoIdle ? null : [JobRunResult.Succeeded, JobRunResult.Failed, JobRunResult.Cancelled],
                Take = 50,
            },
            ct
        );
        return
        [
            .. page.Items.Select(e => new JobRun(
                e.FiredAtUtc.UtcDateTime,
                e.Duration,
                e.EffectiveResult,
                e.ExceptionMessage ?? e.Summary,
                e.SchedulerInstanceId,
                e.Manual == true
            )),
        ];
    }

    /// <summary>Runs the job out of its turn, on whichever node is free; if it is running, once more after that.</summary>
    public async Task<Outcome> RunAsync(RunJob command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.RunJobs) is { } refused)
        {
            return refused;
        }

        if (Find(command.Job) is not { } known)
        {
            return Refusals.NotFound;
        }

        var outcome = await jobs.AskAsync(command, by, ct);
        if (outcome is Outcome.Done)
        {
            await (await schedulers.GetScheduler(ct)).TriggerJob(known.Key, cancellationToken: ct);
        }

        return outcome;
    }

    private static Scheduled? Find(string job) => Schedule.Jobs.FirstOrDefault(j => j.Key.ToString() == job);
}
