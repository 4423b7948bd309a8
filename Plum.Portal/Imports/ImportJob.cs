using Plum.Data.Imports;
using Quartz;

namespace Plum.Portal.Imports;

/// <summary>Every 3 seconds: carries on with imports that were committed or undone, from where they are. The rule is in ImportWork.</summary>
[DisallowConcurrentExecution]
public sealed class ImportJob(ImportWork work) : IJob
{
    public static readonly JobKey Key = new("imports", "imports");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var worked = await work.RunDueAsync(cancellationToken);
        context.Result = worked == 0 ? JobRunReport.Skipped("nothing to import") : JobRunReport.Succeeded($"{worked} imports worked on");
    }
}
