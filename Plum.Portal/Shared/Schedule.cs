using Plum.Data.Shared;
using Plum.Portal.Allocations;
using Plum.Portal.Api;
using Plum.Portal.Approvals;
using Plum.Portal.Audit;
using Plum.Portal.Catalogue;
using Plum.Portal.Deliveries;
using Plum.Portal.Imports;
using Plum.Portal.Jobs;
using Plum.Portal.Notifications;
using Plum.Portal.Reports;
using Plum.Portal.Sla;
using Quartz;

namespace Plum.Portal.Shared;

/// <summary>Everything that runs by itself, on one page.</summary>
public static class Schedule
{
    public static IReadOnlyList<Scheduled> Jobs { get; } =
    [
        Scheduled.Every<AllocationJob>(AllocationJob.Key, TimeSpan.FromSeconds(2), "Reads, checks and mends files of rewards"),
        Scheduled.Every<AllocationPlaceJob>(
            AllocationPlaceJob.Key,
            TimeSpan.FromSeconds(3),
            "Asks suppliers for the orders of allocation files"
        ),
        Scheduled.Every<AllocationRunJob>(
            AllocationRunJob.Key,
            TimeSpan.FromSeconds(3),
            "Takes approved allocation files along, to their last order"
        ),
        Scheduled.Every<ApiSweepJob>(
            ApiSweepJob.Key,
            TimeSpan.FromHours(1),
            "Forgets what the API answered under an Idempotency-Key a day ago"
        ),
        Scheduled.Every<AuditSealJob>(AuditSealJob.Key, TimeSpan.FromSeconds(15), "Seals what was saved since into the audit's chain"),
        Scheduled.Every<DeliveryFollowJob>(
            DeliveryFollowJob.Key,
            TimeSpan.FromSeconds(3),
            "Tells of the sandbox's messages, and makes tickets of failed deliveries by rule"
        ),
        Scheduled.Every<EmailSendJob>(EmailSendJob.Key, TimeSpan.FromSeconds(3), "Sends rewards by e-mail"),
        Scheduled.Every<SmsSendJob>(SmsSendJob.Key, TimeSpan.FromSeconds(3), "Sends rewards by SMS"),
        Scheduled.Every<WhatsAppSendJob>(WhatsAppSendJob.Key, TimeSpan.FromSeconds(3), "Sends rewards by WhatsApp"),
        Scheduled.Every<CatalogueSyncJob>(
            CatalogueSyncJob.Key,
            TimeSpan.FromSeconds(5),
            "Reads each supplier's catalogue every 24 hours or when asked, and carries on with readings under way"
        ),
        Scheduled.Every<MonthlyReportJob>(MonthlyReportJob.Key, TimeSpan.FromHours(1), "Makes last month's report of each client, once"),
        Scheduled.Every<ImportJob>(
            ImportJob.Key,
            TimeSpan.FromSeconds(3),
            "Carries on with imports of ticket history, and with their undoing"
        ),
        Scheduled.At<LeftoverSweepJob>(
            LeftoverSweepJob.Key,
            "0 40 3 * * ?",
            "every day at 03:40 UTC",
            "Clears away old sessions, and files that were never sent"
        ),
        Scheduled.Every<OutboxSendJob>(OutboxSendJob.Key, TimeSpan.FromSeconds(5), "Sends the mail that is due"),
        Scheduled.Every<RequestRunJob>(RequestRunJob.Key, TimeSpan.FromSeconds(2), "Carries out requests that were approved"),
        Scheduled.Every<RequestSweepJob>(
            RequestSweepJob.Key,
            TimeSpan.FromMinutes(1),
            "Reminds of requests that wait, and lets those expire that nobody decided"
        ),
        Scheduled.Every<SlaSweepJob>(SlaSweepJob.Key, TimeSpan.FromSeconds(10), "Flags SLA warnings and breaches at their instant"),
    ];

    /// <param name="run">False leaves the schedule in place and at rest: for a node that only serves pages.</param>
    public static IServiceCollection AddPlumJobs(this IServiceCollection services, DatabaseOptions database, bool run = true) =>
        services
            .AddScoped<JobDesk>()
            .Configure<QuartzOptions>(o => o.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true) // or a restart forgets a missed turn
            .AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(s => s.InstanceName = "Plum");
                quartz.UsePersistentStore(store =>
                {
                    store.ProvisionSchema();
                    store.UseExecutionHistory();
                    if (database.Provider == DatabaseProvider.Sqlite)
                    {
                        store.UseSqlite(database.ConnectionString);
                    }
                    else
                    {
                        quartz.ConfigureScheduler(s => s.GenerateInstanceId = true);
                        store.UseSqlServer(database.ConnectionString);
                        store.UseClustering(_ => { });
                    }
                });
                quartz.AddSchedulerListener<LeftOverJobs>();
                foreach (var job in Jobs)
                {
                    job.AddTo(quartz);
                }
            })
            .AddQuartzExecutionHistory(history =>
            {
                history.Retention = TimeSpan.FromDays(400);
                history.RetentionByResult[JobRunResult.Skipped] = TimeSpan.FromHours(1); // a sweep that finds nothing, six times a minute
                history.MaxEntriesPerJob = 500;
                history.MaxEntriesPerScheduler = 20_000;
            })
            .AddQuartzHostedService(o => (o.WaitForJobsToComplete, o.AutoStart) = (true, run));
}
