using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>SendGrid's signed event webhook: ECDSA with SHA-256 over its timestamp and the raw body.</summary>
internal sealed class SendGridCallback(MailEventOptions options, TimeProvider clock) : ICallbackReading
{
    /// <summary>SendGrid tries again for a day.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(25);

    public bool IsOn => options.SendGridKey is not null;

    public Task<CallbackHeard> ReadAsync(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var timestamp = request.Headers["X-Twilio-Email-Event-Webhook-Timestamp"].ToString();
        if (!IsSigned(request.Headers["X-Twilio-Email-Event-Webhook-Signature"].ToString(), timestamp, body))
        {
            return Task.FromResult(CallbackHeard.BadlySigned);
        }

        if (CallbackParts.Seconds(timestamp) is not { } at || (clock.GetUtcNow().UtcDateTime - at).Duration() > Oldest)
        {
            return Task.FromResult(CallbackHeard.TooOld);
        }

        return Task.FromResult(
            CallbackParts.Json(body) is { ValueKind: JsonValueKind.Array } list
                ? new CallbackHeard([.. list.EnumerateArray().Select(Notice).OfType<ProviderNotice>()])
                : CallbackHeard.Unreadable
        );
    }

    private bool IsSigned(string signature, string timestamp, byte[] body)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(options.SendGridKey!), out _);
            return key.VerifyData(
                (byte[])[.. Encoding.UTF8.GetBytes(timestamp), .. body],
                Convert.FromBase64String(signature),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static ProviderNotice? Notice(JsonElement e)
    {
        var (happening, id) = (ProviderCall.Text(e, "event"), ProviderCall.Text(e, "sg_event_id"));
        DeliveryEventKind? kind = happening switch
        {
            "processed" => DeliveryEventKind.Accepted,
            "deferred" => DeliveryEventKind.Deferred,
            "delivered" => DeliveryEventKind.Delivered,
            "open" or "click" => DeliveryEventKind.Opened,
            "bounce" or "dropped" or "spamreport" or "unsubscribe" or "group_unsubscribe" => DeliveryEventKind.Failed,
            _ => null,
        };
        if (kind is null || id is null)
        {
            return null;
        }

        var status = ProviderCall.Text(e, "status");
        return new ProviderNotice(
            CallbackParts.Id($"sendgrid:{id}"),
            KeyOf(ProviderCall.Text(e, "smtp-id")),
            ProviderCall.Text(e, "sg_message_id")?.Split('.')[0],
            kind.Value,
            happening!,
            kind == DeliveryEventKind.Failed ? SendGridCodes.Of(happening, ProviderCall.Text(e, "type"), status) : null,
            status ?? happening,
            kind == DeliveryEventKind.Failed ? ProviderCall.Text(e, "reason") ?? happening : null,
            CallbackParts.Seconds(ProviderCall.Text(e, "timestamp"))
        );
    }

    /// <summary>Our Message-ID is made of our key: <c>&lt;dlv.1042.1@plum.example&gt;</c>.</summary>
    internal static string? KeyOf(string? messageId) => messageId?.Trim('<', '>', ' ').Split('@')[0];
}
