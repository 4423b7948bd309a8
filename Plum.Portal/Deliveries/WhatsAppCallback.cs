using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>Meta's webhook: X-Hub-Signature-256 is HMAC-SHA256 over the raw body, with the app's secret.</summary>
internal sealed class WhatsAppCallback(WhatsAppOptions? options) : ICallbackReading
{
    public bool IsOn => options is not null;

    /// <summary>By which Meta checks an address when it is entered there.</summary>
    public IResult Handshake(IQueryCollection query) =>
        options is not null && query["hub.mode"] == "subscribe" && CallbackParts.Same(options.VerifyToken, query["hub.verify_token"])
            ? Results.Text(query["hub.challenge"].ToString(), "text/plain")
            : Results.Text("", statusCode: options is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);

    public Task<CallbackHeard> ReadAsync(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var expected = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options!.AppSecret), body))}";
        if (!CallbackParts.Same(expected, request.Headers["X-Hub-Signature-256"]))
        {
            return Task.FromResult(CallbackHeard.BadlySigned);
        }

        return Task.FromResult(
            CallbackParts.Json(body) is not { } json
                ? CallbackHeard.Unreadable
                : new CallbackHeard([
                    .. from entry in CallbackParts.Each(json, "entry")
                    from change in CallbackParts.Each(entry, "changes")
                    where CallbackParts.Part(change, "value") is not null
                    from status in CallbackParts.Each(CallbackParts.Part(change, "value")!.Value, "statuses")
                    let notice = Notice(status)
                    where notice is not null
                    select notice,
                ])
        );
    }

    private static ProviderNotice? Notice(JsonElement status)
    {
        var (id, state) = (ProviderCall.Text(status, "id"), ProviderCall.Text(status, "status"));
        DeliveryEventKind? kind = state switch
        {
            "sent" => DeliveryEventKind.Sent,
            "delivered" => DeliveryEventKind.Delivered,
            "read" => DeliveryEventKind.Opened,
            "failed" => DeliveryEventKind.Failed,
            _ => null,
        };
        if (id is null || kind is null)
        {
            return null;
        }

        var error = CallbackParts.Each(status, "errors").Select(e => (JsonElement?)e).FirstOrDefault();
        var code = ProviderCall.Text(error, "code");
        return new ProviderNotice(
            CallbackParts.Id($"{id}:{state}"),
            ProviderCall.Text(status, "biz_opaque_callback_data"),
            id,
            kind.Value,
            state!,
            kind == DeliveryEventKind.Failed ? WhatsAppCodes.Of(code) : null,
            code,
            kind == DeliveryEventKind.Failed ? ProviderCall.Text(error, "title") ?? ProviderCall.Text(error, "message") : null,
            CallbackParts.Seconds(ProviderCall.Text(status, "timestamp"))
        );
    }
}
