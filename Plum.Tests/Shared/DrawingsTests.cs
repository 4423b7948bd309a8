using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

public sealed partial class DrawingsTests
{
    [Fact]
    public void Every_icon_that_a_page_names_is_drawn()
    {
        var named = Pages().SelectMany(f => Icons().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToHashSet();

        Assert.True(named.Count > 40, $"Only {named.Count} were found: the pages are written otherwise than this test reads them.");
        Assert.Empty(named.Except(Drawings.Names));
    }

    [Fact]
    public void A_drawing_stands_in_the_page_as_plain_shapes()
    {
        Assert.StartsWith("<path d=", Drawings.Of("home").Value, StringComparison.Ordinal);
        Assert.DoesNotContain("xmlns", string.Concat(Drawings.Names.Select(n => Drawings.Of(n).Value)), StringComparison.Ordinal);
        Assert.Null(Drawings.Of("nothing-of-that-name").Value);
    }

    private static IEnumerable<string> Pages([CallerFilePath] string here = "") =>
        Directory.EnumerateFiles(
            Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Plum.Portal"),
            "*.razor",
            SearchOption.AllDirectories
        );

    [GeneratedRegex("""<Icon Name="([a-z-]+)""")]
    private static partial Regex Icons();
}
