using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Plum.Data.Notifications;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Notifications;
using Plum.Tests.Shared;

namespace Plum.Tests.Notifications;

public class OutboxTests
{
    private static readonly Actor Job = Actor.Job("outbox-send");

    [Theory]
    [EachDatabase]
    public async Task What_is_due_is_sent_once_and_recorded(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await using var server = new SmtpServer();
        await QueueAsync(plum, "one", "two");
        var sender = Sender(plum, SmtpMailerTests.Mailer(server));

        Assert.Equal((2, null), await sender.SendDueAsync(10, Job, default));
        Assert.Equal((0, null), await sender.SendDueAsync(10, Job, default));

        Assert.Equal(["one", "two"], server.Taken.Select(t => Assert.Single(t.Header("Subject"))));
        await using var db = plum.Peek();
        Assert.All(await db.Outbox.ToListAsync(), m => Assert.Equal((OutboxStatus.Sent, 1, plum.Now), (m.Status, m.Attempts, m.SentAtUtc)));
    }

    [Theory]
    [EachDatabase]
    public async Task Of_two_senders_at_once_each_message_is_sent_by_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await using var server = new SmtpServer();
        string[] keys = [.. Enumerable.Range(1, 20).Select(n => $"k{n}")];
        await QueueAsync(plum, keys);

