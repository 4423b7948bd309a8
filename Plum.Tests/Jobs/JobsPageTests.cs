using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Plum.Domain.Access;
using Plum.Portal.Jobs;
using Plum.Portal.Shared;
using Plum.Tests.Shared;
using Quartz;

namespace Plum.Tests.Jobs;

public class JobsPageTests
{
    [Fact]
    public async Task Each_job_on_the_schedule_is_listed_and_one_can_be_asked_for()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = await ScreenAsync(plum);

        var page = screen.Render<JobsPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(Schedule.Jobs.Count, page.FindAll("tbody tr").Count));
        await page.Find("[aria-label='Run now: Flags SLA warnings and breaches at their instant']").ClickAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal(["Asked to run: Flags SLA warnings and breaches at their instant."], screen.Said)
        );
        await using var db = plum.Peek();
        Assert.Equal("sla.sla-sweep", Assert.Single(db.AuditEntries, a => a.What == "Asked to run").Subject);
    }

    private static async Task<PlumScreen> ScreenAsync(PlumDatabase plum)
    {
        var screen = PlumScreen.Of(plum, PlumDatabase.Lead, Role.OpsLead, services => services.AddPlumJobs(plum.Options, run: false));
        await screen.Get<ISchedulerFactory>().GetScheduler();
        return screen;
    }
}
