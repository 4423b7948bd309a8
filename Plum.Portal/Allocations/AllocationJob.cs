using Plum.Data.Allocations;
using Quartz;

namespace Plum.Portal.Allocations;

/// <summary>Every 2 seconds: carries on with reading, checking and mending files, from where they are. The rule is in AllocationWork.</summary>
[DisallowConcurrentExecution]
public sealed class AllocationJob(AllocationWork work) : IJob
{
    public static readonly JobKey Key = new("files", "allocations");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var worked = await work.RunDueAsync(cancellationToken);
        context.Result =
            worked == 0 ? JobRunReport.Skipped("nothing to read or mend") : JobRunReport.Succeeded($"{worked} files worked on");
    }
}
