using Plum.Data.Approvals;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Approvals;

/// <summary>Every minute: reminds of requests that nobody decided, and lets those expire whose time is over.</summary>
[DisallowConcurrentExecution]
public sealed class RequestSweepJob(RequestSweep sweep) : IJob
{
    public static readonly JobKey Key = new("request-sweep", "approvals");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (by, all, swept) = (JobActors.Approvals, 0, 0);
        do
        {
            all += swept = await sweep.SweepAsync(by, cancellationToken);
        } while (swept > 0);

        context.Result = all == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{all} requests reminded of or expired");
    }
}
