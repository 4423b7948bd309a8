using Plum.Data.Jobs;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Jobs;

/// <summary>Once a day: clears away sessions long over, glances at tickets, and files that were never sent.</summary>
[DisallowConcurrentExecution]
public sealed class LeftoverSweepJob(LeftoverSweep sweep) : IJob
{
    public static readonly JobKey Key = new("leftover-sweep", "jobs");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var swept = await sweep.SweepAsync(JobActors.Housekeeping, cancellationToken);
        context.Result =
            swept.All == 0
                ? JobRunReport.Skipped("nothing left over")
                : JobRunReport.Succeeded($"{swept.Sessions} sessions, {swept.Glances} glances, {swept.UnsentFiles} unsent files cleared");
    }
}
