using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Plum.Domain.Deliveries;
using Plum.Portal.Deliveries;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class CallbackTests
{
    private static readonly WebApplicationFactoryClientOptions Https = new()
    {
        BaseAddress = new Uri("https://localhost"),
        AllowAutoRedirect = false,
    };

    private const string Topic = "arn:aws:sns:eu-west-1:1:plum";

    [Fact]
    public async Task Twilio_tells_of_a_delivery_once_and_a_wrong_signature_tells_nothing()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);
        var delivery = await SentAsync(plum, TwilioSender.SenderName, "SM1");
        var path = $"{DeliveryCallbacks.Twilio}?key={delivery.Key}";
        var fields = new Dictionary<string, string>
        {
            ["MessageSid"] = "SM1",
            ["MessageStatus"] = "delivered",
            ["To"] = "+447700900123",
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await TwilioAsync(portal, path, fields, "wrong-token-1"));
        Assert.Equal(DeliveryState.Sent, (await plum.ReloadAsync(delivery)).State);
        Assert.Equal(HttpStatusCode.OK, await TwilioAsync(portal, path, fields, "twilio-secret"));
        Assert.Equal(HttpStatusCode.OK, await TwilioAsync(portal, path, fields, "twilio-secret"));

        Assert.Equal(DeliveryState.Delivered, (await plum.ReloadAsync(delivery)).State);
        await using var db = plum.Peek();
        Assert.Equal(1, await db.DeliveryEvents.CountAsync());

        // What was signed for one address opens no other.
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await TwilioAsync(portal, path, fields, "twilio-secret", calledAt: $"{DeliveryCallbacks.Twilio}?key=dlv.999.1")
        );
    }

    [Fact]
    public async Task A_failure_by_twilio_is_sorted_by_its_code()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);
        var delivery = await SentAsync(plum, TwilioSender.SenderName, "SM1");
        var fields = new Dictionary<string, string>
        {
            ["MessageSid"] = "SM1",
            ["MessageStatus"] = "undelivered",
            ["ErrorCode"] = "30005",
        };

        await TwilioAsync(portal, $"{DeliveryCallbacks.Twilio}?key={delivery.Key}", fields, "twilio-secret");

        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Failed, DeliveryFault.Recipient, "30005"), (failed.State, failed.Fault, failed.Code));
    }

    [Fact]
    public async Task Meta_shakes_hands_with_the_right_word_only_and_its_statuses_are_heard()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);
        using var http = portal.CreateClient(Https);
        var hello = $"{DeliveryCallbacks.WhatsApp}?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=";
        Assert.Equal("4711", await http.GetStringAsync(new Uri(hello + "verify-token-1", UriKind.Relative)));
        using (var refused = await http.GetAsync(new Uri(hello + "verify-token-2", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        var delivery = await SentAsync(plum, WhatsAppSender.SenderName, "wamid.1");
        var body = $$$"""
            {"entry":[{"changes":[{"value":{"statuses":[
              {"id":"wamid.1","status":"failed","timestamp":"1772442000","biz_opaque_callback_data":"{{{delivery.Key}}}","errors":[{"code":131026,"title":"Undeliverable"}]}]}}]}]}
            """;
        var signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("app-secret-1"u8, Encoding.UTF8.GetBytes(body)))}";

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await PostAsync(http, DeliveryCallbacks.WhatsApp, body + " ", ("X-Hub-Signature-256", signature))
        );
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, DeliveryCallbacks.WhatsApp, body, ("X-Hub-Signature-256", signature)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, DeliveryCallbacks.WhatsApp, body, ("X-Hub-Signature-256", signature)));
        await OneEventAsync(plum);

        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Failed, DeliveryFault.Recipient, "131026"), (failed.State, failed.Fault, failed.Code));
    }

    [Fact]
    public async Task SendGrid_is_believed_by_its_key_and_not_when_its_time_is_long_ago()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var portal = Portal(plum, ("Messaging:SendGrid:PublicKey", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
        using var http = portal.CreateClient(Https);
        var delivery = await SentAsync(plum, EmailSender.SenderName, "sg-number-1");
        var body = $$"""
            [{"event":"bounce","sg_event_id":"e1","sg_message_id":"x.filter","smtp-id":"<{{delivery.Key}}@plum.example>","status":"5.1.1","reason":"no such user","timestamp":{{Unix(
                plum.Now
            )}}}]
            """;

        Assert.Equal(HttpStatusCode.Unauthorized, await SendGridAsync(plum.Now.AddDays(-3), body));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendGridAsync(plum.Now, body, signed: body + " "));
        Assert.Equal(DeliveryState.Sent, (await plum.ReloadAsync(delivery)).State);
        Assert.Equal(HttpStatusCode.OK, await SendGridAsync(plum.Now, body));
        Assert.Equal(HttpStatusCode.OK, await SendGridAsync(plum.Now.AddMinutes(1), body)); // sent once more, signed anew
        await OneEventAsync(plum);

        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Failed, DeliveryFault.Recipient, "5.1.1"), (failed.State, failed.Fault, failed.Code));

        async Task<HttpStatusCode> SendGridAsync(DateTime at, string sent, string? signed = null)
        {
            var signature = key.SignData(
                Encoding.UTF8.GetBytes(Unix(at) + (signed ?? sent)).AsSpan(),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
            return await PostAsync(
                http,
                DeliveryCallbacks.SendGrid,
                sent,
                ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature)),
                ("X-Twilio-Email-Event-Webhook-Timestamp", Unix(at))
            );
        }
    }

    [Fact]
    public async Task Ses_is_believed_by_amazons_certificate_from_amazons_host_alone()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=sns.amazonaws.com",
            rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(Directory.CreateTempSubdirectory("plum-sns-").FullName, "sns.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        await using var portal = Portal(plum, ("Messaging:Ses:TopicArn", Topic), ("Messaging:Ses:CertificatePath", file));
        using var http = portal.CreateClient(Https);
        var delivery = await SentAsync(plum, EmailSender.SenderName, "0102-ses-number");

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await PostAsync(http, DeliveryCallbacks.Ses, Note("https://sns.evil.example/a.pem", plum.Now))
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await PostAsync(http, DeliveryCallbacks.Ses, Note("https://sns.eu-west-1.amazonaws.com/a.pem", plum.Now, topic: Topic + "x"))
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await PostAsync(http, DeliveryCallbacks.Ses, Note("https://sns.eu-west-1.amazonaws.com/a.pem", plum.Now.AddDays(-3)))
        );
        Assert.Equal(DeliveryState.Sent, (await plum.ReloadAsync(delivery)).State);
        Assert.Equal(
            HttpStatusCode.OK,
            await PostAsync(http, DeliveryCallbacks.Ses, Note("https://sns.eu-west-1.amazonaws.com/a.pem", plum.Now))
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await PostAsync(http, DeliveryCallbacks.Ses, Note("https://sns.eu-west-1.amazonaws.com/a.pem", plum.Now.AddMinutes(1)))
        );
        await OneEventAsync(plum);

        var failed = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Failed, DeliveryFault.Recipient), (failed.State, failed.Fault));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        string Note(string certificateUrl, DateTime at, string topic = Topic)
        {
            var note = new Dictionary<string, string>
            {
                ["Type"] = "Notification",
                ["MessageId"] = "m1",
                ["TopicArn"] = topic,
                ["Timestamp"] = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
                ["Message"] =
                    """{"notificationType":"Bounce","mail":{"messageId":"0102-ses-number"},"bounce":{"bounceType":"Permanent","feedbackId":"f1","timestamp":"2026-03-02T09:00:00Z","bouncedRecipients":[{"status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1"}]}}""",
                ["SignatureVersion"] = "2",
                ["SigningCertURL"] = certificateUrl,
            };
            var text = SesCallback.Canonical(JsonSerializer.SerializeToElement(note));
            note["Signature"] = Convert.ToBase64String(
                rsa.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            );
            return JsonSerializer.Serialize(note);
        }
    }

    [Fact]
    public async Task Nothing_listens_until_it_is_configured_and_nothing_too_large_is_read()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using (var bare = new PlumPortal(plum))
        {
            using var http = bare.CreateClient(Https);
            foreach (
                var path in new[]
                {
                    DeliveryCallbacks.Twilio,
                    DeliveryCallbacks.WhatsApp,
                    DeliveryCallbacks.Ses,
                    DeliveryCallbacks.SendGrid,
                }
            )
            {
                Assert.Equal(HttpStatusCode.NotFound, await PostAsync(http, path, "{}"));
            }
        }

        await using var portal = Portal(plum);
        using var client = portal.CreateClient(Https);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await PostAsync(client, DeliveryCallbacks.WhatsApp, new string(' ', (1 << 20) + 1))
        );
    }

    private static async Task OneEventAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        Assert.Equal(1, await db.DeliveryEvents.CountAsync());
    }

    [Theory]
    [InlineData("https://sns.eu-west-1.amazonaws.com/x.pem", true)]
    [InlineData("https://sns.cn-north-1.amazonaws.com.cn/x.pem", true)]
    [InlineData("http://sns.eu-west-1.amazonaws.com/x.pem", false)]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/x.pem", false)]
    [InlineData("https://evil.example/sns.eu-west-1.amazonaws.com", false)]
    [InlineData("https://sns.eu-west-1.amazonaws.com:8443/x.pem", false)]
    [InlineData("https://user@s3.amazonaws.com/x.pem", false)]
    public void A_certificate_comes_from_amazons_notification_service_alone(string address, bool isTheirs) =>
        Assert.Equal(isTheirs, SesCallback.IsAmazon(new Uri(address)));

    private static string Unix(DateTime at) =>
        new DateTimeOffset(at).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static PlumPortal Portal(PlumDatabase plum, params (string, string)[] more) =>
        new(
            plum,
            settings:
            [
                ("Portal:Url", "https://plum.example"),
                ("Messaging:Twilio:AccountSid", "AC1"),
                ("Messaging:Twilio:AuthToken", "twilio-secret"),
                ("Messaging:Twilio:From", "+15550001111"),
                ("Messaging:WhatsApp:PhoneNumberId", "4711"),
                ("Messaging:WhatsApp:Token", "meta-token-1"),
                ("Messaging:WhatsApp:AppSecret", "app-secret-1"),
                ("Messaging:WhatsApp:VerifyToken", "verify-token-1"),
                .. more,
            ]
        );

    /// <summary>A delivery that a real provider has taken, as its attempt says.</summary>
    private static async Task<Delivery> SentAsync(PlumDatabase plum, string provider, string number)
    {
        await plum.HasSandboxAsync(SandboxManner.DeliverLate, delay: 3600);
        var delivery = await plum.HasDeliveryAsync(await plum.HasOrderAsync());
        await plum.DispatchAsync();
        await using var db = plum.Peek();
        await db
            .DeliveryAttempts.Where(a => a.DeliveryId == delivery.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.Provider, provider).SetProperty(a => a.ProviderMessageId, number));
        return await plum.ReloadAsync(delivery);
    }

    private static async Task<HttpStatusCode> TwilioAsync(
        PlumPortal portal,
        string path,
        Dictionary<string, string> fields,
        string token,
        string? calledAt = null
    )
    {
        using var http = portal.CreateClient(Https);
        using var content = new FormUrlEncodedContent(fields);
        var text =
            $"https://plum.example{path}" + string.Concat(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
        content.Headers.Add("X-Twilio-Signature", TwilioCallback.Sign(token, text));
        using var answer = await http.PostAsync(new Uri(calledAt ?? path, UriKind.Relative), content);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(
        HttpClient http,
        string path,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            content.Headers.Add(name, value);
        }

        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        return answer.StatusCode;
    }
}
