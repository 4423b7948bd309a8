using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class HearingTests
{
    [Theory]
    [EachDatabase]
    public async Task The_same_callback_twice_is_one_event(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await SentAsync(plum);

        var first = await HearAsync(plum, Told(delivery, DeliveryEventKind.Delivered, plum.Now));
        var second = await HearAsync(plum, Told(delivery, DeliveryEventKind.Delivered, plum.Now));

        Assert.Equal((1, 0), (first, second));
        Assert.Equal(DeliveryState.Delivered, (await plum.ReloadAsync(delivery)).State);
        Assert.Equal(OrderStatus.Delivered, await plum.StatusOfAsync(delivery.OrderId));
    }

    [Theory]
    [EachDatabase]
    public async Task A_bounce_after_a_delivery_has_the_last_word_in_whatever_order_the_two_arrive(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var states = new List<(DeliveryState, OrderStatus)>();
        foreach (var bounceFirst in new[] { false, true })
        {
            var delivery = await SentAsync(plum);
            ProviderNotice[] told =
            [
                Told(delivery, DeliveryEventKind.Delivered, plum.Now.AddMinutes(-2)),
                Told(delivery, DeliveryEventKind.Failed, plum.Now.AddMinutes(-1), Verdict.Recipient, "5.1.1"),
            ];
            foreach (var notice in bounceFirst ? told.Reverse() : told)
            {
                await HearAsync(plum, notice);
            }

            states.Add(((await plum.ReloadAsync(delivery)).State, await plum.StatusOfAsync(delivery.OrderId)));
        }

        Assert.All(states, s => Assert.Equal((DeliveryState.Failed, OrderStatus.DeliveryFailed), s));
    }

    [Theory]
    [EachDatabase]
    public async Task A_notice_of_another_provider_or_of_a_message_that_was_never_sent_changes_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await SentAsync(plum);
        var hearing = plum.Get<DeliveryHearing>();

        Assert.Equal(
            0,
            await hearing.HearAsync("twilio", [Told(delivery, DeliveryEventKind.Delivered, plum.Now)], PlumDatabase.Job, default)
        );
        Assert.Equal(
            0,
            await HearAsync(plum, new ProviderNotice("e", DeliveryKey.Of(delivery.Id, 9), null, DeliveryEventKind.Delivered, "delivered"))
        );
        Assert.Equal(DeliveryState.Sent, (await plum.ReloadAsync(delivery)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task A_callback_that_comes_before_the_answer_is_written_down_loses_nothing_of_either(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await plum.HasDeliveryAsync();
        var sandbox = plum.Get<SandboxDelivery>();
        var claimed = await plum.Get<DeliveryClaims>().ClaimAsync(sandbox, DeliveryChannel.Email, 10, PlumDatabase.Job, default);
        delivery = await plum.ReloadAsync(delivery);

        Assert.Equal(1, await HearAsync(plum, Told(delivery, DeliveryEventKind.Delivered, plum.Now)));
        await plum.Get<DeliveryRecording>()
            .RecordAsync(
                sandbox,
                claimed.Claim,
                [(claimed.All.Single(), new SendOutcome.Taken("number-1", "queued"))],
                () => 0,
                PlumDatabase.Job,
                default
            );

        Assert.Equal(DeliveryState.Delivered, (await plum.ReloadAsync(delivery)).State);
        await using var db = plum.Peek();
        var attempt = await db.DeliveryAttempts.SingleAsync();
        Assert.Equal((AttemptOutcome.Taken, "number-1"), (attempt.Outcome, attempt.ProviderMessageId));
    }

    [Theory]
    [EachDatabase]
    public async Task An_opt_out_stops_the_recipient_for_good(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await SentAsync(plum);

        await HearAsync(plum, Told(delivery, DeliveryEventKind.Failed, plum.Now, Verdict.Never, "21610"));

        Assert.Equal(
            (DeliveryState.Failed, DeliveryFault.Never),
            ((await plum.ReloadAsync(delivery)).State, (await plum.ReloadAsync(delivery)).Fault)
        );
        await using var db = plum.Peek();
        Assert.Equal(plum.Now, (await db.Recipients.SingleAsync(r => r.Id == delivery.RecipientId)).OptedOutAtUtc);
    }

    [Theory]
    [EachDatabase]
    public async Task A_passing_failure_told_afterwards_is_tried_again(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var delivery = await SentAsync(plum);

        await HearAsync(plum, Told(delivery, DeliveryEventKind.Failed, plum.Now, Verdict.Passing, "30003"));

        var waiting = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Queued, 1), (waiting.State, waiting.Attempts));
        Assert.InRange(waiting.DueAtUtc, plum.Now.AddSeconds(30), plum.Now.AddSeconds(38));
    }

    [Theory]
    [EachDatabase]
    public async Task Scripted_misbehaviour_of_the_sandbox_comes_to_the_right_end(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        foreach (
            var (manner, code, end) in new (SandboxManner, string?, DeliveryState)[]
            {
                (SandboxManner.DeliverLate, null, DeliveryState.Delivered),
                (SandboxManner.TellTwice, null, DeliveryState.Delivered),
                (SandboxManner.TellOutOfOrder, null, DeliveryState.Delivered),
                (SandboxManner.FailAfterwards, "5.1.1", DeliveryState.Failed),
                (SandboxManner.BounceAfterDelivery, "5.1.1", DeliveryState.Failed),
            }
        )
        {
            await plum.HasSandboxAsync(manner, code, delay: 5);
            var delivery = await plum.HasDeliveryAsync(await plum.HasOrderAsync());
            await plum.DispatchAsync();
            plum.Clock.Advance(TimeSpan.FromSeconds(10));
            await plum.DispatchAsync();

            Assert.Equal((manner, end), (manner, (await plum.ReloadAsync(delivery)).State));
        }
    }

    private static async Task<Delivery> SentAsync(PlumDatabase plum)
    {
        await plum.HasSandboxAsync(SandboxManner.DeliverLate, delay: 3600);
        var delivery = await plum.HasDeliveryAsync(await plum.HasOrderAsync());
        await plum.DispatchAsync();
        delivery = await plum.ReloadAsync(delivery);
        Assert.Equal(DeliveryState.Sent, delivery.State);
        plum.Clock.Advance(TimeSpan.FromMinutes(5));
        return delivery;
    }

    private static Task<int> HearAsync(PlumDatabase plum, ProviderNotice notice) =>
        plum.Get<DeliveryHearing>().HearAsync(SandboxDelivery.SenderName, [notice], PlumDatabase.Job, default);

    private static ProviderNotice Told(
        Delivery delivery,
        DeliveryEventKind kind,
        DateTime atUtc,
        Verdict? verdict = null,
        string? code = null
    ) => new($"{delivery.Key}:{kind}", delivery.Key, null, kind, kind.ToString(), verdict, code, AtUtc: atUtc);
}
