using System.Collections.Frozen;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Shared;

/// <summary>The drawings of <c>Shared/icons.svg</c>, by what they mean. They stand in the page itself: a page has a hundred of them.</summary>
public static class Drawings
{
    private static readonly FrozenDictionary<string, MarkupString> _drawings = Read();

    public static IEnumerable<string> Names => _drawings.Keys;

    /// <summary>What goes between <c>&lt;svg viewBox="0 0 24 24"&gt;</c> and its end; nothing for a name that there is not.</summary>
    public static MarkupString Of(string name) => _drawings.GetValueOrDefault(name);

    private static FrozenDictionary<string, MarkupString> Read()
    {
        using var file = typeof(Drawings).Assembly.GetManifestResourceStream("icons.svg")!;
        return XDocument
            .Load(file)
            .Root!.Elements()
            .ToFrozenDictionary(
                symbol => symbol.Attribute("id")!.Value,
                symbol => new MarkupString(string.Concat(symbol.Elements().Select(Plain))),
                StringComparer.Ordinal
            );
    }

    /// <summary>Without the namespace, which the page's own svg element gives.</summary>
    private static string Plain(XElement shape) =>
        new XElement(shape.Name.LocalName, shape.Attributes()).ToString(SaveOptions.DisableFormatting);
}
