using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

public partial class AllocationServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_file_is_read_and_every_row_judged(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);

        var view = await desk.CheckedAsync(
            AllocationDesk.Csv(
                AllocationDesk.Good(1),
                "R-2,Ben,ben@nowhere,,GB,Email,AMAZING-GB,25,GBP,",
                "R-3,Asha,asha@example.com,,IN,Email,AMAZING-IN,10,INR,",
                "\"R-4,unclosed",
                AllocationDesk.Good(1), // the same reference again
                "R-6,Cy,cy@example.com"
            )
        );

        Assert.Equal((AllocationState.Checked, 6L, 2L, 4L), (view.State, view.Rows, view.Good, view.Bad));
        Assert.Equal(
            [("GBP", 1L, 2500L, null), ("INR", 1L, 1000L, (long?)null)],
            view.Totals.Select(t => (t.Currency, t.Rows, t.MinorUnits, t.Budget))
        );
        Assert.Equal(
            [
                "3 allocation.email Email ben@nowhere",
                "5 allocation.quote-open  ",
                "6 allocation.twice Reference R-1",
                "7 allocation.ragged  ",
            ],
            (await desk.BadAsync(view.Number)).SelectMany(r => r.Faults.Select(f => $"{r.Line} {f.Code} {f.Column} {f.Value}"))
        );
        Assert.Contains("line 2 of this file", (await desk.BadAsync(view.Number))[2].Faults[0].Allowed, StringComparison.Ordinal);
        await desk.AgreesAsync(view.Number);
        await using var db = plum.Peek();
        Assert.Equal(
            ["Uploaded", "Check asked for", "Checked"],
            await db.AuditEntries.Where(a => a.Room == "Allocations").OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_reference_is_sent_once_in_a_programme_until_its_file_is_cancelled(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var first = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(1), AllocationDesk.Good(2)));

        var second = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(2), AllocationDesk.Good(3)));
        var twice = Assert.Single(await desk.BadAsync(second.Number));
        Assert.Equal("allocation.twice", twice.Faults[0].Code);
        Assert.Contains($"line 3 of IPA-{first.Number}", twice.Faults[0].Allowed, StringComparison.Ordinal);

        var files = plum.Get<AllocationService>();
        Assert.IsType<Outcome.Done>(
            await plum.Get<AllocationRun>().CancelAsync(new(first.Number, first.Version), AllocationDesk.Pia, default)
        );
        Assert.Equal(1, await plum.Get<AllocationWork>().RunDueAsync(default));
        Assert.Equal(0, await plum.Get<AllocationWork>().RunDueAsync(default));
        Assert.IsType<Outcome.Done>(
            await plum.Get<MendService>()
                .ChangeAsync(new(second.Number, second.Version, AllocationChangeKind.CheckAgain), AllocationDesk.Pia, default)
        );
        Assert.Equal((2, 0), ((await desk.ViewAsync(second.Number)).Good, (await desk.ViewAsync(second.Number)).Bad));
        await desk.AgreesAsync(second.Number);
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_file_twice_is_noticed_and_of_two_at_once_one_wins(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var csv = AllocationDesk.Csv(AllocationDesk.Good(1));
        var other = PlumDatabase.Person("Oz Other", Role.ProgrammeAdmin);

        var both = await Task.WhenAll(Task.Run(() => desk.UploadAsync(csv)), Task.Run(() => desk.UploadAsync(csv, other)));

        Assert.Single(both.OfType<Outcome.Done>());
        Assert.Contains(
            Assert.Single(both.OfType<Outcome.Refused>()).Why.Code,
            (string[])["allocation.file-twice", "allocation.file-race"]
        );
        var again = Assert.IsType<Outcome.Refused>(await desk.UploadAsync(csv, other));
        Assert.Equal("allocation.file-twice", again.Why.Code);
        Assert.Contains("IPA-1001", again.Why.Message, StringComparison.Ordinal);
        await using var db = plum.Peek();
        var file = Assert.Single(await db.AllocationFiles.ToListAsync());
        Assert.Single(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "allocations")));
        Assert.IsType<Outcome.Done>(await plum.Get<AllocationRun>().CancelAsync(new(file.Number, 0), AllocationDesk.Pia, default));
        Assert.IsType<Outcome.Done>(await desk.UploadAsync(csv, other));
    }

    [Theory]
    [EachDatabase]
    public async Task Rights_versions_and_what_does_not_exist(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var elsewhere = await plum.HasUserAsync("Bo Bank", Role.ProgrammeAdmin, await plum.HasClientAsync("BANK"));
        var auditor = await plum.HasUserAsync("Aud Auditor", Role.Auditor);
        var csv = AllocationDesk.Csv(AllocationDesk.Good(1), "R-2,,,,,,,,,");
        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.MakeAllocations)), await desk.UploadAsync(csv, PlumDatabase.Agent));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await desk.UploadAsync(csv, elsewhere));
        var view = await desk.CheckedAsync(csv);
        var (files, mend, number) = (plum.Get<AllocationService>(), plum.Get<MendService>(), view.Number);

        Assert.Null(await files.ViewAsync(number, elsewhere, default));
        Assert.Null(await files.ViewAsync(number, PlumDatabase.Agent, default));
        Assert.NotNull(await files.ViewAsync(number, PlumDatabase.Auditor, default));
        Assert.Equal(0, (await files.ListAsync(0, 50, null, null, elsewhere, default)).Total);
        Assert.Equal(1, (await files.ListAsync(0, 50, null, null, AllocationDesk.Pia, default)).Total);
        Assert.Empty((await mend.PageAsync(new(number), elsewhere, default)).Rows);
        Assert.Empty(await files.ColumnsAsync(number, elsewhere, default));
        Assert.Empty((await mend.PreviewAsync(new(number, 0, AllocationChangeKind.Fill, "Name", Value: "X"), elsewhere, default)).Samples);
        Assert.False(await mend.WriteAsync(number, Stream.Null, elsewhere, default));
        Assert.Empty(await files.ProgrammesAsync("SUMMER", 10, elsewhere, default));
        Assert.Single(await files.ProgrammesAsync("SUMMER", 10, AllocationDesk.Pia, default));
        foreach (
            var (by, expected) in new[]
            {
                (elsewhere, new Outcome.Refused(Refusals.NotFound)),
                (auditor, new Outcome.Refused(Refusals.NotAllowed(Act.MakeAllocations))),
            }
        )
        {
            Assert.Equal(expected, await plum.Get<AllocationRun>().CancelAsync(new(number, view.Version), by, default));
            Assert.Equal(expected, await files.CheckAsync(new(number, view.Version), by, default));
            Assert.Equal(expected, await files.MapAsync(new(number, view.Version, AllocationMapping.Nothing), by, default));
            Assert.Equal(expected, await files.LeaveOutBadAsync(new(number, view.Version, true), by, default));
            Assert.Equal(expected, await mend.CorrectAsync(new(number, 3, 0, new Dictionary<string, string>()), by, default));
            Assert.Equal(expected, await mend.ExcludeAsync(new(number, 3, 0, true), by, default));
            Assert.Equal(expected, await mend.ChangeAsync(new(number, view.Version, AllocationChangeKind.CheckAgain), by, default));
            Assert.Equal(expected, await mend.TakeBackAsync(new(number, view.Version, "x.csv"), new MemoryStream([65]), by, default));
        }

        Assert.IsType<Outcome.Stale>(await files.LeaveOutBadAsync(new(number, view.Version - 1, true), AllocationDesk.Pia, default));
        Assert.IsType<Outcome.Stale>(
            await mend.CorrectAsync(new(number, 3, 7, new Dictionary<string, string>()), AllocationDesk.Pia, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await mend.CorrectAsync(new(number, 99, 0, new Dictionary<string, string>()), AllocationDesk.Pia, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await plum.Get<AllocationRun>().CancelAsync(new(5, 0), AllocationDesk.Pia, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_mapping_is_remembered_for_the_programme_and_a_file_can_be_mapped_anew(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var files = plum.Get<AllocationService>();
        const string Theirs = "Wer,Wohin,Was,Wieviel\r\nJane,jane@example.com,AMAZING-GB,\"25,00\"\r\n";
        var number = await desk.UploadedAsync(Theirs);
        var proposed = (await desk.ViewAsync(number)).Mapping;
        Assert.Empty(proposed.Sources);
        Assert.Equal(
            "allocation.unmapped",
            Assert.IsType<Outcome.Refused>(await files.CheckAsync(new(number, 0), AllocationDesk.Pia, default)).Why.Code
        );
        var mapping = new AllocationMapping([
            new(AllocationField.Name, ["Wer"]),
            new(AllocationField.Email, ["Wohin"]),
            new(AllocationField.Country, [], "GB"),
            new(AllocationField.Reward, ["Was"]),
            new(AllocationField.Value, ["Wieviel"]),
        ]);
        Assert.IsType<Outcome.Done>(await files.MapAsync(new(number, 0, mapping), AllocationDesk.Pia, default));
        var view = await desk.CheckAsync(number);
        Assert.Equal("allocation.value", Assert.Single(await desk.BadAsync(number)).Faults[0].Code);

        Assert.IsType<Outcome.Done>(await files.MapAnewAsync(new(number, view.Version), AllocationDesk.Pia, default));
        view = await desk.ViewAsync(number);
        Assert.IsType<Outcome.Done>(
            await files.MapAsync(new(number, view.Version, mapping with { DecimalComma = true }), AllocationDesk.Pia, default)
        );
        view = await desk.CheckAsync(number);
        Assert.Equal((1, 1, 0), (view.Rows, view.Good, view.Bad));
        await desk.AgreesAsync(number);

        var next = await desk.ViewAsync(await desk.UploadedAsync(Theirs.Replace("Jane", "Joan", StringComparison.Ordinal)));
        Assert.True(next.Mapping.DecimalComma);
        Assert.Equal(["Wohin"], next.Mapping[AllocationField.Email]!.Columns);
        Assert.Equal("GB", next.Mapping[AllocationField.Country]!.Constant);
    }

    [Theory]
    [EachDatabase]
    public async Task Reading_goes_on_after_an_interruption_and_no_row_is_lost_or_doubled(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var number = await desk.UploadedAsync(AllocationDesk.Csv(Enumerable.Range(1, 9_000).Select(AllocationDesk.Good)));
        Assert.IsType<Outcome.Done>(await plum.Get<AllocationService>().CheckAsync(new(number, 0), AllocationDesk.Pia, default));
        var work = plum.Get<AllocationWork>();

        // The first chunk is written, then the process is gone: nobody says so, the lease runs out.
        using (var killed = new CancellationTokenSource())
        {
            await using var watching = plum.Peek();
            var running = Task.Run(() => work.RunAsync(number, killed.Token));
            while (!running.IsCompleted && await watching.AllocationFiles.AsNoTracking().Select(f => f.Rows).SingleAsync() == 0)
            {
                await Task.Yield();
            }

            await killed.CancelAsync();
            await running.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        Assert.False(await work.RunAsync(number, default)); // the lease stands
        plum.Clock.Advance(TimeSpan.FromMinutes(1));
        await work.RunAsync(number, default);

        var view = await desk.ViewAsync(number);
        Assert.Equal((AllocationState.Checked, 9_000L, 9_000L), (view.State, view.Rows, view.Good));
        Assert.Equal(Enumerable.Range(2, 9_000).Select(l => (long)l), (await desk.RowsAsync(number)).Select(r => r.Line));
        await desk.AgreesAsync(number);
    }

    [Theory]
    [EachDatabase]
    public async Task Bad_rows_are_left_out_by_choice_and_taken_back(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var files = plum.Get<AllocationService>();
        var view = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(1), "R-2,,,,,,,,,"));
        await using (var db = plum.Peek())
        {
            Assert.Equal("allocation.bad-rows", (await db.AllocationFiles.SingleAsync()).CannotSubmit()!.Code);
        }

        Assert.IsType<Outcome.Done>(await files.LeaveOutBadAsync(new(view.Number, view.Version, true), AllocationDesk.Pia, default));
        await using (var db = plum.Peek())
        {
            Assert.Null((await db.AllocationFiles.SingleAsync()).CannotSubmit());
        }

        view = await desk.ViewAsync(view.Number);
        Assert.True(view.LeavesOutBad);
        Assert.IsType<Outcome.Done>(await files.LeaveOutBadAsync(new(view.Number, view.Version, false), AllocationDesk.Pia, default));
        Assert.False((await desk.ViewAsync(view.Number)).LeavesOutBad);
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_opted_out_or_left_is_not_sent_to(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        await plum.HasRecipientAsync(email: "out@example.com", phone: null);
        await plum.HasRecipientAsync(email: "left@example.com", phone: null);
        await using (var db = plum.Peek())
        {
            var people = await db.Recipients.OrderBy(r => r.Id).ToListAsync();
            people[0].Stop(plum.Now, null);
            people[1].Stop(null, DateOnly.FromDateTime(plum.Now));
            await db.SaveChangesAsync();
        }

        var view = await desk.CheckedAsync(
            AllocationDesk.Csv(
                "R-1,O,OUT@example.com,,GB,Email,AMAZING-GB,25,GBP,",
                "R-2,L,left@example.com,,GB,Email,AMAZING-GB,25,GBP,",
                AllocationDesk.Good(3)
            )
        );

        Assert.Equal(
            ["allocation.opted-out", "allocation.left"],
            (await desk.BadAsync(view.Number)).Select(r => Assert.Single(r.Faults).Code)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task What_the_programme_may_not_give_is_not_sent_until_it_may(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var desk = await AllocationDesk.OfAsync(plum);
        var lists = plum.Get<ProgrammeRewardsService>();
        var india = RewardLine.Country("IN");
        Assert.IsType<Outcome.Done>(
            await lists.ChooseAsync(new ChooseRewards(desk.Programme.Id, 0, [], [india]), AllocationDesk.Pia, default)
        );
        const string ToIndia = "R-2,Asha Rao,asha@example.com,,IN,Email,AMAZING-IN,25,INR,";

        var view = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(1), ToIndia));

        Assert.Equal((1L, 1L), (view.Good, view.Bad));
        Assert.Equal("allocation.reward-denied", Assert.Single(Assert.Single(await desk.BadAsync(view.Number)).Faults).Code);

        var onlyIndia = new ChooseRewards(desk.Programme.Id, 1, [india], []);
        Assert.IsType<Outcome.Done>(await lists.ChooseAsync(onlyIndia, AllocationDesk.Pia, default));
        var other = await desk.CheckedAsync(AllocationDesk.Csv(AllocationDesk.Good(3), ToIndia), "september.csv");
        var bad = Assert.Single(await desk.BadAsync(other.Number));
        Assert.Equal((2L, "allocation.reward-denied"), (bad.Line, Assert.Single(bad.Faults).Code));
    }
}
