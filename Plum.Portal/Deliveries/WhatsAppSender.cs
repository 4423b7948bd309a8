using System.Net.Http.Headers;
using System.Text.Json;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>
/// The WhatsApp Cloud API (POST messages). It honours no keys: an answer that was lost goes to a person, and the callback, which carries our key in
/// biz_opaque_callback_data, ends the doubt when there was a message after all.
/// </summary>
internal sealed class WhatsAppSender(ProviderCall call, WhatsAppOptions options) : IDeliverySender
{
    public const string SenderName = "whatsapp-cloud";

    public string Name => SenderName;

    public IReadOnlySet<DeliveryChannel> Channels { get; } = new HashSet<DeliveryChannel> { DeliveryChannel.WhatsApp };

    public bool HonoursKeys => false;

    public SendPace Pace { get; } = new(options.PerSecond, AtOnce: 16);

    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        var address = new Uri(options.Url, $"/{options.Version}/{options.PhoneNumberId}/messages");
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body(message)));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await call.PostAsync(address, body, new AuthenticationHeaderValue("Bearer", options.Token), options.Timeout, ct) switch
        {
            ProviderAnswer.Said { Status: >= 200 and < 300 } said when IdOf(said.Body) is { } id => new SendOutcome.Taken(id, "accepted"),
            ProviderAnswer.Said { Body: { } json } said
                when json.TryGetProperty("error", out var error) && ProviderCall.Text(error, "code") is { } code => new SendOutcome.Refused(
                WhatsAppCodes.Of(code),
                code,
                ProviderCall.Text(error, "message") ?? "Meta refused it.",
                said.RetryAfter
            ),
            ProviderAnswer.Said said => ProviderCall.Unexplained(said, options.Url.Host),
            ProviderAnswer.NotSent notSent => new SendOutcome.Refused(Verdict.Passing, "connection", notSent.Reason),
            ProviderAnswer.Lost lost => new SendOutcome.InDoubt(lost.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(message), other, message: null),
        };
    }

    private static string? IdOf(JsonElement? body) =>
        body is { } json
        && json.TryGetProperty("messages", out var messages)
        && messages.ValueKind == JsonValueKind.Array
        && messages.GetArrayLength() > 0
            ? ProviderCall.Text(messages[0], "id")
            : null;

    private static Dictionary<string, object> Body(OutgoingMessage message)
    {
        var body = new Dictionary<string, object>
        {
            ["messaging_product"] = "whatsapp",
            ["to"] = message.To.TrimStart('+'),
            ["biz_opaque_callback_data"] = message.Key,
        };
        if (message.Template is { } template)
        {
            var parameters = template.Variables.Select(v => new { type = "text", text = v }).ToArray();
            body["type"] = "template";
            body["template"] = new
            {
                name = template.Name,
                language = new { code = template.Language },
                components = parameters.Length == 0 ? [] : new object[] { new { type = "body", parameters } },
            };
        }
        else
        {
            body["type"] = "text";
            body["text"] = new { body = message.Text };
        }

        return body;
    }
}
