using System.Text;
using System.Text.Json;
using MailKit.Security;
using Microsoft.AspNetCore.WebUtilities;
using MimeKit;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Portal.Deliveries;
using Plum.Portal.Notifications;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

/// <summary>Each sender against a local server that speaks its provider's protocol.</summary>
public class SenderContractTests
{
    private static readonly ProviderTemplate Template = new("HX12", "pt_BR", ["Ana", "R$ 25"]);

    [Fact]
    public async Task Twilio_is_given_the_number_the_text_and_the_address_of_the_callback_with_our_key()
    {
        await using var server = await MessagingServer.StartAsync();

        var outcome = await Twilio(server).SendAsync(Message(DeliveryChannel.Sms), default);

        Assert.Equal(new SendOutcome.Taken("SM0123456789", "queued"), outcome);
        var call = Assert.Single(server.Calls);
        Assert.Equal("/2010-04-01/Accounts/AC1/Messages.json", call.Path);
        Assert.Equal("AC1:twilio-secret", Encoding.UTF8.GetString(Convert.FromBase64String(call.Authorization.Parameter!)));
        var form = QueryHelpers.ParseQuery(call.Body);
        Assert.Equal(
            ("+447700900123", "+15550001111", "Hello & welcome"),
            (form["To"].ToString(), form["From"].ToString(), form["Body"].ToString())
        );
        Assert.Equal("https://plum.example/deliveries/callbacks/twilio?key=dlv.7.1", form["StatusCallback"].ToString());
    }

    [Fact]
    public async Task Twilio_is_given_a_whatsapp_template_by_its_content_and_its_variables()
    {
        await using var server = await MessagingServer.StartAsync();

        await Twilio(server).SendAsync(Message(DeliveryChannel.WhatsApp) with { Template = Template }, default);

        var form = QueryHelpers.ParseQuery(Assert.Single(server.Calls).Body);
        Assert.Equal(("whatsapp:+447700900123", "whatsapp:+15550002222"), (form["To"].ToString(), form["From"].ToString()));
        Assert.Equal("HX12", form["ContentSid"].ToString());
        Assert.Equal(
            new Dictionary<string, string> { ["1"] = "Ana", ["2"] = "R$ 25" },
            JsonSerializer.Deserialize<Dictionary<string, string>>(form["ContentVariables"].ToString())
        );
        Assert.False(form.ContainsKey("Body"));
    }

