using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plum.Domain.Connectors;

namespace Plum.Data.Connectors;

/// <summary>A webhook as Xoxoday sends it, and the sandbox too: <c>{id, data:{orderId, poNumber, orderDate, deliveryStatus}, createdAt}</c> with a shared key in a header.</summary>
public static class WebhookReading
{
    public const string KeyHeader = "x-api-key";

    public static WebhookOutcome Read(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, string key)
    {
        var given = headers.FirstOrDefault(h => string.Equals(h.Key, KeyHeader, StringComparison.OrdinalIgnoreCase)).Value ?? "";
        if (!Same(given, key))
        {
            return new WebhookOutcome.BadlySigned();
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            var id = JsonFields.Text(root, "id");
            if (SupplierOrderRules.CannotBeKey("id", id) is not null || JsonFields.Object(root, "data") is not { } data)
            {
                return new WebhookOutcome.Malformed("It has no id or no data.");
            }

            var (ours, theirs) = (KeyIn(data, "poNumber"), KeyIn(data, "orderId"));
            return ours is null && theirs is null
                ? new WebhookOutcome.Malformed("It names no order.")
                : new WebhookOutcome.Noticed(new SupplierNotice(id!, ours, theirs, JsonFields.Text(data, "deliveryStatus")));
        }
        catch (JsonException)
        {
            return new WebhookOutcome.Malformed("It is no JSON.");
        }
    }

    /// <summary>Takes as long whatever is given, its length too: both are hashed first.</summary>
    private static bool Same(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(key))
        );

    private static string? KeyIn(JsonElement data, string name) =>
        JsonFields.Text(data, name) is { } text && SupplierOrderRules.CannotBeKey(name, text) is null ? text : null;
}
