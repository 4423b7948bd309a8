using Plum.Data.Deliveries;
using Plum.Domain.Clients;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Deliveries;

/// <summary>Every 3 seconds: sends the deliveries by e-mail that are due. Each channel has its own job: a slow provider holds up no other.</summary>
[DisallowConcurrentExecution]
public sealed class EmailSendJob(DeliveryDispatch dispatch) : IJob
{
    public static readonly JobKey Key = new("email-send", "deliveries");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = await DeliveryTurn.RunAsync(dispatch, DeliveryChannel.Email, cancellationToken);
}

/// <summary>Every 3 seconds: sends the deliveries by SMS that are due.</summary>
[DisallowConcurrentExecution]
public sealed class SmsSendJob(DeliveryDispatch dispatch) : IJob
{
    public static readonly JobKey Key = new("sms-send", "deliveries");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = await DeliveryTurn.RunAsync(dispatch, DeliveryChannel.Sms, cancellationToken);
}

/// <summary>Every 3 seconds: sends the deliveries by WhatsApp that are due.</summary>
[DisallowConcurrentExecution]
public sealed class WhatsAppSendJob(DeliveryDispatch dispatch) : IJob
{
    public static readonly JobKey Key = new("whatsapp-send", "deliveries");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = await DeliveryTurn.RunAsync(dispatch, DeliveryChannel.WhatsApp, cancellationToken);
}

/// <summary>Every 3 seconds: tells of the sandbox's messages, and makes tickets of failed deliveries where the programme says so.</summary>
[DisallowConcurrentExecution]
public sealed class DeliveryFollowJob(SandboxTelling sandbox, DeliveryService deliveries) : IJob
{
    public static readonly JobKey Key = new("delivery-follow", "deliveries");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var by = JobActors.Deliveries;
        var told = await sandbox.TellDueAsync(by, cancellationToken);
        var opened = await deliveries.OpenTicketsByRuleAsync(100, by, cancellationToken);
        context.Result =
            told + opened == 0
                ? JobRunReport.Skipped("nothing to follow")
                : JobRunReport.Succeeded($"{told} callbacks of the sandbox, {opened} tickets opened");
    }
}

/// <summary>One turn of a channel's job.</summary>
internal static class DeliveryTurn
{
    private const int Most = 50_000; // then the job reports, and its next turn goes on

    public static async Task<JobRunReport> RunAsync(DeliveryDispatch dispatch, DeliveryChannel channel, CancellationToken ct)
    {
        var tried = await dispatch.SendDueAsync(channel, Most, JobActors.Deliveries, ct);
        return tried == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{tried} messages tried");
    }
}
