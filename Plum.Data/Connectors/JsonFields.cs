using System.Globalization;
using System.Text.Json;

namespace Plum.Data.Connectors;

/// <summary>Fields of JSON that others wrote: numbers may come as text and text as numbers; what cannot be read is null, never a guess.</summary>
public static class JsonFields
{
    public static string? Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
                JsonValueKind.Number => value.TryGetDecimal(out var number)
                    ? number.ToString("0.#############################", CultureInfo.InvariantCulture)
                    : null,
                _ => null,
            }
            : null;

    public static decimal? Amount(JsonElement from, string name) =>
        decimal.TryParse(
            Text(from, name),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    public static JsonElement? Object(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    public static IEnumerable<JsonElement> Items(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];
}
