using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plum.Data.Jobs;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Jobs;
using Plum.Portal.Shared;
using Plum.Portal.Sla;
using Plum.Tests.Shared;
using Quartz;

namespace Plum.Tests.Jobs;

public class JobDeskTests
{
    [Fact]
    public void Every_job_is_on_the_schedule_and_told_of()
    {
        var jobs = typeof(Schedule).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IJob)));

        Assert.Equal(
            jobs.Select(t => t.Name).Order(StringComparer.Ordinal),
            Schedule.Jobs.Select(j => j.Job.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(Schedule.Jobs, j => Assert.True(j.Does.Length > 10 && j.When.Length > 3));
        Assert.Distinct(Schedule.Jobs.Select(j => j.Key));
    }

    [Fact]
    public void No_job_runs_beside_itself() =>
        Assert.All(
            Schedule.Jobs,
            j => Assert.Single(j.Job.GetCustomAttributes(typeof(DisallowConcurrentExecutionAttribute), inherit: false))
        );

    [Theory]
    [EachDatabase]
    public async Task A_job_asked_for_runs_is_listed_with_its_outcome_and_leaves_an_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();
        await using var host = await Running.StartAsync(plum);
        var (desk, ended) = (host.Get<JobDesk>(), host.Get<Ended>());
        var key = SlaSweepJob.Key.ToString();

        Assert.Null((await desk.ListAsync(PlumDatabase.Lead, default)).Single(j => j.Key == key).Ran);
        var outcome = await desk.RunAsync(new RunJob(key), PlumDatabase.Lead, default);
        await (await host.Get<ISchedulerFactory>().GetScheduler()).Start();
        await ended.Asked.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(new Outcome.Done(key), outcome);
        var runs = await desk.RunsAsync(key, alsoIdle: true, PlumDatabase.Lead, default);
        var run = Assert.Single(runs, r => r.WasAsked);
        Assert.Equal((JobRunResult.Skipped, "nothing due"), (run.Result, run.Said));
        var row = (await desk.ListAsync(PlumDatabase.Lead, default)).Single(j => j.Key == key);
        Assert.NotNull(row.Ran);
        Assert.NotNull(row.NextAtUtc);
        await using var db = plum.Peek();
        Assert.Equal(
            ("sla.sla-sweep", "Lea Lead"),
            await db.AuditEntries.Where(a => a.What == "Asked to run").Select(a => ValueTuple.Create(a.Subject, a.Who)).SingleAsync()
        );
    }

    [Fact]
    public async Task Who_may_not_run_jobs_is_refused_and_who_may_not_watch_sees_none()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var host = await Running.StartAsync(plum);
        var desk = host.Get<JobDesk>();

        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.RunJobs)),
            await desk.RunAsync(new RunJob(SlaSweepJob.Key.ToString()), PlumDatabase.Agent, default)
        );
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await desk.RunAsync(new RunJob("no.such"), PlumDatabase.Lead, default));
        Assert.Empty(await desk.ListAsync(PlumDatabase.Agent, default));
    }

    [Fact]
    public async Task A_job_that_left_the_schedule_is_forgotten_at_the_next_start()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var host = await Running.StartAsync(plum);
        var scheduler = await host.Get<ISchedulerFactory>().GetScheduler();
        var gone = new JobKey("gone", "test");
        await scheduler.AddJob(JobBuilder.Create<SlaSweepJob>().WithIdentity(gone).StoreDurably().Build(), new AddJobOptions());

        await scheduler.Start();

        Assert.False(await scheduler.Exists(gone));
        Assert.True(await scheduler.Exists(SlaSweepJob.Key));
    }

    /// <summary>A host with the schedule in place and at rest, until a test starts the scheduler.</summary>
    private sealed class Running(IHost host) : IAsyncDisposable
    {
        public static async Task<Running> StartAsync(PlumDatabase plum)
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(plum.Clock);
            builder.Services.AddDataProtection();
            builder.Services.AddPlumData(plum.Options);
            builder.Services.AddPlumJobs(plum.Options, run: false);
            builder.Services.AddSingleton<Ended>();
            builder.Services.AddQuartz(q => q.AddJobListener(p => p.GetRequiredService<Ended>()));
            var host = builder.Build();
            await host.StartAsync();
            return new Running(host);
        }

        public T Get<T>()
            where T : notnull => host.Services.GetRequiredService<T>();

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Added last, so told last: by then the history has the run.</summary>
    private sealed class Ended : IJobListener
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => nameof(Ended);

        /// <summary>Ends with the first run that no schedule fired.</summary>
        public Task Asked => _asked.Task;

        public ValueTask JobWasExecuted(
            IJobExecutionContext context,
            JobExecutionException? jobException,
            CancellationToken cancellationToken = default
        )
        {
            if (context.Trigger.Key.Group != context.JobDetail.Key.Group)
            {
                _asked.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
