using Plum.Data.Catalogue;
using Quartz;

namespace Plum.Portal.Catalogue;

/// <summary>Every 5 seconds: carries on with the reading of suppliers' catalogues, each of which begins every 24 hours or when asked. The rule is in CatalogueSyncWork.</summary>
[DisallowConcurrentExecution]
public sealed class CatalogueSyncJob(CatalogueSyncWork work) : IJob
{
    public static readonly JobKey Key = new("catalogue-sync", "catalogue");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var worked = await work.RunDueAsync(cancellationToken);
        context.Result =
            worked == 0 ? JobRunReport.Skipped("no catalogue to read") : JobRunReport.Succeeded($"{worked} catalogues worked on");
    }
}
