using Quartz;

namespace Plum.Portal.Shared;

/// <summary>One line of the <see cref="Schedule"/>.</summary>
/// <param name="Does">What it does, for the people who watch it.</param>
/// <param name="When">When it runs, in words.</param>
public sealed record Scheduled(Type Job, JobKey Key, string Does, string When, Action<IQuartzBuilder> AddTo)
{
    /// <summary>Again and again. A turn that was missed is left out: the next one does its work.</summary>
    public static Scheduled Every<TJob>(JobKey key, TimeSpan interval, string does)
        where TJob : class, IJob =>
        Of<TJob>(
            key,
            does,
            $"every {(interval < TimeSpan.FromMinutes(1) ? $"{interval.TotalSeconds:0} seconds" : $"{interval.TotalMinutes:0} minutes")}",
            trigger =>
                trigger.WithSimpleSchedule(s =>
                    s.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)
                )
        );

    /// <summary>By the clock, in UTC. A turn that was missed, as when the portal was down, is made up for once.</summary>
    /// <param name="cron">Seconds, minutes, hours, day of month, month, day of week.</param>
    public static Scheduled At<TJob>(JobKey key, string cron, string when, string does)
        where TJob : class, IJob =>
        Of<TJob>(
            key,
            does,
            when,
            trigger =>
                trigger.WithCronSchedule(
                    cron,
                    s => s.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)
                )
        );

    private static Scheduled Of<TJob>(JobKey key, string does, string when, Action<ITriggerConfigurator<TJob>> schedule)
        where TJob : class, IJob =>
        new(
            typeof(TJob),
            key,
            does,
            when,
            quartz =>
            {
                quartz.Services.AddScoped<TJob>(); // so that the container's own check at start sees its constructor
                quartz.AddJob<TJob>(job => job.WithIdentity(key).WithDescription(does));
                quartz.AddTrigger<TJob>(trigger =>
                {
                    trigger.ForJob(key).WithIdentity(key.Name, key.Group);
                    schedule(trigger);
                });
            }
        );
}
