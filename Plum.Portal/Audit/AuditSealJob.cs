using Plum.Data.Audit;
using Quartz;

namespace Plum.Portal.Audit;

/// <summary>Every 15 seconds: seals what was saved since. A late run seals more.</summary>
[DisallowConcurrentExecution]
public sealed class AuditSealJob(AuditSealing sealing) : IJob
{
    public static readonly JobKey Key = new("audit-seal", "audit");
    public const int Batch = 1000;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (made, total) = (0, 0);
        do
        {
            total += made = await sealing.SealAsync(Batch, cancellationToken);
        } while (made == Batch);

        context.Result = total == 0 ? JobRunReport.Skipped("nothing to seal") : JobRunReport.Succeeded($"{total} entries sealed");
    }
}
