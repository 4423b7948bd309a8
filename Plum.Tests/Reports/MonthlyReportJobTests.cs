using Microsoft.EntityFrameworkCore;
using Plum.Data.Reports;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Reports;

/// <summary>What the hourly job does, by the two methods that it is made of.</summary>
public class MonthlyReportJobTests
{
    private static readonly Actor Schedule = JobActors.Schedule;

    [Theory]
    [EachDatabase]
    public async Task Each_clients_month_is_made_once_when_it_is_over_at_their_place(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasClientAsync("AUCKLAND", timeZone: "Pacific/Auckland");
        await plum.HasClientAsync("DENVER", timeZone: "America/Denver");
        await RunAsync(plum); // February, at both

        plum.Clock.AdjustTime(new DateTimeOffset(2026, 3, 31, 10, 59, 0, TimeSpan.Zero));
        Assert.Equal([], await RunAsync(plum));
        plum.Clock.AdjustTime(new DateTimeOffset(2026, 3, 31, 11, 0, 0, TimeSpan.Zero)); // midnight in Auckland
        Assert.Equal(["AUCKLAND 2026-03"], await RunAsync(plum));
        Assert.Equal([], await RunAsync(plum));
        plum.Clock.AdjustTime(new DateTimeOffset(2026, 4, 1, 6, 0, 0, TimeSpan.Zero)); // midnight in Denver
        Assert.Equal(["DENVER 2026-03"], await RunAsync(plum));
        Assert.Equal([], await RunAsync(plum));
    }

    [Theory]
    [EachDatabase]
    public async Task What_a_stopped_portal_missed_is_made_up_for(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasClientAsync();
        Assert.Equal(["ACME 2026-02"], await RunAsync(plum));

        plum.Clock.AdjustTime(new DateTimeOffset(2026, 6, 17, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(["ACME 2026-03", "ACME 2026-04", "ACME 2026-05"], await RunAsync(plum));
    }

    [Theory]
    [EachDatabase]
    public async Task A_report_that_a_person_made_does_not_stand_in_for_the_scheduled_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var history = await ReportHistory.OfAsync(plum);
        await history.MadeAsync(new DateOnly(2026, 2, 1));

        Assert.Equal(["ACME 2026-02"], await RunAsync(plum));
    }

    [Theory]
    [EachDatabase]
    public async Task Two_nodes_at_once_make_one_report(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasClientAsync();
        var reports = plum.Get<ReportService>();
        var due = (await reports.DueAsync(Schedule, default)).Single();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reports.MakeDueAsync(due, Schedule, default))));

        Assert.Single(made, m => m);
        await using var db = plum.Peek();
        Assert.Equal(1, await db.Reports.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_client_that_left_gets_none(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        await using var db = plum.Peek();
        await db.Clients.Where(c => c.Id == client.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsActive, false));

        Assert.Equal([], await RunAsync(plum));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(PlumDatabase plum)
    {
        var reports = plum.Get<ReportService>();
        var made = new List<string>();
        await using var db = plum.Peek();
        foreach (var due in await reports.DueAsync(Schedule, default))
        {
            Assert.True(await reports.MakeDueAsync(due, Schedule, default));
            var code = await db.Clients.Where(c => c.Id == due.ClientId).Select(c => c.Code).SingleAsync();
            made.Add($"{code} {due.Month:yyyy-MM}");
        }

        return made;
    }
}
