using Microsoft.EntityFrameworkCore;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

/// <summary>What was approved is looked at once more before money moves: by whom, and whether they still could.</summary>
public class ExecutionGuardTests
{
    private static string CodeOf(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task What_was_made_out_as_approved_behind_the_portal_is_not_executed(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(700));
        await using (var db = world.Plum.Peek())
        {
            await db
                .ApprovalRequests.Where(r => r.Id == request.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(r => r.State, RequestState.Approved)
                        .SetProperty(r => r.StepsDone, 1)
                        .SetProperty(r => r.NextAttemptAtUtc, world.Plum.Now)
                );
        }

        await world.RunAsync();

        Assert.Equal(RequestState.Failed, (await world.RequestAsync(request.Id)).State);
        Assert.Equal((0, 0), await world.HoldsAsync(AccountKey.Wallet(world.Recipient.Id, null, "GBP")));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_lost_the_right_in_between_moves_no_money(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var (byMaker, byChecker) = (await world.AskAsync(world.Goodwill(700)), await world.AskAsync(world.Refund(2000)));
        await world.ApproveAsync(byChecker);
        await world.Plum.HasDisabledAsync(world.Checker);
        await world.RunAsync();
        Assert.Equal(RequestState.Failed, (await world.RequestAsync(byChecker.Id)).State);

        Assert.Equal("shared.not-allowed", CodeOf(await world.ApproveAsync(byMaker, world.Checker)));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(byMaker, world.Second));
        await world.Plum.HasDisabledAsync(world.Maker);
        await world.RunAsync();
        Assert.Equal(RequestState.Failed, (await world.RequestAsync(byMaker.Id)).State);
        Assert.Equal("shared.not-allowed", CodeOf(await world.Corrections.AskAsync(world.Refund(1), world.Maker, default)));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task An_approval_above_a_limit_that_was_lowered_since_moves_no_money(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(700));
        await world.ApproveAsync(request);
        await using (var db = world.Plum.Peek())
        {
            await db
                .ApprovalLimits.Where(l => l.Role == Role.Checker && l.Kind == RequestKind.GoodwillCredit)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.Approve, 699));
        }

        await world.RunAsync();

        Assert.Equal(RequestState.Failed, (await world.RequestAsync(request.Id)).State);
        Assert.Equal((0, 0), await world.HoldsAsync(AccountKey.Wallet(world.Recipient.Id, null, "GBP")));
        await world.BooksAreRightAsync();
    }
}
