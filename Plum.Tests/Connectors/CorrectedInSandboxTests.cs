using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Approvals;
using Plum.Data.Connectors;
using Plum.Domain.Approvals;
using Plum.Domain.Connectors;
using Plum.Domain.Jobs;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

/// <summary>Corrections as the portal carries them out by default: at the sandbox.</summary>
public class CorrectedInSandboxTests
{
    [Fact]
    public async Task A_reissue_cancels_the_old_voucher_in_the_sandboxs_books_and_takes_the_new_one_from_them()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using var portal = new PlumPortal(world.Plum);
        var request = await world.AskAsync(world.Reissue());
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request));

        await RunAsync(portal);

        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        await using var db = world.Plum.Peek();
        var (old, placed) = (await OldAsync(world), await db.SandboxOrders.SingleAsync(o => !o.IsAdopted));
        Assert.NotNull(old.CancelledAtUtc);
        var issued = await db.Orders.SingleAsync(o => o.SupplierReference == placed.SupplierReference);
        Assert.Equal((placed.Last4, placed.Value), (issued.VoucherLast4, issued.Value));
        Assert.NotEqual(world.Order.Id, issued.Id);
        await world.BooksAreRightAsync();
    }

    [Fact]
    public async Task Lost_answers_are_looked_up_and_nothing_is_done_twice()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using var portal = new PlumPortal(world.Plum);
        await RuleAsync(world, SandboxBehaviour.TimedOut);
        var request = await world.AskAsync(world.Reissue());
        await world.ApproveAsync(request);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            await RunAsync(portal);
            world.Plum.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        await using var db = world.Plum.Peek();
        Assert.Equal(2, await db.SandboxOrders.CountAsync());
        Assert.Equal(1, await db.SandboxOrders.CountAsync(o => o.CancelledAtUtc != null));
        await world.BooksAreRightAsync();
    }

    [Fact]
    public async Task A_voucher_that_was_redeemed_is_not_corrected_and_a_person_reads_the_suppliers_words()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using var portal = new PlumPortal(world.Plum);
        var request = await world.AskAsync(world.Reissue());
        await world.ApproveAsync(request);
        await world.Plum.Get<SandboxGateway>().GetAsync(world.Order.SupplierReference!, default);
        var old = await OldAsync(world);
        Assert.IsType<Outcome.Done>(
            await world
                .Plum.Get<SandboxService>()
                .ChangeOrderAsync(new ChangeSandboxOrder(old.Id, SandboxDeed.Redeem), PlumDatabase.Lead, default)
        );

        await RunAsync(portal);

        var failed = await world.RequestAsync(request.Id);
        Assert.Equal(RequestState.Failed, failed.State);
        Assert.Contains("The voucher was redeemed", failed.Outcome!, StringComparison.Ordinal);
        await using var db = world.Plum.Peek();
        Assert.Equal(OrderStatus.Issued, (await db.Orders.SingleAsync()).Status);
        await world.BooksAreRightAsync();
    }

    private static async Task<SandboxOrder> OldAsync(CorrectionWorld world)
    {
        await using var db = world.Plum.Peek();
        return await db.SandboxOrders.SingleAsync(o => o.Reference == OrderReference.Of(world.Order.Id));
    }

    private static async Task RunAsync(PlumPortal portal)
    {
        var runner = portal.Services.GetRequiredService<RequestRunner>();
        while (await runner.RunNextAsync(JobActors.Execution, default)) { }
    }

    private static async Task RuleAsync(CorrectionWorld world, SandboxBehaviour behaviour) =>
        Assert.IsType<Outcome.Done>(
            await world
                .Plum.Get<SandboxService>()
                .SetRuleAsync(new SetSandboxRule(SandboxRule.Everything, null, behaviour, null, 0), PlumDatabase.Lead, default)
        );
}
