using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Notifications;

/// <summary>Every 5 seconds: sends the mail that is due. What is retried when, and when a person must look, is in Plum.Domain/Notifications.</summary>
[DisallowConcurrentExecution]
public sealed class OutboxSendJob(OutboxSender sender) : IJob
{
    public static readonly JobKey Key = new("outbox-send", "notifications");
    public const int Batch = 50;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (tried, stopped) = await sender.SendDueAsync(Batch, JobActors.Outbox, cancellationToken);
        if (stopped is not null)
        {
            throw new JobExecutionException(stopped); // seen on the jobs screen
        }

        context.Result = tried == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{tried} messages tried");
    }
}
