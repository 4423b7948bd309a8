using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Deliveries;
using Plum.Domain.Jobs;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

public class AllocationRunTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_file_within_the_makers_limit_is_ordered_row_by_row_and_paid_from_its_budget(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var known = await world.Plum.HasRecipientAsync(world.Client, "Jane Okafor", "r1@acme.example");
        var number = await world.HasFileAsync(4, person: n => n == 3 ? "r2" : $"r{n}"); // two rows for one person

        var asked = Assert.Single(await world.Submission.PreviewAsync(number, world.Admin, default));
        Assert.Equal((null, 0, 4, 10_000, 2500), (asked.CannotBe, asked.Checkers, asked.Sum.Rows, asked.Sum.Total, asked.Sum.Largest));
        Assert.IsType<Outcome.Done>(await world.SubmitAsync(number));
        Assert.Equal((4_990_000, 0, 0), await world.HoldsAsync()); // reserved
        await world.RunAsync();

        var file = await world.FileAsync(number);
        Assert.Equal((AllocationState.Finished, 4), (file.State, file.Ordered));
        Assert.Equal((4_990_000, 0, 10_000), await world.HoldsAsync());
        await using var db = world.Plum.Peek();
        var orders = await db.Orders.OrderBy(o => o.Id).ToListAsync();
        Assert.Equal([OrderStatus.Issued, OrderStatus.Issued, OrderStatus.Issued, OrderStatus.Issued], orders.Select(o => o.Status));
        Assert.Equal([true, false, false, false], orders.Select(o => o.RecipientId == known.Id));
        Assert.Equal(orders[1].RecipientId, orders[2].RecipientId);
        Assert.Equal(3, await db.Recipients.CountAsync());
        Assert.All(orders, o => Assert.Equal("4242", o.VoucherLast4));
        Assert.Equal(
            orders.Select((o, n) => (o.Id, n == 2 ? "r2@acme.example" : $"r{n + 1}@acme.example", DeliveryState.Queued)),
            (await db.Deliveries.OrderBy(d => d.OrderId).ToListAsync()).Select(d => (d.OrderId, d.Address, d.State))
        );
        Assert.Equal(orders.Select(o => $"place {OrderReference.Of(o.Id)}/1"), world.Supplier.Calls.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Submitted", "Approved", "Started", "Rows ordered", "Orders issued", "Finished"],
            await db.AuditEntries.Where(a => a.Subject == file.Reference).OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Above_the_makers_limit_a_checker_decides_and_a_refusal_frees_the_budget(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(50);

        await world.SubmitAsync(number);
        await world.TurnAsync();
        Assert.Equal(AllocationState.Submitted, (await world.FileAsync(number)).State);
        Assert.Equal((4_875_000, 0, 0), await world.HoldsAsync());
        await world.RejectAsync(Assert.Single(await world.RequestsAsync(number)));
        await world.TurnAsync();

        var refused = await world.FileAsync(number);
        Assert.Equal(AllocationState.Refused, refused.State);
        Assert.Equal((5_000_000, 0, 0), await world.HoldsAsync());
        Assert.Empty(world.Supplier.Calls);
        Assert.IsType<Outcome.Done>(await world.Submission.TakeBackAsync(number, refused.Version, world.Admin, default));
        Assert.IsType<Outcome.Done>(await world.SubmitAsync(number));
        await world.ApproveAsync(Assert.Single(await world.RequestsAsync(number)));
        await world.RunAsync();
        Assert.Equal(AllocationState.Finished, (await world.FileAsync(number)).State);
        Assert.Equal((4_875_000, 0, 125_000), await world.HoldsAsync());
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_file_in_two_currencies_goes_only_when_both_are_approved(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        await world.FundAsync("EUR", 1_000_000);
        var number = await world.HasFileAsync(60, currency: n => n % 2 == 0 ? "GBP" : "EUR", value: 5000);

        await world.SubmitAsync(number);
        var requests = await world.RequestsAsync(number);
        Assert.Equal(["EUR", "GBP"], requests.Select(r => r.Amount.Currency).Order(StringComparer.Ordinal));
        await world.ApproveAsync(requests[0]);
        await world.TurnAsync();
        Assert.Equal(AllocationState.Submitted, (await world.FileAsync(number)).State);
        await world.RejectAsync(requests[1]);
        await world.TurnAsync();

        Assert.Equal(AllocationState.Refused, (await world.FileAsync(number)).State);
        Assert.Equal((5_000_000, 0, 0), await world.HoldsAsync());
        Assert.Equal((1_000_000, 0, 0), await world.HoldsAsync("EUR"));
        Assert.Empty(world.Supplier.Calls);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task What_cannot_be_submitted_is_refused_and_reserves_nothing(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var agent = await world.Plum.HasUserAsync("Ana Agent", Role.Agent);
        var other = await world.Plum.HasClientAsync("OTHER");
        var bound = world.Admin with { ClientId = other.Id };
        await world.FundAsync("EUR", 1000);
        var (small, large) = (await world.HasFileAsync(2), await world.HasFileAsync(2, value: 750, currency: _ => "EUR"));

        Assert.Equal("shared.not-allowed", Code(await world.SubmitAsync(small, by: agent)));
        Assert.Equal("shared.not-found", Code(await world.SubmitAsync(small, by: bound)));
        Assert.Equal("allocation.schedule", Code(await world.SubmitAsync(small, world.Plum.Now)));
        Assert.Equal("ledger.insufficient", Code(await world.SubmitAsync(large)));
        Assert.Equal("allocation.short", Assert.Single(await world.Submission.PreviewAsync(large, world.Admin, default)).CannotBe?.Code);
        Assert.Equal(AllocationState.Checked, (await world.FileAsync(large)).State);
        Assert.IsType<Outcome.Stale>(
            await world.Submission.SubmitAsync(new SubmitAllocation(small, SeenVersion: 7, "Summer awards"), world.Admin, default)
        );
        Assert.IsType<Outcome.Done>(await world.SubmitAsync(small));
        Assert.Equal("allocation.move", Code(await world.SubmitAsync(small)));
        Assert.Equal((4_995_000, 0, 0), await world.HoldsAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_file_waits_for_its_time(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(2);

        await world.SubmitAsync(number, world.Plum.Now.AddHours(3));
        await world.RunAsync();
        Assert.Equal(AllocationState.Approved, (await world.FileAsync(number)).State);
        world.Plum.Clock.Advance(TimeSpan.FromHours(3));
        await world.RunAsync();

        Assert.Equal(AllocationState.Finished, (await world.FileAsync(number)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_not_at_a_supplier_yet_can_be_paused_and_taken_back(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(AllocationOrdering.Batch + 20, value: 1000);
        await world.SubmitAsync(number);
        await world.ApproveAsync(Assert.Single(await world.RequestsAsync(number)));
        await world.ExecuteAsync();
        var file = await world.FileAsync(number);
        await using var db = world.Plum.Peek();
        await db.AllocationFiles.ExecuteUpdateAsync(set => set.SetProperty(f => f.State, AllocationState.Running));
        Assert.True(await world.Plum.Get<AllocationOrdering>().OrderNextAsync(file.Id, JobActors.Allocations, default));

        Assert.IsType<Outcome.Done>(await world.Runs.PauseAsync(await world.NowAsync(number), world.Admin, default));
        await world.PlaceAsync();
        await world.TurnAsync();
        Assert.Empty(world.Supplier.Calls);
        Assert.IsType<Outcome.Done>(await world.Runs.CancelAsync(await world.NowAsync(number), world.Admin, default));
        Assert.Equal((4_500_000, 0, 500_000), await world.HoldsAsync()); // what was ordered follows by itself
        await world.TurnAsync();

        Assert.Equal((5_000_000, 0, 0), await world.HoldsAsync());
        Assert.Equal(new() { [PlacementState.Dropped] = AllocationOrdering.Batch }, await world.PlacedAsync());
        Assert.All(await db.Orders.AsNoTracking().ToListAsync(), o => Assert.Equal(OrderStatus.Rejected, o.Status));
        Assert.Equal("allocation.move", Code(await world.Runs.CancelAsync(await world.NowAsync(number), world.Admin, default)));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_lost_answer_is_looked_up_and_a_refusal_waits_for_a_person(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(2);
        await world.SubmitAsync(number);
        world.Supplier.Next.Enqueue(null); // taken, and the answer lost
        world.Supplier.Next.Enqueue(new SupplierFault("PLE10024", SupplierFaultClass.Stock, "Sold out"));
        await world.RunAsync();

        Assert.Equal(new() { [PlacementState.Unknown] = 1, [PlacementState.Failed] = 1 }, await world.PlacedAsync());
        Assert.Equal(AllocationState.Running, (await world.FileAsync(number)).State);
        world.Plum.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync();
        Assert.Equal(new() { [PlacementState.Done] = 1, [PlacementState.Failed] = 1 }, await world.PlacedAsync());
        var progress = await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default);
        var refused = Assert.Single(progress!.Refused);
        Assert.Equal("Sold out (PLE10024)", refused.Words);

        var failed = OrderReference.Of(refused.OrderId);
        Assert.IsType<Outcome.Done>(await world.Runs.RetryAsync(await world.NowAsync(number), world.Admin, default));
        await world.PlaceAsync();
        Assert.Contains($"place {failed}/2", world.Supplier.Calls);
        Assert.Equal(2, world.Supplier.Placed.Count); // each reward once
        Assert.Equal(new() { [PlacementState.Done] = 2 }, await world.PlacedAsync());
        Assert.Equal("allocation.nothing-refused", Code(await world.Runs.GiveUpAsync(await world.NowAsync(number), world.Admin, default)));
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_given_up_goes_back_to_the_budget(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(3);
        await world.SubmitAsync(number);
        world.Supplier.SellsNothing = new SupplierFault("PLE10018", SupplierFaultClass.FixRequest, "No such value");
        await world.RunAsync();
        Assert.Equal((4_992_500, 0, 7_500), await world.HoldsAsync());

        Assert.IsType<Outcome.Done>(await world.Runs.GiveUpAsync(await world.NowAsync(number), world.Admin, default));

        Assert.Equal((5_000_000, 0, 0), await world.HoldsAsync());
        await using var db = world.Plum.Peek();
        Assert.All(await db.OrderPayments.ToListAsync(), p => Assert.Equal(0, p.Left));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_supplier_that_asks_for_time_gets_it_and_one_that_refuses_us_is_left_alone(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(3);
        await world.SubmitAsync(number);
        world.Supplier.SellsNothing = new SupplierFault("429", SupplierFaultClass.RateLimited, "Too many", TimeSpan.FromSeconds(60));
        await world.RunAsync();
        Assert.Equal(3, world.Supplier.Calls.Count);
        await world.PlaceAsync();
        Assert.Equal(3, world.Supplier.Calls.Count); // it rests

        world.Supplier.SellsNothing = new SupplierFault("401", SupplierFaultClass.StopSender, "Token expired");
        world.Plum.Clock.Advance(TimeSpan.FromSeconds(61));
        await world.PlaceAsync();
        world.Plum.Clock.Advance(TimeSpan.FromDays(1));
        world.Supplier.SellsNothing = null;
        await world.PlaceAsync();

        Assert.Equal(6, world.Supplier.Calls.Count); // stopped until a person lets it go on
        var progress = await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default);
        Assert.Equal("Token expired (401)", Assert.Single(progress!.Paces).Words);
        Assert.Equal(new() { [PlacementState.Waiting] = 3 }, await world.PlacedAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_supplier_that_is_away_for_an_hour_is_asked_ever_more_rarely_and_then_has_each_order_once(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(40, value: 1000);
        await world.SubmitAsync(number);
        world.Supplier.SellsNothing = new SupplierFault("503", SupplierFaultClass.Transient, "Service unavailable");
        await world.RunAsync();
        Assert.Equal(40, world.Supplier.Calls.Count);

        for (var minute = 0; minute < 60; minute++)
        {
            world.Plum.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.PlaceAsync();
        }

        Assert.Equal(40 + 3 + 11, world.Supplier.Calls.Count); // one order finds out: after 1, 2 and 4 minutes, then every five
        var progress = await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default);
        Assert.Equal("Service unavailable (503)", Assert.Single(progress!.Paces).Words);
        Assert.Empty(progress.Refused);
        Assert.Equal((4_960_000, 0, 40_000), await world.HoldsAsync());

        world.Supplier.SellsNothing = null;
        world.Plum.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.RunAsync();

        Assert.Equal(new() { [PlacementState.Done] = 40 }, await world.PlacedAsync());
        Assert.Equal(40, world.Supplier.Placed.Count);
        Assert.Empty((await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default))!.Paces);
        Assert.Equal(AllocationState.Finished, (await world.FileAsync(number)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task A_suppliers_pace_is_kept(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        world.Supplier.Abilities = world.Supplier.Abilities with { PlacesAMinute = 10 };
        var number = await world.HasFileAsync(25, value: 1000);
        await world.SubmitAsync(number);

        var calls = new List<int>();
        for (var minute = 0; minute < 3; minute++)
        {
            await world.RunAsync();
            calls.Add(world.Supplier.Calls.Count);
            world.Plum.Clock.Advance(TimeSpan.FromSeconds(59));
            await world.PlaceAsync();
            calls.Add(world.Supplier.Calls.Count);
            world.Plum.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([10, 10, 20, 20, 25, 25], calls);
    }

    [Theory]
    [EachDatabase]
    public async Task Nodes_at_the_same_moment_order_each_row_once_and_ask_for_each_order_once(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync((2 * AllocationOrdering.Batch) + 100, value: 1000);
        await world.SubmitAsync(number);
        await world.ApproveAsync(Assert.Single(await world.RequestsAsync(number)));

        await world.TurnAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(world.TurnAsync)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(world.PlaceAsync)));
        await world.TurnAsync();

        var file = await world.FileAsync(number);
        Assert.Equal((AllocationState.Finished, file.Rows), (file.State, file.Ordered));
        await using var db = world.Plum.Peek();
        Assert.Equal(file.Rows, await db.Orders.CountAsync());
        Assert.Equal(file.Rows, await db.AllocationRows.Select(r => r.OrderId).Distinct().CountAsync());
        Assert.Equal(file.Rows, world.Supplier.Calls.Count);
        Assert.Equal((5_000_000 - (file.Rows * 1000), 0, file.Rows * 1000), await world.HoldsAsync());
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task What_changed_since_the_file_was_checked_is_not_asked_of_the_supplier(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var left = await world.Plum.HasRecipientAsync(world.Client, "Gone Already", "r1@acme.example");
        var number = await world.HasFileAsync(2);
        await world.SubmitAsync(number);
        await using var db = world.Plum.Peek();
        await db.Recipients.Where(r => r.Id == left.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeftOn, new DateOnly(2026, 1, 1)));

        await world.RunAsync();

        var progress = await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default);
        Assert.Equal("The recipient has left the company since the file was checked.", Assert.Single(progress!.Refused).Words);
        Assert.Single(world.Supplier.Calls);
    }

    [Theory]
    [EachDatabase]
    public async Task What_the_programme_may_no_longer_give_is_not_asked_of_the_supplier(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(2);
        await world.SubmitAsync(number);
        var denied = new ChooseRewards(world.Programme.Id, 0, [], [RewardLine.Reward(world.Reward.Id)]);
        Assert.IsType<Outcome.Done>(await world.Plum.Get<ProgrammeRewardsService>().ChooseAsync(denied, world.Admin, default));

        await world.RunAsync();

        var progress = await world.Plum.Get<AllocationProgress>().OfAsync(number, world.Admin, default);
        Assert.Equal([$"The programme may no longer send {world.Reward.Name}."], progress!.Refused.Select(r => r.Words).Distinct());
        Assert.Empty(world.Supplier.Calls);
        Assert.IsType<Outcome.Done>(await world.Runs.GiveUpAsync(await world.NowAsync(number), world.Admin, default));
        Assert.Equal((5_000_000, 0, 0), await world.HoldsAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_file_whose_rows_were_changed_behind_the_portal_moves_no_money(string provider)
    {
        await using var world = await AllocationWorld.CreateAsync(provider);
        var number = await world.HasFileAsync(50);
        await world.SubmitAsync(number);
        var request = Assert.Single(await world.RequestsAsync(number));
        await world.ApproveAsync(request);
        await using var db = world.Plum.Peek();
        await db.AllocationRows.Where(r => r.Key == $"{number}-7").ExecuteUpdateAsync(set => set.SetProperty(r => r.Value, 5000));

        await world.RunAsync();

        Assert.Equal(RequestState.Failed, Assert.Single(await world.RequestsAsync(number)).State);
        Assert.Equal(AllocationState.Submitted, (await world.FileAsync(number)).State);
        Assert.Equal((4_875_000, 0, 0), await world.HoldsAsync());
    }
}
