using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plum.Data.Audit;

/// <summary>The before and after of an audit entry: a JSON object of the fields that changed.</summary>
internal static class Diff
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(string field, object? value) =>
        JsonSerializer.Serialize(new Dictionary<string, object?> { [field] = value }, Options);

    public static string Of(IReadOnlyDictionary<string, object?> fields) => JsonSerializer.Serialize(fields, Options);

    /// <summary>Only the fields in which the two differ; nulls when they do not.</summary>
    /// <param name="shown">What to keep of a field's value, where that is less than the whole: personal data is masked.</param>
    public static (string? Before, string? After) Between(
        IReadOnlyDictionary<string, object?> before,
        IReadOnlyDictionary<string, object?> after,
        Func<string, object?, object?>? shown = null
    )
    {
        shown ??= (_, value) => value;
        var changed = after
            .Keys.Union(before.Keys)
            .Where(k =>
                JsonSerializer.Serialize(before.GetValueOrDefault(k), Options)
                != JsonSerializer.Serialize(after.GetValueOrDefault(k), Options)
            )
            .ToList();
        return changed.Count == 0
            ? (null, null)
            : (
                Of(changed.ToDictionary(k => k, k => shown(k, before.GetValueOrDefault(k)))),
                Of(changed.ToDictionary(k => k, k => shown(k, after.GetValueOrDefault(k))))
            );
    }
}
