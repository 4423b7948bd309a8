using Plum.Data.Reports;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Quartz;

namespace Plum.Portal.Reports;

/// <summary>
/// Every hour: makes last month's report of each client at whose place the month is over, once, and those that a stopped portal missed. The
/// rule is in ReportService.
/// </summary>
[DisallowConcurrentExecution]
public sealed class MonthlyReportJob(ReportService reports) : IJob
{
    public static readonly JobKey Key = new("monthly-report", "reports");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (by, made, failed) = (JobActors.Schedule, 0, new List<Exception>());
        foreach (var due in await reports.DueAsync(by, cancellationToken))
        {
            try
            {
                made += await reports.MakeDueAsync(due, by, cancellationToken) ? 1 : 0;
            }
#pragma warning disable CA1031 // one client's trouble must not keep the others waiting; all of it goes out at the end
            catch (Exception trouble) when (trouble is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failed.Add(trouble);
            }
        }

        if (failed.Count > 0)
        {
            throw new AggregateException($"{made} reports made, {failed.Count} failed.", failed);
        }

        context.Result = made == 0 ? JobRunReport.Skipped("nothing due") : JobRunReport.Succeeded($"{made} reports made");
    }
}
