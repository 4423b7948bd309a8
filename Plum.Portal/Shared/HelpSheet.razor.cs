using Microsoft.JSInterop;

namespace Plum.Portal.Shared;

/// <summary>The <c>?</c> sheet: what the keyboard does on this page, read off the controls that carry a <c>data-key</c>.</summary>
public partial class HelpSheet(IJSRuntime js)
{
    private IReadOnlyList<Entry> _keys = [];

    private sealed record Entry(string Keys, string Label, bool Everywhere);

    private async Task ReadAsync() => _keys = await js.InvokeAsync<Entry[]>("plum.keys.list") ?? [];

    private static IEnumerable<(string Stroke, bool Last)> Strokes(string keys)
    {
        var strokes = keys.Split('|')
            .SelectMany((one, i) => i == 0 ? one.Split(' ') : ["or", .. one.Split(' ')])
            .Select(s => s.Replace("Mod+", "Ctrl ", StringComparison.Ordinal))
            .ToList();
        return strokes.Select((s, i) => (s, i == strokes.Count - 1));
    }
}
