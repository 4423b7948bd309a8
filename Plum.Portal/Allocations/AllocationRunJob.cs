using Plum.Data.Allocations;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Allocations;

/// <summary>Every 3 seconds: takes files from the checkers' answer to their last order. Each batch is a transaction, so that several nodes may run it.</summary>
[DisallowConcurrentExecution]
public sealed class AllocationRunJob(AllocationRun run) : IJob
{
    public static readonly JobKey Key = new("run", "allocations");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var steps = await run.RunDueAsync(JobActors.Allocations, cancellationToken);
        context.Result = steps == 0 ? JobRunReport.Skipped("no file to take along") : JobRunReport.Succeeded($"{steps} steps");
    }
}
