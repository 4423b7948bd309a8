using System.Globalization;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plum.Data.Deliveries;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Portal.Deliveries;
using Plum.Portal.Notifications;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

/// <summary>The dispatch against a real mail server that is away, or refuses every second message.</summary>
public class OutageTests
{
    [Theory]
    [EachDatabase]
    public async Task A_server_that_is_away_for_an_hour_is_asked_ever_more_rarely_and_then_takes_each_message_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var isAway = true;
        await using var server = new SmtpServer { OnRecipient = _ => isAway ? "451 4.3.2 system not accepting messages" : null };
        var dispatch = Dispatch(plum, server);
        await QueueAsync(plum, count: 24);
        var back = plum.Now.AddHours(1);
        var waits = new HashSet<(int Tries, TimeSpan Wait)>();

        for (var turn = 0; turn < 24 * 60; turn++)
        {
            isAway = plum.Now < back;
            await SendAsync(dispatch);
            await using var db = plum.Peek();
            var waiting = await db.Deliveries.AsNoTracking().Where(d => d.State == DeliveryState.Queued).ToDictionaryAsync(d => d.Id);
            if (waiting.Count == 0)
            {
                break;
            }

            var tried = await db.DeliveryAttempts.Where(a => a.StartedAtUtc == plum.Now).Select(a => a.DeliveryId).ToListAsync();
            waits.UnionWith(tried.Where(waiting.ContainsKey).Select(id => (waiting[id].Tries, waiting[id].DueAtUtc - plum.Now)));

            plum.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var after = plum.Peek();
        Assert.Equal(
            [(DeliveryState.Sent, 24)],
            (await after.Deliveries.Select(d => d.State).ToListAsync()).GroupBy(s => s).Select(g => (g.Key, g.Count()))
        );
        Assert.Equal(24, server.Taken.Select(t => t.Header("Message-Id").Single()).Distinct().Count());
        Assert.Equal(24, server.Taken.Count);
        Assert.All(await after.Deliveries.Select(d => d.Attempts).ToListAsync(), a => Assert.InRange(a, 5, 6));
        foreach (var (tries, least) in new[] { (1, 0.5), (2, 2), (3, 10), (4, 45) })
        {
            var these = waits.Where(w => w.Tries == tries).Select(w => w.Wait).ToList();
            Assert.All(these, w => Assert.InRange(w, TimeSpan.FromMinutes(least), TimeSpan.FromMinutes(least * 1.25)));
            Assert.True(these.Distinct().Count() > 5, $"After try {tries} they come back together: {string.Join(", ", these)}.");
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_server_that_refuses_every_second_message_delays_those_and_loses_none(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await using var server = new SmtpServer { OnText = n => n % 2 == 0 ? "451 4.7.1 greylisted" : null };
        var dispatch = Dispatch(plum, server);
        await QueueAsync(plum, count: 24);

        for (var turn = 0; turn < 20; turn++)
        {
            await SendAsync(dispatch);
            plum.Clock.Advance(TimeSpan.FromDays(1));
        }

        await using var db = plum.Peek();
        Assert.Equal(24, await db.Deliveries.CountAsync(d => d.State == DeliveryState.Sent));
        Assert.Equal(24, server.Taken.Count);
        Assert.Equal(24, server.Taken.Select(t => t.Header("Message-Id").Single()).Distinct().Count());
        Assert.Contains(await db.Deliveries.Select(d => d.Attempts).ToListAsync(), a => a > 1);
    }

    [Fact]
    public void The_waits_grow_are_spread_by_a_quarter_heed_the_provider_and_end()
    {
        var waits = Enumerable
            .Range(1, RetryWaits.MaxTries - 1)
            .Select(t => RetryWaits.After(Verdict.Passing, t, jitter: 0)!.Value)
            .ToList();
        Assert.Equal(
            "00:00:30 00:02:00 00:10:00 00:45:00 03:00:00 12:00:00",
            string.Join(' ', waits.Select(w => w.ToString("c", CultureInfo.InvariantCulture)))
        );
        Assert.Null(RetryWaits.After(Verdict.Passing, RetryWaits.MaxTries, jitter: 0));
        Assert.Equal(TimeSpan.FromSeconds(37.5), RetryWaits.After(Verdict.Passing, 1, jitter: 1));
        Assert.Equal(TimeSpan.FromMinutes(5), RetryWaits.After(Verdict.Passing, 1, jitter: 0, TimeSpan.FromMinutes(5)));
        Assert.Equal(RetryWaits.Cap, RetryWaits.After(Verdict.Passing, 1, jitter: 1, TimeSpan.FromDays(40)));
        Assert.Equal(TimeSpan.FromHours(4), RetryWaits.After(Verdict.Full, 1, jitter: 0));
        Assert.Null(RetryWaits.After(Verdict.Full, 2, jitter: 0));
        Assert.All(
            new[] { Verdict.Recipient, Verdict.Route, Verdict.Never, Verdict.Sender, Verdict.Unknown },
            v => Assert.Null(RetryWaits.After(v, 1, jitter: 0))
        );
    }

    private static async Task QueueAsync(PlumDatabase plum, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await plum.HasDeliveryAsync(await plum.HasOrderAsync(await plum.HasRecipientAsync(email: $"r{i}@acme.example")));
        }
    }

    /// <summary>What is due now, a handful at a time: the sender's pace is kept by a clock that stands.</summary>
    private static async Task SendAsync(DeliveryDispatch dispatch)
    {
        while (await dispatch.SendDueAsync(DeliveryChannel.Email, most: 8, PlumDatabase.Job, default) > 0) { }
    }

    private static DeliveryDispatch Dispatch(PlumDatabase plum, SmtpServer server) =>
        new(
            plum,
            new DeliverySenders([
                new EmailSender(
                    new SmtpMailer(
                        new MailOptions(
                            "127.0.0.1",
                            server.Port,
                            SecureSocketOptions.None,
                            UserName: null,
                            Password: null,
                            MailboxAddress.Parse("Plum <service@plum.example>"),
                            ReplyTo: null,
                            TimeSpan.FromSeconds(30)
                        ),
                        TimeProvider.System
                    ),
                    perSecond: 1000
                ),
                plum.Get<SandboxDelivery>(),
            ]),
            plum.Get<DeliveryClaims>(),
            plum.Get<DeliveryRecording>(),
            plum.Get<RewardLinks>(),
            new DeliveryOptions(),
            plum.Clock
        );
}
