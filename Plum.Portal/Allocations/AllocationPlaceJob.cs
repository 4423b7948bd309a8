using Plum.Data.Allocations;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Allocations;

/// <summary>Every 3 seconds: asks suppliers for the orders of files that are due. Each order is claimed in the database, so that several nodes may run it.</summary>
[DisallowConcurrentExecution]
public sealed class AllocationPlaceJob(AllocationPlacing placing) : IJob
{
    public static readonly JobKey Key = new("place", "allocations");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (by, asked) = (JobActors.Allocations, 0);
        while (!cancellationToken.IsCancellationRequested && await placing.PlaceNextAsync(by, cancellationToken) is > 0 and var batch)
        {
            asked += batch;
        }

        context.Result = asked == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{asked} orders asked for");
    }
}
