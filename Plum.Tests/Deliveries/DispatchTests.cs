using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class DispatchTests
{
    [Theory]
    [EachDatabase]
    public async Task A_queued_delivery_reaches_the_sandbox_once_and_its_order_follows(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();

        await plum.DispatchAsync();
        await plum.DispatchAsync();

        var after = await plum.ReloadAsync(delivery);
        Assert.Equal(
            (DeliveryState.Delivered, 1, "sandbox", plum.Now),
            (after.State, after.Attempts, after.Provider, after.DeliveredAtUtc)
        );
        Assert.Equal(OrderStatus.Delivered, await plum.StatusOfAsync(delivery.OrderId));
        await using var db = plum.Peek();
        var message = await db.SandboxMessages.SingleAsync();
        Assert.Equal(($"dlv.{delivery.Id}.1", "jane@acme.example"), (message.Key, message.To));
        Assert.Contains("Jane Okafor", message.Text, StringComparison.Ordinal);
        Assert.Contains("Well done!", message.Text, StringComparison.Ordinal);
        Assert.Contains("/r/", message.Text, StringComparison.Ordinal);
        var attempt = await db.DeliveryAttempts.SingleAsync();
        Assert.Equal((AttemptOutcome.Taken, plum.Now), (attempt.Outcome, attempt.EndedAtUtc));
        Assert.Contains(await db.OrderEvents.Select(e => e.What).ToListAsync(), w => w == "Delivered");
    }

    [Theory]
    [EachDatabase]
    public async Task A_passing_refusal_is_tried_again_later_and_a_permanent_one_goes_to_a_person_at_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "4.4.1");

        await plum.DispatchAsync();

        var waiting = await plum.ReloadAsync(delivery);
        Assert.Equal(
            (DeliveryState.Queued, 1, DeliveryFault.Passing, "4.4.1"),
            (waiting.State, waiting.Attempts, waiting.Fault, waiting.Code)
        );
        Assert.InRange(waiting.DueAtUtc, plum.Now.AddSeconds(30), plum.Now.AddSeconds(38));
        Assert.Equal(OrderStatus.Issued, await plum.StatusOfAsync(delivery.OrderId));

        plum.Clock.Advance(TimeSpan.FromMinutes(1));
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
        await plum.DispatchAsync();

        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal(
            (DeliveryState.Failed, 2, DeliveryFault.Recipient, "5.1.1", plum.Now),
            (failed.State, failed.Attempts, failed.Fault, failed.Code, failed.FailedAtUtc)
        );
        Assert.Equal(OrderStatus.DeliveryFailed, await plum.StatusOfAsync(delivery.OrderId));
    }

    [Theory]
    [EachDatabase]
    public async Task What_passes_is_given_up_after_the_last_attempt(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "4.4.1");

        for (var turn = 0; turn < 20; turn++)
        {
            await plum.DispatchAsync();
            plum.Clock.Advance(TimeSpan.FromDays(1));
        }

        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Failed, RetryWaits.MaxTries), (failed.State, failed.Attempts));
    }

    [Theory]
    [EachDatabase]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_key_and_is_one_message(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        await plum.HasSandboxAsync(SandboxManner.LoseAnswer);
        await plum.DispatchAsync();
        Assert.Equal(DeliveryState.Sending, (await plum.ReloadAsync(delivery)).State);

        plum.Clock.Advance(TimeSpan.FromMinutes(1));
        await plum.DispatchAsync();

        var after = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Delivered, 1), (after.State, after.Attempts));
        await using var db = plum.Peek();
        Assert.Equal(1, await db.SandboxMessages.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_sender_that_died_after_its_claim_is_taken_over_and_sends_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        var sandbox = plum.Get<SandboxDelivery>();
        var claimed = await plum.Get<DeliveryClaims>().ClaimAsync(sandbox, DeliveryChannel.Email, 10, PlumDatabase.Job, default);
        Assert.Single(claimed.All); // and here the process dies

        await plum.DispatchAsync();
        Assert.Equal(DeliveryState.Sending, (await plum.ReloadAsync(delivery)).State); // the claim holds still
        plum.Clock.Advance(Delivery.ClaimLifetime + TimeSpan.FromSeconds(1));
        await plum.DispatchAsync();

        Assert.Equal((DeliveryState.Delivered, 1), ((await plum.ReloadAsync(delivery)).State, (await plum.ReloadAsync(delivery)).Attempts));
        await using var db = plum.Peek();
        Assert.Equal(1, await db.SandboxMessages.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Where_the_provider_honours_no_key_what_a_dead_sender_held_goes_to_a_person(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        var twilio = new Keyless();
        await plum.Get<DeliveryClaims>().ClaimAsync(twilio, DeliveryChannel.Email, 10, PlumDatabase.Job, default);

        plum.Clock.Advance(Delivery.ClaimLifetime + TimeSpan.FromSeconds(1));
        var again = await plum.Get<DeliveryClaims>().ClaimAsync(twilio, DeliveryChannel.Email, 10, PlumDatabase.Job, default);

        Assert.Empty(again.All);
        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Failed, DeliveryFault.InDoubt), (failed.State, failed.Fault));
    }

    [Theory]
    [EachDatabase]
    public async Task Two_senders_at_once_never_hold_the_same_delivery(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        for (var i = 0; i < 20; i++)
        {
            await plum.HasDeliveryAsync(await plum.HasOrderAsync());
        }

        var (claims, sandbox) = (plum.Get<DeliveryClaims>(), plum.Get<SandboxDelivery>());
        var both = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => claims.ClaimAsync(sandbox, DeliveryChannel.Email, 10, PlumDatabase.Job, default)))
        );

        var held = both.SelectMany(c => c.All).Select(d => d.Id).ToList();
        Assert.Equal(20, held.Count);
        Assert.Equal(20, held.Distinct().Count());
    }

    [Theory]
    [EachDatabase]
    public async Task Several_dispatchers_at_once_send_each_message_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var order = await plum.HasOrderAsync();
        await using (var db = plum.Peek())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var many = Enumerable
                .Range(0, 400)
                .Select(turn => new QueuedDelivery(
                    order.ClientId,
                    order.ProgrammeId,
                    order.Id,
                    order.RecipientId,
                    DeliveryChannel.Email,
                    $"r{turn}@acme.example",
                    Turn: turn
                ));
            Assert.Equal(400, await DeliveryQueueing.QueueAllAsync(db, many, plum.Now, default));
            await transaction.CommitAsync();
        }

        var dispatch = plum.Get<DeliveryDispatch>();
        var tried = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var (all, some) = (0, 0);
                        do
                        {
                            some = await dispatch.SendDueAsync(DeliveryChannel.Email, most: 30, PlumDatabase.Job, default);
                            all += some;
                        } while (some > 0);
                        return all;
                    })
                )
        );

        Assert.Equal(400, tried.Sum());
        await using var after = plum.Peek();
        Assert.Equal(400, await after.SandboxMessages.Select(m => m.To).Distinct().CountAsync());
        Assert.Equal(400, await after.SandboxMessages.CountAsync());
        Assert.Equal(400, await after.Deliveries.CountAsync(d => d.State == DeliveryState.Delivered && d.Attempts == 1));
    }

    [Theory]
    [EachDatabase]
    public async Task A_fault_of_our_own_account_pauses_the_provider_until_somebody_resumes_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync(channel: DeliveryChannel.Sms);
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "20003", channel: DeliveryChannel.Sms);
        await plum.DispatchAsync();
        await plum.HasSandboxAsync(SandboxManner.Deliver, channel: DeliveryChannel.Sms);
        plum.Clock.Advance(TimeSpan.FromDays(1));
        await plum.DispatchAsync();

        var waiting = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Queued, 1, 0), (waiting.State, waiting.Attempts, waiting.Tries));
        var service = plum.Get<DeliveryService>();
        Assert.Equal(["sandbox"], (await service.CountAsync(PlumDatabase.Lead, default)).Paused.Select(p => p.Provider));

        await service.ResumeAsync(new ResumeProvider("sandbox"), PlumDatabase.Lead, default);
        await plum.DispatchAsync();

        Assert.Equal(DeliveryState.Delivered, (await plum.ReloadAsync(delivery)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task Nothing_is_sent_for_an_order_that_was_cancelled_or_to_somebody_who_opted_out(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var cancelled = await plum.HasDeliveryAsync(await plum.HasOrderAsync());
        var stopped = await plum.HasDeliveryAsync(await plum.HasOrderAsync(await plum.HasRecipientAsync(name: "Opted Out")));
        await using (var db = plum.Peek())
        {
            await db
                .Orders.Where(o => o.Id == cancelled.OrderId)
                .ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.Cancelled));
            await db
                .Recipients.Where(r => r.Id == stopped.RecipientId)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.OptedOutAtUtc, plum.Now));
        }

        await plum.DispatchAsync();

        Assert.Equal(DeliveryState.Withdrawn, (await plum.ReloadAsync(cancelled)).State);
        Assert.Equal(DeliveryFault.Never, (await plum.ReloadAsync(stopped)).Fault);
        await using var after = plum.Peek();
        Assert.Empty(await after.SandboxMessages.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task The_programmes_other_channel_is_tried_once_the_first_has_failed_for_good(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        await using (var db = plum.Peek())
        {
            var settings = ProgrammeDelivery.Usual(delivery.ProgrammeId);
            settings.Change(DeliveryChannel.Sms, "en", 30, opensTickets: false);
            db.Add(settings);
            await db.SaveChangesAsync();
        }

        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
        await plum.DispatchAsync();

        Assert.Equal(DeliveryState.Withdrawn, (await plum.ReloadAsync(delivery)).State);
        await using var after = plum.Peek();
        var second = await after.Deliveries.SingleAsync(d => d.Turn == 1);
        Assert.Equal((DeliveryChannel.Sms, "+447700900123", DeliveryState.Delivered), (second.Channel, second.Address, second.State));
        Assert.Equal(OrderStatus.Delivered, await plum.StatusOfAsync(delivery.OrderId));
    }

    /// <summary>A provider that would send the same key twice.</summary>
    private sealed class Keyless : IDeliverySender
    {
        public string Name => "keyless";
        public IReadOnlySet<DeliveryChannel> Channels { get; } = new HashSet<DeliveryChannel> { DeliveryChannel.Email };
        public bool HonoursKeys => false;
        public SendPace Pace { get; } = new(10, 2);

        public Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();
    }
}
