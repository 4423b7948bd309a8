using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>Reads one provider's callbacks: the signature first, and then only what it covers.</summary>
internal interface ICallbackReading
{
    bool IsOn { get; }

    Task<CallbackHeard> ReadAsync(HttpRequest request, byte[] body, CancellationToken ct);
}

/// <param name="Notices">Null when it was refused.</param>
internal sealed record CallbackHeard(IReadOnlyList<ProviderNotice>? Notices, int Status = StatusCodes.Status200OK, string? Refused = null)
{
    public static readonly CallbackHeard BadlySigned = new(null, StatusCodes.Status401Unauthorized, "badly signed");
    public static readonly CallbackHeard TooOld = new(null, StatusCodes.Status401Unauthorized, "its time is too long ago");
    public static readonly CallbackHeard Unreadable = new(null, StatusCodes.Status400BadRequest, "it cannot be read");
}

internal static class CallbackParts
{
    public static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    public static JsonElement? Json(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IEnumerable<JsonElement> Each(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    public static JsonElement? Part(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var part) ? part : null;

    public static DateTime? Seconds(string? text) =>
        long.TryParse(text, out var seconds) && seconds is > 0 and < 32_503_680_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            : null;

    /// <summary>An id that is no longer than is kept.</summary>
    public static string Id(string text) =>
        text.Length <= DeliveryEvent.EventIdMaxLength ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
