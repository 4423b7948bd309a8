using System.Text;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

/// <summary>Whatever is done with one file or one batch finds it by an index, however many others there are.</summary>
public class LargeTablesTests
{
    private static readonly string[] Large =
    [
        "AllocationRows",
        "OrderPlacements",
        "Orders",
        "OrderEvents",
        "Recipients",
        "Deliveries",
        "DeliveryAttempts",
        "DeliveryEvents",
        "SandboxMessages",
        "Rewards",
        "JournalEntries",
        "Postings",
        "AuditEntries",
    ];

    [Fact]
    public async Task A_file_is_mended_without_reading_the_rows_of_others()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        using var plans = StatementPlans.Watch(plum.Options);

        var file = await desk.CheckedAsync(
            AllocationDesk.Csv(Enumerable.Range(1, 40).Select(n => n % 4 == 0 ? $"R-{n},,,,,,,,," : AllocationDesk.Good(n)))
        );
        var mend = plum.Get<MendService>();
        var bad = await desk.BadAsync(file.Number);
        await desk.BadAsync(file.Number);
        await mend.PageAsync(new BadRowQuery(file.Number, FaultCode: bad[0].Faults[0].Code), AllocationDesk.Pia, default);
        await mend.PageAsync(new BadRowQuery(file.Number, IsExcluded: true), AllocationDesk.Pia, default);
        var fill = new MendManyRows(file.Number, file.Version, AllocationChangeKind.Fill, "Country", Value: "GB");
        await mend.PreviewAsync(fill, AllocationDesk.Pia, default);
        Assert.IsType<Outcome.Done>(await mend.ChangeAsync(fill, AllocationDesk.Pia, default));
        await plum.Get<AllocationWork>().RunAsync(file.Number, default);
        using var csv = new MemoryStream();
        Assert.True(await mend.WriteAsync(file.Number, csv, AllocationDesk.Pia, default));
        Assert.Contains("R-4", Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);

        Assert.Equal("", await plans.ScansOfAsync(Large));
    }

    [Fact]
    public async Task A_file_is_ordered_and_sent_without_reading_the_orders_of_others()
    {
        await using var world = await AllocationWorld.CreateAsync();
        var number = await world.HasFileAsync(40, value: 1000);
        using var plans = StatementPlans.Watch(world.Plum.Options);

        Assert.IsType<Outcome.Done>(await world.SubmitAsync(number));
        await world.RunAsync();
        await world.Plum.DispatchAsync();
        Assert.NotNull(await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default));

        Assert.Equal(AllocationState.Finished, (await world.FileAsync(number)).State);
        Assert.Equal("", await plans.ScansOfAsync(Large));
    }
}
