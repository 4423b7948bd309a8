using Plum.Portal.Shared;
using Quartz;

namespace Plum.Portal.Jobs;

/// <summary>The store outlives the code: forgets the jobs that are no longer on the <see cref="Schedule"/>.</summary>
public sealed class LeftOverJobs : ISchedulerListener
{
    public async ValueTask SchedulerStarting(IScheduler scheduler, CancellationToken cancellationToken = default)
    {
        var stored = await scheduler.QueryJobs(new JobQuery { Take = 1000 }, cancellationToken);
        var known = Schedule.Jobs.Select(j => j.Key).ToHashSet();
        await scheduler.DeleteJobs([.. stored.Items.Select(j => j.Key).Where(k => !known.Contains(k))], cancellationToken);
    }
}