        var tried = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Task.Run(() => Sender(plum, SmtpMailerTests.Mailer(server)).SendDueAsync(100, Job, default)))
        );

        Assert.Equal(20, tried.Sum(t => t.Tried));
        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            server.Taken.Select(t => Assert.Single(t.Header("Subject"))).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_second_message_that_is_refused_for_now_arrives_later_and_nothing_arrives_twice()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer { OnRecipient = n => n % 2 == 0 ? "451 4.3.0 later" : null };
        string[] keys = [.. Enumerable.Range(1, 9).Select(n => $"k{n}")];
        await QueueAsync(plum, keys);
        var sender = Sender(plum, SmtpMailerTests.Mailer(server));

        for (var round = 0; round < RetryPlan.MaxAttempts && server.Taken.Count < keys.Length; round++)
        {
            await sender.SendDueAsync(100, Job, default);
            plum.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            server.Taken.Select(t => Assert.Single(t.Header("Subject"))).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_refusal_for_now_waits_longer_each_time_and_ends_with_a_person()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer { OnRecipient = _ => "451 4.3.0 later" };
        await QueueAsync(plum, "stubborn");
        var sender = Sender(plum, SmtpMailerTests.Mailer(server));
        var waits = new List<TimeSpan>();

        while (await OnlyAsync(plum) is { Status: OutboxStatus.Queued } waiting)
        {
            plum.Clock.Advance(waiting.NextAttemptAtUtc - plum.Now);
            await sender.SendDueAsync(1, Job, default);
            waits.Add((await OnlyAsync(plum)).NextAttemptAtUtc - plum.Now);
        }

        var failed = await OnlyAsync(plum);
        Assert.Equal((OutboxStatus.Failed, MailFault.Passing, RetryPlan.MaxAttempts), (failed.Status, failed.Fault, failed.Attempts));
        var between = waits[..(RetryPlan.MaxAttempts - 1)];
        Assert.Equal(between.Order(), between);
        Assert.Equal(between.Distinct(), between);
    }

    [Fact]
    public async Task A_reply_that_comes_back_is_told_on_its_ticket_and_can_be_sent_to_a_corrected_address()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer { OnRecipient = n => n == 1 ? "550 5.1.1 no such user" : null };
        var ticket = await plum.HasTicketOfRecipientAsync();
        await plum.Get<TicketConversation>()
            .ReplyAsync(new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), "Sent again."), PlumDatabase.Agent, default);
        var sender = Sender(plum, SmtpMailerTests.Mailer(server));

        await sender.SendDueAsync(10, Job, default);

        var failed = await OnlyAsync(plum);
        Assert.Equal((OutboxStatus.Failed, MailFault.Address), (failed.Status, failed.Fault));
        var told = await plum.Get<TicketTimeline>().ReadAsync(ticket.Id, 50, PlumDatabase.Agent, default);
        Assert.Contains(told.Entries, e => e.Event == TicketEventKind.MailFailed && e.Note!.Contains("5.1.1", StringComparison.Ordinal));

        var again = await plum.Get<OutboxService>()
            .ResendAsync(new ResendMessage(failed.Id, "jane.okafor@acme.example"), PlumDatabase.Lead, default);
        await sender.SendDueAsync(10, Job, default);

        Assert.IsType<Outcome.Done>(again);
        Assert.Contains("<jane.okafor@acme.example>", Assert.Single(server.Taken).To, StringComparison.Ordinal);
        Assert.Equal(OutboxStatus.Sent, (await OnlyAsync(plum)).Status);
        await using var db = plum.Peek();
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Room == "Notifications" && a.Subject == "PLM-1001"));
    }

    [Fact]
    public async Task A_message_whose_sender_died_in_the_middle_is_not_sent_again_unasked()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer();
        await QueueAsync(plum, "lost");
        Assert.NotNull(await plum.Get<OutboxService>().ClaimAsync(default)); // and then the process was killed
        plum.Clock.Advance(OutboxMessage.ClaimLifetime);

        await Sender(plum, SmtpMailerTests.Mailer(server)).SendDueAsync(10, Job, default);

        Assert.Empty(server.Taken);
        Assert.Equal((OutboxStatus.Unknown, MailFault.Unknown), ((await OnlyAsync(plum)).Status, (await OnlyAsync(plum)).Fault));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_decision_to_a_person()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer { OnMessage = n => n == 1 ? Hangup.AfterText : Hangup.Never };
        await QueueAsync(plum, "maybe");
        var sender = Sender(plum, SmtpMailerTests.Mailer(server));
        await sender.SendDueAsync(10, Job, default);
        plum.Clock.Advance(TimeSpan.FromDays(2));
        await sender.SendDueAsync(10, Job, default);

        Assert.Single(server.Taken);
        var unknown = await OnlyAsync(plum);
        Assert.Equal(OutboxStatus.Unknown, unknown.Status);
        Assert.IsType<Outcome.Done>(await plum.Get<OutboxService>().ResendAsync(new ResendMessage(unknown.Id), PlumDatabase.Lead, default));
        await sender.SendDueAsync(10, Job, default);
        Assert.Single(server.Taken.Select(t => Assert.Single(t.Header("Message-Id"))).Distinct()); // the receiver can tell that it is the same
    }

    [Fact]
    public async Task A_fault_of_our_own_stops_the_sender_and_keeps_the_rest()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer { OnRecipient = _ => "530 5.7.8 authentication required" };
        await QueueAsync(plum, "one", "two");

        var (tried, stopped) = await Sender(plum, SmtpMailerTests.Mailer(server)).SendDueAsync(10, Job, default);

        Assert.Equal(1, tried);
        Assert.NotNull(stopped);
        await using var db = plum.Peek();
        Assert.All(await db.Outbox.ToListAsync(), m => Assert.Equal(OutboxStatus.Queued, m.Status));
    }

    [Fact]
    public async Task The_sandbox_takes_everything_and_says_so()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await QueueAsync(plum, "one");

        await Sender(plum, new SandboxMailer()).SendDueAsync(10, Job, default);

        Assert.Equal((OutboxStatus.Sent, SandboxMailer.Receipt), ((await OnlyAsync(plum)).Status, (await OnlyAsync(plum)).Receipt));
    }

    [Theory]
    [EachDatabase]
    public async Task The_outbox_is_read_by_whoever_may_and_of_their_own_client_only(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await using (var db = plum.Peek())
        {
            db.Add(OutboxMessage.Queue(OutboxKind.Email, "a", "a@acme.example", "For Acme", "x", plum.Now, acme.Id));
            db.Add(OutboxMessage.Queue(OutboxKind.Email, "n", "n@nord.example", "For Nord", "x", plum.Now, nord.Id));
            await db.SaveChangesAsync();
        }

        var outbox = plum.Get<OutboxService>();
        var bound = PlumDatabase.Lead with { ClientId = acme.Id };
        var theirs = (await outbox.ListAsync(new OutboxQuery(Search: "For Nord"), PlumDatabase.Lead, default)).Rows.Single();

        Assert.Equal(["For Acme"], (await outbox.ListAsync(new OutboxQuery(), bound, default)).Rows.Select(r => r.Subject));
        Assert.Null(await outbox.GetAsync(theirs.Id, bound, default));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await outbox.ResendAsync(new ResendMessage(theirs.Id), bound, default));
        Assert.Empty((await outbox.ListAsync(new OutboxQuery(), PlumDatabase.Agent, default)).Rows);
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.ResendMessages)),
            await outbox.ResendAsync(new ResendMessage(theirs.Id), PlumDatabase.Agent, default)
        );
    }

    [Fact]
    public async Task Only_what_failed_is_sent_again_and_only_to_an_address()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var server = new SmtpServer { OnRecipient = _ => "550 5.1.1 no such user" };
        await QueueAsync(plum, "one");
        var outbox = plum.Get<OutboxService>();
        var id = (await OnlyAsync(plum)).Id;

        var waiting = await outbox.ResendAsync(new ResendMessage(id), PlumDatabase.Lead, default);
        await Sender(plum, SmtpMailerTests.Mailer(server)).SendDueAsync(10, Job, default);
        var nowhere = await outbox.ResendAsync(new ResendMessage(id, "nowhere"), PlumDatabase.Lead, default);
        var missing = await outbox.ResendAsync(new ResendMessage(999), PlumDatabase.Lead, default);

        Assert.Equal("outbox.not-failed", Assert.IsType<Outcome.Refused>(waiting).Why.Code);
        Assert.Equal("outbox.address", Assert.IsType<Outcome.Refused>(nowhere).Why.Code);
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), missing);
    }

    private static OutboxSender Sender(PlumDatabase plum, IMailer mailer) =>
        new(plum.Get<OutboxService>(), mailer, plum.Get<FileStore>(), NullLogger<OutboxSender>.Instance);

    private static async Task QueueAsync(PlumDatabase plum, params string[] keys)
    {
        await using var db = plum.Peek();
        db.AddRange(keys.Select(k => OutboxMessage.Queue(OutboxKind.Email, k, "jane@acme.example", k, "Hello", plum.Now)));
        await db.SaveChangesAsync();
    }

    private static async Task<OutboxMessage> OnlyAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return await db.Outbox.AsNoTracking().SingleAsync();
    }
}
