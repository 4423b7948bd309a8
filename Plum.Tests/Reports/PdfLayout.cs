using Plum.Portal.Reports.Pdf;

namespace Plum.Tests.Reports;

/// <summary>What holds of every page that is printed, whatever stands on it.</summary>
internal static class PdfLayout
{
    /// <summary>No text leaves its box, stands in the margin, or touches another.</summary>
    public static void IsSound(IReadOnlyList<PdfPage> pages)
    {
        foreach (var (page, number) in pages.Select((p, i) => (p, i + 1)))
        {
            var texts = page.Placed.OfType<PlacedText>().ToList();
            foreach (var text in texts)
            {
                Assert.True(
                    text.Extent.Left >= text.Box.Left - 0.6f && text.Extent.Right <= text.Box.Right + 0.6f,
                    $"Page {number}: '{text.Text}' is wider than its box."
                );
                Assert.True(text.Extent.Bottom <= text.Box.Bottom + 0.6f, $"Page {number}: '{text.Text}' is higher than its box.");
                Assert.True(
                    text.Box.Left >= PdfPage.Left - 1 && text.Box.Right <= PdfPage.Right + 1 && text.Box.Bottom <= PdfPage.Height - 20,
                    $"Page {number}: '{text.Text}' is in the margin."
                );
            }

            for (var i = 0; i < texts.Count; i++)
            {
                for (var j = i + 1; j < texts.Count; j++)
                {
                    var (a, b) = (texts[i].Extent, texts[j].Extent);
                    a.Inflate(-0.3f, -texts[i].Size * 0.13f); // lines may be set as close as their marks allow
                    b.Inflate(-0.3f, -texts[j].Size * 0.13f);
                    Assert.False(a.IntersectsWith(b), $"Page {number}: '{texts[i].Text}' touches '{texts[j].Text}'.");
                }
            }
        }
    }

    /// <summary>All that is printed, in the order in which it was set.</summary>
    public static string Text(IReadOnlyList<PdfPage> pages) =>
        string.Join(' ', pages.SelectMany(p => p.Placed).OfType<PlacedText>().Select(t => t.Text));
}
