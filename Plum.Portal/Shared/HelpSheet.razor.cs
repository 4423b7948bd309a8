using Microsoft.JSInterop;

namespace Plum.Portal.Shared;

/// <summary>The <c>?</c> sheet: what the keyboard does on this page, read off the controls that carry a <c>data-key</c>.</summary>
public partial class HelpSheet(IJSRuntime js)
{
    private IReadOnlyList<Entry> _keys = [];

    private sealed record Entry(string Keys, string Label, bool Everywhere);

    private async Task ReadAsync() => _keys = await js.InvokeAsync<Entry[]>("plum.keys.list") ?? [];

    /// <summary>The keys in their order; null stands between two ways to the same.</summary>
    private static IEnumerable<string?> Strokes(string keys) =>
        keys.Split('|')
            .SelectMany<string, string?>((way, i) => [.. i == 0 ? Array.Empty<string?>() : [null], .. way.Split(' ').SelectMany(Parts)]);

    private static string[] Parts(string stroke) =>
        stroke.StartsWith("Mod+", StringComparison.Ordinal) ? ["Ctrl", stroke["Mod+".Length..].ToUpperInvariant()] : [stroke];
}
