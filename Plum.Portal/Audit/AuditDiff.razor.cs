using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Plum.Data.Audit;

namespace Plum.Portal.Audit;

public partial class AuditDiff
{
    [Parameter, EditorRequired]
    public AuditRow Row { get; set; } = null!;

    private IEnumerable<(string Field, string? Before, string? After)> Changes
    {
        get
        {
            var before = Fields(Row.Before);
            var after = Fields(Row.After);
            return before.Keys.Union(after.Keys).Select(f => (f, before.GetValueOrDefault(f), after.GetValueOrDefault(f)));
        }
    }

    private static Dictionary<string, string?> Fields(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document
                .RootElement.EnumerateObject()
                .ToDictionary(p => p.Name, string? (p) => p.Value.ValueKind == JsonValueKind.Null ? "nothing" : p.Value.ToString())
            : new Dictionary<string, string?> { [""] = json };
    }
}
