namespace Plum.Portal.Access;

internal static class Browsers
{
    private static readonly (string Mark, string Name)[] _browsers =
    [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"), // last: the others say it too
    ];

    private static readonly (string Mark, string Name)[] _systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>What a person would call it: <c>Firefox on Windows</c>. A guess from what the browser says of itself.</summary>
    public static string Name(string? userAgent)
    {
        var browser = Find(_browsers, userAgent) ?? "A browser";
        return Find(_systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
