using System.Globalization;

namespace Plum.Domain.Shared;

/// <summary>Public references are a prefix and a number; people type them in any case and with stray blanks.</summary>
public static class Reference
{
    /// <returns>The number; null when the text is no such reference or the number is out of range.</returns>
    public static long? Parse(string prefix, string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return
            trimmed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && long.TryParse(trimmed.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            ? number
            : null;
    }
}
