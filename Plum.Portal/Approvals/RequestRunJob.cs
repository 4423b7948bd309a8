using Plum.Data.Approvals;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Approvals;

/// <summary>Every 2 seconds: heeds what suppliers sent word of, and carries out what was approved. Each request is claimed in the database, so that several nodes may run it.</summary>
[DisallowConcurrentExecution]
public sealed class RequestRunJob(RequestRunner runner, RequestHints hints) : IJob
{
    public static readonly JobKey Key = new("request-run", "approvals");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (by, run) = (JobActors.Execution, 0);
        await hints.HeedAsync(by, cancellationToken);
        while (await runner.RunNextAsync(by, cancellationToken))
        {
            run++;
        }

        context.Result = run == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{run} requests carried out");
    }
}
