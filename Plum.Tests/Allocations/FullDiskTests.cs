using Plum.Data.Allocations;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

/// <summary>The disk is full: it is said where people look, nothing is lost, and the work goes on when there is room.</summary>
public class FullDiskTests
{
    private const int Rows = 20_000;

    [Fact]
    public async Task Reading_stops_with_the_reason_and_goes_on_where_it_was()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var number = await desk.UploadedAsync(AllocationDesk.Csv(Enumerable.Range(1, Rows).Select(AllocationDesk.Good)));
        var files = plum.Get<AllocationService>();
        var version = (await desk.ViewAsync(number)).Version;
        Assert.IsType<Outcome.Done>(await files.CheckAsync(new CheckAllocation(number, version), AllocationDesk.Pia, default));
        using var disk = FullDisk.Of(plum.Options, freeBytes: 4 << 20);

        await plum.Get<AllocationWork>().RunAsync(number, default);

        var stopped = await desk.ViewAsync(number);
        Assert.Equal(
            (AllocationState.Failed, "There is no room left in the database's disk. Make room, then go on."),
            (stopped.State, stopped.Error)
        );
        Assert.InRange(stopped.Rows, 1, Rows - 1);
        await desk.AgreesAsync(number);

        disk.MakeRoom();
        Assert.IsType<Outcome.Done>(await files.GoOnAsync(new GoOnWithAllocation(number, stopped.Version), AllocationDesk.Pia, default));
        await plum.Get<AllocationWork>().RunAsync(number, default);

        var read = await desk.ViewAsync(number);
        Assert.Equal((AllocationState.Checked, (long)Rows, (long)Rows), (read.State, read.Rows, read.Good));
        Assert.Equal(Enumerable.Range(2, Rows).Select(l => (long)l), (await desk.RowsAsync(number)).Select(r => r.Line));
        await desk.AgreesAsync(number);
    }

    [Fact]
    public void A_full_disk_is_told_from_other_trouble()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The device that is always full is Linux's.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        Assert.True(UploadedFile.IsFull(Assert.Throws<IOException>(() => full.Write([1, 2, 3]))));
        Assert.False(UploadedFile.IsFull(new IOException("The connection is gone.")));
    }
}
