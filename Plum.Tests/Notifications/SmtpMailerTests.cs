using System.Text;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Plum.Domain.Notifications;
using Plum.Portal.Notifications;
using Plum.Tests.Shared;

namespace Plum.Tests.Notifications;

public class SmtpMailerTests
{
    [Fact]
    public async Task A_mail_arrives_with_its_words_its_thread_and_an_identity_made_of_its_key()
    {
        await using var server = new SmtpServer();

        var outcome = await Mailer(server).SendAsync(Mail("ticket.reply.7", thread: "ticket.1001"), default);

        Assert.Equal("2.0.0 queued as 1", Assert.IsType<MailOutcome.Taken>(outcome).Receipt);
        var taken = Assert.Single(server.Taken);
        Assert.Contains("<jane@acme.example>", taken.To, StringComparison.Ordinal);
        Assert.Equal(["Your voucher"], taken.Header("Subject"));
        Assert.Equal(["<ticket.reply.7@plum.example>"], taken.Header("Message-Id"));
        Assert.Equal(["<ticket.1001@plum.example>"], taken.Header("References"));
        Assert.Contains("Sent again.", taken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_identity_whatever_characters_it_has()
    {
        await using var server = new SmtpServer();
        var mailer = Mailer(server);

        await mailer.SendAsync(Mail("clé <x> 1"), default);
        await mailer.SendAsync(Mail("clé <x> 1"), default);
        await mailer.SendAsync(Mail("clé <x> 2"), default);

        var ids = server.Taken.Select(t => Assert.Single(t.Header("Message-Id"))).ToList();
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public async Task Words_in_any_script_and_files_arrive_as_they_were()
    {
        await using var server = new SmtpServer();
        var mail = Mail("k", subject: "Gutschein für Żaneta", body: "Ça marche\n.\nEnde 🎁") with
        {
            Files = [new MailFile("fürs Büro.txt", "text/plain", () => new MemoryStream("12345"u8.ToArray()))],
        };

        await Mailer(server).SendAsync(mail, default);

        using var message = await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(Assert.Single(server.Taken).Text)));
        Assert.Equal("Gutschein für Żaneta", message.Subject);
        Assert.Equal("Ça marche\n.\nEnde 🎁", message.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        var file = Assert.IsType<MimePart>(Assert.Single(message.Attachments), exactMatch: false);
        Assert.Equal("fürs Büro.txt", file.FileName);
    }

    [Theory]
    [InlineData("Hello\r\nBcc: thief@evil.example", "jane@acme.example")]
    [InlineData("Hello\nBcc: thief@evil.example", "jane@acme.example")]
    [InlineData("Hello", "jane@acme.example>\r\nRCPT TO:<thief@evil.example")]
    [InlineData("Hello", "jane@acme.example, thief@evil.example")]
    [InlineData("Hello", "jane@acme.example\0")]
    public async Task Nobody_writes_headers_or_recipients_of_their_own_into_a_mail(string subject, string to)
    {
        await using var server = new SmtpServer();

        var outcome = await Mailer(server).SendAsync(Mail("k", subject: subject, to: to), default);

        Assert.IsType<MailOutcome.Refused>(outcome);
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData("450 4.2.1 busy", MailFault.Passing)]
    [InlineData("452 4.2.2 full", MailFault.Full)]
    [InlineData("550 5.1.1 no such user", MailFault.Address)]
    [InlineData("550 5.7.1 blocked by policy", MailFault.Policy)]
    [InlineData("550 5.7.26 SPF failed", MailFault.Sender)]
    public async Task A_refusal_is_sorted_by_what_is_to_be_done(string answer, MailFault fault)
    {
        await using var server = new SmtpServer { OnRecipient = _ => answer };

        var outcome = await Mailer(server).SendAsync(Mail("k"), default);

        var refused = Assert.IsType<MailOutcome.Refused>(outcome);
        Assert.Equal(fault, refused.Fault);
        Assert.Contains(answer[4..], refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_the_server_refuses_has_not_left()
    {
        await using var server = new SmtpServer { OnText = _ => "554 5.6.0 no" };

        Assert.IsType<MailOutcome.Refused>(await Mailer(server).SendAsync(Mail("k"), default));
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_text_is_a_refusal_and_one_that_breaks_after_it_is_unknown()
    {
        await using var server = new SmtpServer { OnMessage = n => n == 1 ? Hangup.BeforeText : Hangup.AfterText };
        var mailer = Mailer(server);

        var before = await mailer.SendAsync(Mail("one"), default);
        var after = await mailer.SendAsync(Mail("two"), default);

        Assert.Equal(MailFault.Passing, Assert.IsType<MailOutcome.Refused>(before).Fault);
        Assert.IsType<MailOutcome.Unknown>(after);
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_fault_that_passes()
    {
        int port;
        await using (var server = new SmtpServer())
        {
            port = server.Port;
        }

        var outcome = await new SmtpMailer(Options(port), TimeProvider.System).SendAsync(Mail("k"), default);

        Assert.Equal(MailFault.Passing, Assert.IsType<MailOutcome.Refused>(outcome).Fault);
    }

    [Fact]
    public async Task A_server_without_the_encryption_that_is_configured_gets_nothing()
    {
        await using var server = new SmtpServer();

        var outcome = await new SmtpMailer(
            Options(server.Port) with
            {
                Security = SecureSocketOptions.StartTls,
            },
            TimeProvider.System
        ).SendAsync(Mail("k"), default);

        Assert.Equal(MailFault.Sender, Assert.IsType<MailOutcome.Refused>(outcome).Fault);
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData("Mail:Smtp:Security", "Sometimes")]
    [InlineData("Mail:Smtp:Port", "99999")]
    [InlineData("Mail:From", "nobody")]
    [InlineData("Mail:From", "")]
    public void A_setting_that_cannot_be_used_stops_the_start_and_is_named(string key, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mail:Smtp:Host"] = "mail.example",
            ["Mail:From"] = "Plum <service@plum.example>",
            [key] = value,
        };

        var fault = Assert.Throws<InvalidOperationException>(() =>
            MailOptions.Of(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        );

        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_never_sent_in_the_clear()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mail:Smtp:Host"] = "mail.example",
            ["Mail:Smtp:Security"] = "None",
            ["Mail:Smtp:UserName"] = "plum",
            ["Mail:From"] = "service@plum.example",
        };

        Assert.Throws<InvalidOperationException>(() => MailOptions.Of(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
    }

    internal static SmtpMailer Mailer(SmtpServer server) => new(Options(server.Port), TimeProvider.System);

    private static MailOptions Options(int port) =>
        new(
            "127.0.0.1",
            port,
            SecureSocketOptions.None,
            UserName: null,
            Password: null,
            new MailboxAddress("Plum", "service@plum.example"),
            ReplyTo: null,
            TimeSpan.FromSeconds(30)
        );

    private static Mail Mail(
        string key,
        string subject = "Your voucher",
        string body = "Sent again.",
        string to = "jane@acme.example",
        string? thread = null
    ) => new(key, to, subject, body, thread, []);
}