    [Theory]
    [InlineData(400, """{"code":21211,"message":"no number"}""", DeliveryFault.Recipient, "21211")]
    [InlineData(400, """{"code":21610,"message":"stopped"}""", DeliveryFault.Never, "21610")]
    [InlineData(401, """{"code":20003,"message":"authenticate"}""", DeliveryFault.Sender, "20003")]
    [InlineData(401, "", DeliveryFault.Sender, "http-401")]
    [InlineData(429, """{"code":20429,"message":"too many"}""", DeliveryFault.Passing, "20429")]
    [InlineData(429, "", DeliveryFault.Passing, "20429")]
    [InlineData(503, "", DeliveryFault.Passing, "http-503")]
    [InlineData(400, """{"code":99999,"message":"new"}""", DeliveryFault.Unknown, "99999")]
    public async Task What_twilio_refuses_is_sorted_by_what_is_to_be_done(int status, string body, DeliveryFault fault, string code)
    {
        await using var server = await MessagingServer.StartAsync();
        server.Instead = MessagingServer.Json(status, body, retryAfter: "17");

        var refused = Assert.IsType<SendOutcome.Refused>(await Twilio(server).SendAsync(Message(DeliveryChannel.Sms), default));

        Assert.Equal(
            (fault, code, TimeSpan.FromSeconds(17)),
            (refused.Verdict.Fault, refused.Code, refused.RetryAfter ?? TimeSpan.FromSeconds(17))
        );
        Assert.Equal(status is 429 or 503, fault == DeliveryFault.Passing && refused.RetryAfter == TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task An_answer_that_is_lost_leaves_the_message_in_doubt_and_a_server_that_is_not_there_does_not()
    {
        await using var server = await MessagingServer.StartAsync();
        server.Instead = server.SilenceAsync;
        Assert.IsType<SendOutcome.InDoubt>(
            await Twilio(server, TimeSpan.FromMilliseconds(200)).SendAsync(Message(DeliveryChannel.Sms), default)
        );
        server.Instead = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.IsType<SendOutcome.InDoubt>(await Twilio(server).SendAsync(Message(DeliveryChannel.Sms), default));
        server.Instead = MessagingServer.Json(500, "<html>");
        Assert.IsType<SendOutcome.InDoubt>(await Twilio(server).SendAsync(Message(DeliveryChannel.Sms), default));
        server.Instead = MessagingServer.Json(201, "not json");
        Assert.IsType<SendOutcome.InDoubt>(await Twilio(server).SendAsync(Message(DeliveryChannel.Sms), default));

        var gone = Twilio(server, url: new Uri("http://127.0.0.1:1"));
        Assert.Equal(
            DeliveryFault.Passing,
            Assert.IsType<SendOutcome.Refused>(await gone.SendAsync(Message(DeliveryChannel.Sms), default)).Verdict.Fault
        );
    }

    [Fact]
    public async Task Meta_is_given_the_template_in_its_language_and_our_key_to_bring_back()
    {
        await using var server = await MessagingServer.StartAsync();

        var outcome = await Meta(server).SendAsync(Message(DeliveryChannel.WhatsApp) with { Template = Template }, default);

        Assert.Equal(new SendOutcome.Taken("wamid.ABC", "accepted"), outcome);
        var call = Assert.Single(server.Calls);
        Assert.Equal(
            ("/v23.0/4711/messages", "Bearer", "meta-token-1"),
            (call.Path, call.Authorization.Scheme, call.Authorization.Parameter)
        );
        var body = JsonSerializer.Deserialize<JsonElement>(call.Body);
        Assert.Equal(
            ("447700900123", "dlv.7.1"),
            (body.GetProperty("to").GetString(), body.GetProperty("biz_opaque_callback_data").GetString())
        );
        var template = body.GetProperty("template");
        Assert.Equal(
            ("HX12", "pt_BR"),
            (template.GetProperty("name").GetString(), template.GetProperty("language").GetProperty("code").GetString())
        );
        Assert.Equal("Ana", template.GetProperty("components")[0].GetProperty("parameters")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(400, 131026, DeliveryFault.Recipient)]
    [InlineData(400, 131047, DeliveryFault.Route)]
    [InlineData(401, 190, DeliveryFault.Sender)]
    [InlineData(429, 130429, DeliveryFault.Passing)]
    public async Task What_meta_refuses_is_sorted_by_what_is_to_be_done(int status, int code, DeliveryFault fault)
    {
        await using var server = await MessagingServer.StartAsync();
        server.Instead = MessagingServer.Json(status, $$$"""{"error":{"message":"no","code":{{{code}}}}}""");

        var refused = Assert.IsType<SendOutcome.Refused>(await Meta(server).SendAsync(Message(DeliveryChannel.WhatsApp), default));

        Assert.Equal((fault, $"{code}"), (refused.Verdict.Fault, refused.Code));
    }

    [Fact]
    public async Task A_mail_server_is_given_the_text_the_page_and_an_identity_made_of_our_key()
    {
        await using var server = new SmtpServer();

        var outcome = await Email(server).SendAsync(Message(DeliveryChannel.Email), default);

        Assert.IsType<SendOutcome.Taken>(outcome);
        var taken = Assert.Single(server.Taken);
        Assert.Equal(["<dlv.7.1@plum.example>"], taken.Header("Message-Id"));
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(taken.Text)));
        Assert.Equal(("Hello & welcome", "<p>Hello &amp; welcome</p>"), (mail.TextBody!.Trim(), mail.HtmlBody!.Trim()));
    }

    [Fact]
    public async Task A_mail_server_that_refuses_every_second_message_is_understood_each_time()
    {
        await using var server = new SmtpServer { OnRecipient = n => n % 2 == 0 ? "550 5.1.1 no such user" : null };
        var outcomes = new List<SendOutcome>();
        for (var i = 0; i < 6; i++)
        {
            outcomes.Add(await Email(server).SendAsync(Message(DeliveryChannel.Email), default));
        }

        Assert.Equal(3, outcomes.Count(o => o is SendOutcome.Taken));
        Assert.All(
            outcomes.OfType<SendOutcome.Refused>(),
            r => Assert.Equal((DeliveryFault.Recipient, "5.1.1"), (r.Verdict.Fault, r.Code))
        );
        Assert.Equal(3, server.Taken.Count);
    }

    private static TwilioSender Twilio(MessagingServer server, TimeSpan? patience = null, Uri? url = null) =>
        new(
            server.Caller,
            new TwilioOptions(
                url ?? server.Address,
                "AC1",
                "twilio-secret",
                "+15550001111",
                MessagingServiceSid: null,
                "+15550002222",
                PerSecond: 10,
                patience ?? TimeSpan.FromSeconds(30)
            ),
            new Uri("https://plum.example")
        );

    private static WhatsAppSender Meta(MessagingServer server) =>
        new(
            server.Caller,
            new WhatsAppOptions(
                server.Address,
                "v23.0",
                "4711",
                "meta-token-1",
                "app-secret-1",
                "verify-token-1",
                10,
                TimeSpan.FromSeconds(30)
            )
        );

    private static EmailSender Email(SmtpServer server) =>
        new(
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
            perSecond: 10
        );

    private static OutgoingMessage Message(DeliveryChannel channel) =>
        new(
            "dlv.7.1",
            7,
            Guid.NewGuid(),
            channel,
            channel == DeliveryChannel.Email ? "jane@acme.example" : "+447700900123",
            "en",
            "A reward",
            "Hello & welcome",
            channel == DeliveryChannel.Email ? "<p>Hello &amp; welcome</p>" : null,
            Template: null
        );
}
