using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

/// <summary>What is to reach people, and the sandbox that plays the providers.</summary>
public sealed partial class PlumDatabase
{
    public static readonly Actor Job = Actor.Job("Test");

    /// <summary>A queued delivery of an issued order, to the recipient's own address.</summary>
    public async Task<Delivery> HasDeliveryAsync(
        Order? order = null,
        DeliveryChannel channel = DeliveryChannel.Email,
        string? language = null
    )
    {
        order ??= await HasOrderAsync();
        await using var db = Peek();
        Assert.Null(await DeliveryQueueing.QueueAsync(db, order, Now, default, channel, language, message: "Well done!"));
        await db.SaveChangesAsync();
        return await db.Deliveries.SingleAsync(d => d.OrderId == order.Id);
    }

    /// <summary>How the sandbox treats a channel's messages from now on.</summary>
    public async Task HasSandboxAsync(
        SandboxManner manner,
        string? code = null,
        int delay = 0,
        DeliveryChannel channel = DeliveryChannel.Email
    )
    {
        await using var db = Peek();
        var rule = await db.SandboxDeliveryRules.AsTracking().SingleOrDefaultAsync(r => r.Channel == channel);
        if (rule is null)
        {
            rule = SandboxDeliveryRule.Usual(channel);
            db.Add(rule);
        }

        rule.Change(manner, code, delay);
        await db.SaveChangesAsync();
    }

    /// <summary>One turn of the jobs: all channels are sent, and the sandbox tells what is due.</summary>
    public async Task DispatchAsync()
    {
        foreach (var channel in Enum.GetValues<DeliveryChannel>())
        {
            await Get<DeliveryDispatch>().SendDueAsync(channel, 10_000, Job, default);
        }

        await Get<SandboxTelling>().TellDueAsync(Job, default);
    }

    public async Task<Delivery> ReloadAsync(Delivery delivery)
    {
        await using var db = Peek();
        return await db.Deliveries.SingleAsync(d => d.Id == delivery.Id);
    }

    public async Task<OrderStatus> StatusOfAsync(long orderId)
    {
        await using var db = Peek();
        return await db.Orders.Where(o => o.Id == orderId).Select(o => o.Status).SingleAsync();
    }
}
