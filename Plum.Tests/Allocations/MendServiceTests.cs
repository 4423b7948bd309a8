using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

public class MendServiceTests
{
    private static readonly Actor Pia = AllocationDesk.Pia;

    [Theory]
    [EachDatabase]
    public async Task A_row_is_mended_in_place_and_judged_at_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(AllocationDesk.Csv("R-1,Ben,ben@nowhere,,GB,Email,AMAZING-GB,26,GBP,", AllocationDesk.Good(2)));

        Assert.Equal(
            new Outcome.Done("Bad"),
            await mend.CorrectAsync(new(view.Number, 2, 0, new Dictionary<string, string> { ["Email"] = "ben@example.com" }), Pia, default)
        );
        var row = Assert.Single(await desk.BadAsync(view.Number));
        Assert.Equal(
            ("allocation.denomination", "ben@nowhere", "ben@example.com", 1),
            (Assert.Single(row.Faults).Code, row.Original![2], row.Cells[2], row.Version)
        );
        await desk.AgreesAsync(view.Number);

        Assert.IsType<Outcome.Stale>(
            await mend.CorrectAsync(new(view.Number, 2, 0, new Dictionary<string, string> { ["Value"] = "10" }), Pia, default)
        );
        Assert.Equal(
            new Outcome.Done("Good"),
            await mend.CorrectAsync(new(view.Number, 2, 1, new Dictionary<string, string> { ["Value"] = "10" }), Pia, default)
        );
        Assert.Empty(await desk.BadAsync(view.Number));
        var good = (await desk.RowsAsync(view.Number))[0];
        Assert.Equal(("R-1", "ben@example.com", 1000L, null, null), (good.Reference, good.Email, good.Value, good.Cells, good.Original));
        Assert.Equal(
            "allocation.row-good",
            Assert
                .IsType<Outcome.Refused>(await mend.CorrectAsync(new(view.Number, 2, 2, new Dictionary<string, string>()), Pia, default))
                .Why.Code
        );
        await desk.AgreesAsync(view.Number);
        await using var db = plum.Peek();
        Assert.Equal(
            ["""IPA-1001/line 2 {"columns":["Email"],"state":"Bad"}""", """IPA-1001/line 2 {"columns":["Value"],"state":"Good"}"""],
            (await db.AuditEntries.Where(a => a.What == "Row corrected").OrderBy(a => a.Id).ToListAsync()).Select(a =>
                $"{a.Subject} {a.After}"
            )
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Of_two_rows_with_one_reference_only_one_can_become_good(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(
            AllocationDesk.Csv("R-1,Ben,ben@nowhere,,GB,Email,AMAZING-GB,25,GBP,", "R-1,Ben,ben@example.com,,GB,Email,AMAZING-GB,25,GBP,")
        );

        Assert.Equal(
            new Outcome.Done("Bad"),
            await mend.CorrectAsync(new(view.Number, 2, 0, new Dictionary<string, string> { ["Email"] = "ben@example.com" }), Pia, default)
        );
        Assert.Equal("allocation.twice", Assert.Single(Assert.Single(await desk.BadAsync(view.Number)).Faults).Code);
        Assert.Equal(
            new Outcome.Done("Good"),
            await mend.CorrectAsync(new(view.Number, 2, 1, new Dictionary<string, string> { ["Reference"] = "R-2" }), Pia, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_row_is_left_out_and_taken_back_in(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(1), "R-2,,,,,,,,,"));

        Assert.IsType<Outcome.Done>(await mend.ExcludeAsync(new(view.Number, 3, 0, true), Pia, default));
        view = await desk.ViewAsync(view.Number);
        Assert.Equal((1, 0, 1), (view.Good, view.Bad, view.Excluded));
        await desk.AgreesAsync(view.Number);
        var excluded = Assert.Single((await mend.PageAsync(new(view.Number, IsExcluded: true), Pia, default)).Rows);
        Assert.IsType<Outcome.Done>(await mend.ExcludeAsync(new(view.Number, 3, excluded.Version, false), Pia, default));
        await desk.AgreesAsync(view.Number);
        Assert.Equal(1, (await desk.ViewAsync(view.Number)).Bad);
    }

    [Theory]
    [EachDatabase]
    public async Task Many_rows_are_filled_and_replaced_after_a_look_at_what_it_would_do(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var lines = Enumerable
            .Range(1, 2_500)
            .Select(i => $"R-{i},P{i},p{i}@old.example,,{(i % 2 == 0 ? "UKK" : "GB")},Email,{(i % 5 == 0 ? "" : "AMAZING-GB")},25,GBP,");
        var view = await desk.CheckedAsync(AllocationDesk.Csv(lines));
        Assert.Equal(1_500, view.Bad); // every second, every fifth

        var replace = new MendManyRows(view.Number, view.Version, AllocationChangeKind.Replace, "Country", "ukk", "GB");
        var preview = await mend.PreviewAsync(replace, Pia, default);
        Assert.Equal((1_250, (3L, "UKK", "GB")), (preview.Rows, preview.Samples[0]));
        Assert.IsType<Outcome.Done>(await mend.ChangeAsync(replace, Pia, default));
        view = await desk.ViewAsync(view.Number);
        Assert.Equal((AllocationState.Checked, 500L, 1_250L), (view.State, view.Bad, view.Change!.Changed));
        await desk.AgreesAsync(view.Number);

        var fill = new MendManyRows(
            view.Number,
            view.Version,
            AllocationChangeKind.Replace,
            "Reward",
            "",
            "AMAZING-GB",
            FaultCode: "allocation.no-reward"
        );
        Assert.Equal(500, (await mend.PreviewAsync(fill, Pia, default)).Rows);
        Assert.IsType<Outcome.Done>(await mend.ChangeAsync(fill, Pia, default));
        view = await desk.ViewAsync(view.Number);
        Assert.Equal((2_500, 0), (view.Good, view.Bad));
        await desk.AgreesAsync(view.Number);
    }

    [Theory]
    [EachDatabase]
    public async Task A_large_change_goes_on_by_itself_after_an_interruption(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(
            AllocationDesk.Csv(Enumerable.Range(1, 3_500).Select(i => $"R-{i},P{i},p{i}@example.com,,GB,Email,NONE,25,GBP,"))
        );
        var fill = new MendManyRows(view.Number, view.Version, AllocationChangeKind.Fill, "Reward", Value: "AMAZING-GB");

        Assert.IsType<Outcome.Done>(await mend.ChangeAsync(fill, Pia, default));
        Assert.Equal(AllocationState.Mending, (await desk.ViewAsync(view.Number)).State);
        Assert.Equal(
            "allocation.not-checked",
            Assert
                .IsType<Outcome.Refused>(await mend.CorrectAsync(new(view.Number, 2, 0, new Dictionary<string, string>()), Pia, default))
                .Why.Code
        );
        using (var killed = new CancellationTokenSource())
        {
            await using var watching = plum.Peek();
            var running = Task.Run(() => plum.Get<AllocationWork>().RunAsync(view.Number, killed.Token));
            while (!running.IsCompleted && (await watching.AllocationFiles.AsNoTracking().SingleAsync()).Change!.Done == 0)
            {
                await Task.Yield();
            }

            await killed.CancelAsync();
            await running.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        plum.Clock.Advance(TimeSpan.FromMinutes(1));
        await plum.Get<AllocationWork>().RunDueAsync(default);
        view = await desk.ViewAsync(view.Number);
        Assert.Equal((AllocationState.Checked, 3_500L, 0L, 3_500L), (view.State, view.Good, view.Bad, view.Change!.Changed));
        await desk.AgreesAsync(view.Number);
    }

    [Theory]
    [EachDatabase]
    public async Task Bad_rows_go_out_as_a_file_and_come_back_mended(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(
            AllocationDesk.Csv(
                AllocationDesk.Good(1),
                "=R-2,Ben,ben@nowhere,+44 7400 123456,GB,Email,AMAZING-GB,25,GBP,\"Two\nlines\"",
                "R-3,Cy,cy@nowhere,,GB,Email,AMAZING-GB,25,GBP,-1",
                "R-4,Di,di@nowhere,,GB,Email,AMAZING-GB,25,GBP,",
                "R-5,Ed"
            )
        );
        Assert.Equal(4, view.Bad);

        using var file = new MemoryStream();
        Assert.True(await mend.WriteAsync(view.Number, file, Pia, default));
        var text = Encoding.UTF8.GetString(file.ToArray()).TrimStart('\ufeff');
        var lines = text.Split("\r\n");
        Assert.Equal($"Plum line,Plum version,{AllocationDesk.Header},Plum errors", lines[0]);
        Assert.StartsWith("3,0,'=R-2,Ben,ben@nowhere,'+44 7400 123456,", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"Email: One e-mail address", text, StringComparison.Ordinal);
        Assert.DoesNotContain(lines.SelectMany(l => l.Split(',')), c => c.StartsWith('=') || c.StartsWith('+') || c.StartsWith('-'));

        // Meanwhile one of them is mended by hand, and one line is of no bad row.
        Assert.IsType<Outcome.Done>(
            await mend.CorrectAsync(
                new(view.Number, 6, 0, new Dictionary<string, string> { ["Email"] = "dinah@example.com" }),
                Pia,
                default
            )
        );
        var back =
            text.Replace("@nowhere", "@example.com", StringComparison.Ordinal)
            + "2,0,R-1,X,x@example.com,,GB,Email,AMAZING-GB,25,GBP,,\r\n";
        view = await desk.ViewAsync(view.Number);
        Assert.IsType<Outcome.Done>(await BackAsync(mend, view, back));

        view = await desk.ViewAsync(view.Number);
        Assert.Equal((AllocationState.Checked, 4L, 1L), (view.State, view.Good, view.Bad));
        Assert.Equal((3, 2), (view.Change!.Changed, view.Change.Refused));
        var rows = await desk.RowsAsync(view.Number);
        Assert.Equal(
            ("=R-2", "ben@example.com", "+447400123456", "Two\nlines"),
            (rows[1].Reference, rows[1].Email, rows[1].Phone, rows[1].Message)
        );
        Assert.Equal("dinah@example.com", rows[3].Email);
        Assert.Equal("-1", rows[2].Message);
        await desk.AgreesAsync(view.Number);
    }

    [Theory]
    [EachDatabase]
    public async Task A_file_that_is_no_file_of_mended_rows_is_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(1), "R-2,,,,,,,,,"));

        foreach (
            var (content, code) in new[]
            {
                ("", "import.empty"),
                (AllocationDesk.Csv(AllocationDesk.Good(1)), "allocation.not-mended"),
                ("Plum line,Plum version,Other\r\n3,0,x\r\n", "allocation.not-mended"),
            }
        )
        {
            Assert.Equal(code, Assert.IsType<Outcome.Refused>(await BackAsync(mend, view, content)).Why.Code);
        }

        Assert.Single(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "allocations")));
        Assert.Equal(AllocationState.Checked, (await desk.ViewAsync(view.Number)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task Bad_rows_are_paged_forwards_and_backwards_by_their_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var mend = plum.Get<MendService>();
        var view = await desk.CheckedAsync(
            AllocationDesk.Csv(Enumerable.Range(1, 25).Select(i => i % 5 == 0 ? AllocationDesk.Good(i) : $"R-{i},,,,,,,,,"))
        );

        var first = await mend.PageAsync(new(view.Number, Take: 10), Pia, default);
        var second = await mend.PageAsync(new(view.Number, After: first.Rows[^1].Line, Take: 10), Pia, default);
        var back = await mend.PageAsync(new(view.Number, Before: second.Rows[0].Line, Take: 10), Pia, default);

        Assert.Equal((10, false, true), (first.Rows.Count, first.HasEarlier, first.HasLater));
        Assert.Equal((10, true, false), (second.Rows.Count, second.HasEarlier, second.HasLater));
        Assert.Equal(first.Rows.Select(r => r.Line), back.Rows.Select(r => r.Line));
        Assert.False(back.HasEarlier);
        Assert.Empty((await mend.PageAsync(new(view.Number, FaultCode: "allocation.email"), Pia, default)).Rows);
        Assert.Equal(20, (await mend.PageAsync(new(view.Number, FaultCode: "allocation.name"), Pia, default)).Rows.Count);
    }

    private static async Task<Outcome> BackAsync(MendService mend, AllocationView view, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await mend.TakeBackAsync(new(view.Number, view.Version, "mended.csv"), content, Pia, default);
    }
}
