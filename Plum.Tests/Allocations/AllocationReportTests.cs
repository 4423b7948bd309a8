using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Domain.Access;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Portal.Allocations;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

public class AllocationReportTests
{
    [Theory]
    [EachDatabase]
    public async Task The_report_tells_of_each_row_what_became_of_it_and_is_audited(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(3);
        await using (var db = world.Plum.Peek())
        {
            await db
                .AllocationRows.Where(r => r.Key == $"{number}-1")
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Reference, "=HYPERLINK(\"http://bad.example\")"));
        }

        Assert.IsType<Outcome.Done>(await world.SubmitAsync(number));
        world.Supplier.Next.Enqueue(new SupplierFault("PLE10024", SupplierFaultClass.Stock, "Sold out"));
        await world.RunAsync();

        var report = (await world.Plum.Get<AllocationReporting>().OfAsync(number, world.Checker, default))!;
        using var workbook = new XLWorkbook(new MemoryStream(AllocationWorkbook.Render(report)));

        Assert.Equal(["About", "Requests", "Rows"], workbook.Worksheets.Select(w => w.Name));
        Assert.All(workbook.Worksheets.SelectMany(w => w.CellsUsed()), cell => Assert.False(cell.HasFormula));
        Assert.Equal([2d, 3d, 4d], Column("Line").Select(c => c.GetDouble()));
        Assert.Equal([25d, 25d, 25d], Column("Value").Select(c => c.GetDouble()));
        Assert.Equal(["r1@acme.example", "r2@acme.example", "r3@acme.example"], Column("Address").Select(c => c.GetString()));
        Assert.Equal(
            [("", "Sold out (PLE10024)"), ("Queued", ""), ("Queued", "")],
            Column("Delivery").Zip(Column("Why not"), (to, why) => (to.GetString(), why.GetString())).Order()
        );
        Assert.DoesNotContain(Column("Reference")[0].GetString()[0], "=+-@");
        Assert.Equal(75d, workbook.Worksheet("Requests").Cell(2, 4).GetDouble());
        await using var peek = world.Plum.Peek();
        Assert.Equal("Chao Checker", (await peek.AuditEntries.SingleAsync(a => a.What == "Report taken")).Who);

        List<IXLCell> Column(string name)
        {
            var sheet = workbook.Worksheet("Rows");
            var column = sheet.Row(1).CellsUsed().Single(c => c.GetString() == name).Address.ColumnNumber;
            return [.. Enumerable.Range(2, 3).Select(row => sheet.Cell(row, column))];
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_see_the_file_gets_no_report_of_it(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(1);
        var elsewhere = await world.Plum.HasUserAsync("Bo Bank", Role.ProgrammeAdmin, await world.Plum.HasClientAsync("BANK"));

        Assert.Null(await world.Plum.Get<AllocationReporting>().OfAsync(number, elsewhere, default));
        Assert.Null(await world.Plum.Get<AllocationReporting>().OfAsync(number, PlumDatabase.Agent, default));
        Assert.NotNull(await world.Plum.Get<AllocationReporting>().OfAsync(number, world.Admin, default));
    }
}
