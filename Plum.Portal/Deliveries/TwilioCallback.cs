using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>
/// Twilio's status callbacks: X-Twilio-Signature is base64 of HMAC-SHA1, with the auth token, over the address as Twilio called it and the sorted
/// fields (twilio.com/docs/usage/security). SHA-1 is Twilio's choice; as an HMAC it still stands.
/// </summary>
internal sealed class TwilioCallback(TwilioOptions? options, Uri? portal) : ICallbackReading
{
    public bool IsOn => options is not null && portal is not null;

    public Task<CallbackHeard> ReadAsync(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        var called = new Uri(portal!, request.Path.Value + request.QueryString.Value).ToString();
        var signed = new StringBuilder(called);
        foreach (var (name, value) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

        if (!CallbackParts.Same(Sign(options!.AuthToken, signed.ToString()), request.Headers["X-Twilio-Signature"]))
        {
            return Task.FromResult(CallbackHeard.BadlySigned);
        }

        if (fields["MessageSid"].ToString() is not { Length: > 0 } sid || fields["MessageStatus"].ToString() is not { Length: > 0 } status)
        {
            return Task.FromResult(CallbackHeard.Unreadable);
        }

        // It gives no time and no number of the event: a message has each of its states once.
        var code = fields.TryGetValue("ErrorCode", out var error) && error.ToString() is { Length: > 0 } given ? given : null;
        var kind = KindOf(status);
        return Task.FromResult(
            new CallbackHeard([
                .. kind is null
                    ? Array.Empty<ProviderNotice>()
                    :
                    [
                        new ProviderNotice(
                            CallbackParts.Id($"{sid}:{status}"),
                            request.Query["key"],
                            sid,
                            kind.Value,
                            status,
                            kind == DeliveryEventKind.Failed ? TwilioCodes.Of(code) : null,
                            code,
                            kind == DeliveryEventKind.Failed ? $"Twilio: {status}{(code is null ? "" : $" ({code})")}" : null
                        ),
                    ],
            ])
        );
    }

    internal static string Sign(string authToken, string text) =>
#pragma warning disable CA5350 // what Twilio signs with
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private static DeliveryEventKind? KindOf(string status) =>
        status switch
        {
            "accepted" or "scheduled" or "queued" or "sending" => DeliveryEventKind.Accepted,
            "sent" => DeliveryEventKind.Sent,
            "delivered" => DeliveryEventKind.Delivered,
            "read" => DeliveryEventKind.Opened,
            "undelivered" or "failed" or "canceled" => DeliveryEventKind.Failed,
            _ => null,
        };
}
