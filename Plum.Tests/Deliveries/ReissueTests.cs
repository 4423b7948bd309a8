using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class ReissueTests
{
    [Theory]
    [EachDatabase]
    public async Task A_reissue_is_sent_the_way_of_the_old_order_whose_link_opens_nothing_any_more(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var plum = world.Plum;
        var former = await plum.HasDeliveryAsync(world.Order, DeliveryChannel.Sms, language: "de");
        await plum.DispatchAsync();
        var old = await TokenAsync(plum, former.Id);
        var rewards = plum.Get<RewardOpening>();
        Assert.NotNull(await rewards.LookAsync(old, default));

        await world.ApproveAsync(await world.AskAsync(world.Reissue()));
        await world.RunAsync();

        Assert.Null(await rewards.LookAsync(old, default));
        Assert.Null(await rewards.OpenAsync(old, default));
        Assert.Equal(DeliveryState.Delivered, (await plum.ReloadAsync(former)).State); // what arrived has arrived
        var fresh = await NewAsync(world);
        Assert.Equal(
            (DeliveryChannel.Sms, "+447700900123", "de", "Well done!", DeliveryState.Queued),
            (fresh.Channel, fresh.Address, fresh.Language, fresh.Message, fresh.State)
        );

        await plum.DispatchAsync();

        var contents = await rewards.OpenAsync(await TokenAsync(plum, fresh.Id), default);
        Assert.StartsWith("NEW-REQ-", contents!.Code, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Delivered, await plum.StatusOfAsync(fresh.OrderId));
    }

    [Theory]
    [EachDatabase]
    public async Task What_was_not_yet_sent_or_had_failed_of_the_old_order_is_withdrawn(string provider)
    {
        foreach (var hasFailed in new[] { false, true })
        {
            await using var world = await CorrectionWorld.CreateAsync(provider);
            var plum = world.Plum;
            var former = await plum.HasDeliveryAsync(world.Order);
            if (hasFailed)
            {
                await plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
                await plum.DispatchAsync();
                await plum.HasSandboxAsync(SandboxManner.Deliver);
            }

            await world.ApproveAsync(await world.AskAsync(world.Reissue()));
            await world.RunAsync();
            await plum.DispatchAsync();

            Assert.Equal(DeliveryState.Withdrawn, (await plum.ReloadAsync(former)).State);
            var fresh = await NewAsync(world);
            Assert.Equal(DeliveryState.Delivered, fresh.State);
            await using var db = plum.Peek();
            Assert.Equal([fresh.Id], await db.SandboxMessages.Where(m => m.Code == null).Select(m => m.DeliveryId).ToListAsync());
            Assert.Empty((await plum.Get<DeliveryService>().ListAsync(new(new()), world.Lead, default)).Rows);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_recipient_who_wants_no_messages_is_reissued_to_and_not_written_to(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await using (var db = world.Plum.Peek())
        {
            await db.Recipients.ExecuteUpdateAsync(s => s.SetProperty(r => r.OptedOutAtUtc, world.Plum.Now));
        }

        await world.ApproveAsync(await world.AskAsync(world.Reissue()));
        await world.RunAsync();
        await world.Plum.DispatchAsync();

        await using var after = world.Plum.Peek();
        Assert.Empty(await after.Deliveries.ToListAsync());
        var fresh = (await world.OrderNowAsync()).ReissuedAsId!.Value;
        Assert.Equal(OrderStatus.Issued, await world.Plum.StatusOfAsync(fresh));
        Assert.Contains(
            ("Not sent to its recipient", DeliveryRefusals.OptedOut.Message),
            (await after.OrderEvents.Where(e => e.OrderId == fresh).ToListAsync()).Select(e => (e.What, e.Note!))
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_failed_delivery_of_an_order_that_is_cancelled_waits_for_nobody(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var failed = await world.Plum.HasDeliveryAsync(world.Order);
        await world.Plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
        await world.Plum.DispatchAsync();
        Assert.Equal(DeliveryState.Failed, (await world.Plum.ReloadAsync(failed)).State);

        await world.ApproveAsync(await world.AskAsync(world.Cancellation()));
        await world.RunAsync();

        Assert.Equal(DeliveryState.Withdrawn, (await world.Plum.ReloadAsync(failed)).State);
    }

    private static async Task<Delivery> NewAsync(CorrectionWorld world)
    {
        var fresh = (await world.OrderNowAsync()).ReissuedAsId!.Value;
        await using var db = world.Plum.Peek();
        return await db.Deliveries.SingleAsync(d => d.OrderId == fresh);
    }

    private static async Task<string> TokenAsync(PlumDatabase plum, long deliveryId)
    {
        await using var db = plum.Peek();
        var text = await db.SandboxMessages.Where(m => m.DeliveryId == deliveryId).Select(m => m.Text).SingleAsync();
        return text.Substring(text.IndexOf("/r/", StringComparison.Ordinal) + 3, RewardLinks.Length);
    }
}
