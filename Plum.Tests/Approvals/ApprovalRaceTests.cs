using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

/// <summary>Everybody at the same moment: one outcome each.</summary>
public class ApprovalRaceTests
{
    private static async Task<T[]> AtOnceAsync<T>(IReadOnlyList<Func<Task<T>>> what)
    {
        using var start = new Barrier(what.Count);
        return await Task.WhenAll(
            what.Select(one =>
                Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            return one();
                        },
                        default,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                    .Unwrap()
            )
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Of_64_checkers_at_the_same_moment_one_decides_and_the_others_are_told_who(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var checkers = new List<Actor>();
        for (var n = 0; n < 64; n++)
        {
            checkers.Add(await world.Plum.HasUserAsync($"Checker {n}", Role.Checker));
        }

        for (var round = 0; round < 5; round++)
        {
            var request = await world.AskAsync(world.Goodwill(500));

            var outcomes = await AtOnceAsync([.. checkers.Select(by => (Func<Task<Outcome>>)(() => world.ApproveAsync(request, by)))]);

            Assert.Single(outcomes.OfType<Outcome.Done>());
            var told = outcomes.OfType<Outcome.Refused>().Select(r => r.Why).Distinct().ToList();
            await using var db = world.Plum.Peek();
            var decision = await db.RequestEvents.SingleAsync(e => e.RequestId == request.Id && e.Kind == RequestEventKind.Approved);
            Assert.Equal(RequestRefusals.Decided("approved", decision.Who), Assert.Single(told));

            // Two nodes execute what is due.
            await AtOnceAsync([.. Enumerable.Range(0, 2).Select(_ => (Func<Task<bool>>)(() => RunAllAsync(world)))]);
            Assert.Equal(1, await db.RequestEvents.CountAsync(e => e.RequestId == request.Id && e.Kind == RequestEventKind.Executed));
        }

        Assert.Equal((2500, 0), await world.HoldsAsync(AccountKey.Wallet(world.Recipient.Id, null, "GBP")));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Two_nodes_that_execute_the_same_reissue_ask_the_supplier_once(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await world.ApproveAsync(await world.AskAsync(world.Reissue()));

        await AtOnceAsync([.. Enumerable.Range(0, 8).Select(_ => (Func<Task<bool>>)(() => RunAllAsync(world)))]);

        Assert.Equal(["cancel SUP-10001", "place REQ-1001/place"], world.Supplier.Calls);
        await using var db = world.Plum.Peek();
        Assert.Equal(2, await db.Orders.CountAsync());
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Approve_against_reject_against_withdraw_against_expiry_has_one_outcome(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider, fund: 10_000);
        for (var round = 0; round < 6; round++)
        {
            var request = await world.AskAsync(world.Goodwill(500));
            world.Plum.Clock.Advance(RequestTimes.Life - (round % 2 == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero)); // alive, or just dead

            await AtOnceAsync<object?>([
                async () => await world.ApproveAsync(request),
                async () => await world.RejectAsync(request, world.Second),
                async () => await world.Approvals.WithdrawAsync(new WithdrawRequest(request.Id, request.Version), world.Maker, default),
                async () => await world.Plum.Get<RequestSweep>().SweepAsync(Actor.Job("Sweep"), default),
            ]);

            await using var db = world.Plum.Peek();
            var ends = await db
                .RequestEvents.Where(e => e.RequestId == request.Id)
                .Where(e => e.Kind != RequestEventKind.Made && e.Kind != RequestEventKind.Reminded)
                .Select(e => e.Kind.ToString())
                .ToListAsync();
            var state = (await world.RequestAsync(request.Id)).State;
            Assert.Equal([state.ToString()], ends);
            await world.RunAsync();
        }

        await world.BooksAreRightAsync();
        await using var after = world.Plum.Peek();
        var executed = await after.ApprovalRequests.CountAsync(r => r.State == RequestState.Executed);
        Assert.Equal((10_000 - 500 * executed, 0), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP")));
    }

    [Theory]
    [EachDatabase]
    public async Task Two_makers_who_ask_for_the_same_order_at_once_get_one_request(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var makers = new List<Actor>();
        for (var n = 0; n < 12; n++)
        {
            makers.Add(await world.Plum.HasUserAsync($"Maker {n}", Role.Agent));
        }

        var outcomes = await AtOnceAsync([
            .. makers.Select(by => (Func<Task<Outcome>>)(() => world.Corrections.AskAsync(world.Refund(2000), by, default))),
        ]);

        Assert.Single(outcomes.OfType<Outcome.Done>());
        await using var db = world.Plum.Peek();
        Assert.Equal(1, await db.ApprovalRequests.CountAsync());
        await world.BooksAreRightAsync();
    }

    private static async Task<bool> RunAllAsync(CorrectionWorld world)
    {
        await world.RunAsync();
        return true;
    }
}
