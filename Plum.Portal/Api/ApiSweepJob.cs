using Plum.Data.Api;
using Quartz;

namespace Plum.Portal.Api;

/// <summary>Every hour: forgets what was answered under an Idempotency-Key a day ago.</summary>
[DisallowConcurrentExecution]
public sealed class ApiSweepJob(ApiAnswers answers) : IJob
{
    public static readonly JobKey Key = new("api-sweep", "api");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var swept = await answers.SweepAsync(cancellationToken);
        context.Result = swept == 0 ? JobRunReport.Skipped("nothing is old") : JobRunReport.Succeeded($"{swept} answers forgotten");
    }
}
