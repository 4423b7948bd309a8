using Plum.Data.Sla;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Sla;

/// <summary>Every 10 seconds: flags the warnings and breaches that have come. The rule is in Plum.Domain/Sla, the query in SlaService.</summary>
[DisallowConcurrentExecution]
public sealed class SlaSweepJob(SlaService sla) : IJob
{
    public static readonly JobKey Key = new("sla-sweep", "sla");
    public const int Batch = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (by, looked, found) = (JobActors.Sla, 0, 0);
        do
        {
            looked += found = await sla.FlagDueAsync(Batch, by, cancellationToken);
        } while (found == Batch);

        context.Result = looked == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{looked} tickets reckoned");
    }
}
