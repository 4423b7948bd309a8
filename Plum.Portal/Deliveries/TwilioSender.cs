using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>
/// SMS and WhatsApp by Twilio (POST Messages.json, docs of the Message resource). Twilio honours no keys: an answer that was lost goes to a person,
/// and the callback, which carries our key in its address, ends the doubt when there was a message after all.
/// </summary>
internal sealed class TwilioSender(ProviderCall call, TwilioOptions options, Uri? portal) : IDeliverySender
{
    public const string SenderName = "twilio";

    public string Name => SenderName;

    public IReadOnlySet<DeliveryChannel> Channels { get; } =
        new HashSet<DeliveryChannel>([
            .. (options.From ?? options.MessagingServiceSid) is null ? [] : new[] { DeliveryChannel.Sms },
            .. options.WhatsAppFrom is null ? [] : new[] { DeliveryChannel.WhatsApp },
        ]);

    public bool HonoursKeys => false;

    public SendPace Pace { get; } = new(options.PerSecond, AtOnce: 8);

    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        var address = new Uri(options.Url, $"/2010-04-01/Accounts/{Uri.EscapeDataString(options.AccountSid)}/Messages.json");
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{options.AuthToken}"));
        using var form = new FormUrlEncodedContent(Fields(message));
        return await call.PostAsync(address, form, new AuthenticationHeaderValue("Basic", basic), options.Timeout, ct) switch
        {
            ProviderAnswer.Said { Status: >= 200 and < 300 } said when ProviderCall.Text(said.Body, "sid") is { } sid =>
                new SendOutcome.Taken(sid, ProviderCall.Text(said.Body, "status") ?? "accepted"),
            ProviderAnswer.Said { Status: 429 } said => Refused("20429", said),
            ProviderAnswer.Said { Status: >= 400 } said when ProviderCall.Text(said.Body, "code") is { } code => Refused(code, said),
            ProviderAnswer.Said said => ProviderCall.Unexplained(said, options.Url.Host),
            ProviderAnswer.NotSent notSent => new SendOutcome.Refused(Verdict.Passing, "connection", notSent.Reason),
            ProviderAnswer.Lost lost => new SendOutcome.InDoubt(lost.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(message), other, message: null),
        };
    }

    private static SendOutcome.Refused Refused(string code, ProviderAnswer.Said said) =>
        new(TwilioCodes.Of(code), code, ProviderCall.Text(said.Body, "message") ?? "Twilio refused it.", said.RetryAfter);

    private Dictionary<string, string> Fields(OutgoingMessage message)
    {
        var isWhatsApp = message.Channel == DeliveryChannel.WhatsApp;
        var fields = new Dictionary<string, string> { ["To"] = isWhatsApp ? $"whatsapp:{message.To}" : message.To };
        if (isWhatsApp)
        {
            fields["From"] = $"whatsapp:{options.WhatsAppFrom}";
        }
        else if (options.MessagingServiceSid is { } service)
        {
            fields["MessagingServiceSid"] = service;
        }
        else
        {
            fields["From"] = options.From!;
        }

        if (message.Template is { } template)
        {
            fields["ContentSid"] = template.Name;
            fields["ContentVariables"] = JsonSerializer.Serialize(
                template.Variables.Select((value, i) => (i + 1, value)).ToDictionary(v => $"{v.Item1}", v => v.value)
            );
        }
        else
        {
            fields["Body"] = message.Text;
        }

        if (portal is not null)
        {
            fields["StatusCallback"] = new Uri(portal, $"{DeliveryCallbacks.Twilio}?key={message.Key}").ToString();
        }

        return fields;
    }
}
