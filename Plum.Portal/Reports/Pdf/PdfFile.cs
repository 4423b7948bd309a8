using System.Globalization;
using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>Pages as a file to keep (PDF/A-2b), with what runs along their heads and feet. Another PDF library would take over from here.</summary>
internal static class PdfFile
{
    public static byte[] Write(IReadOnlyList<PdfPage> pages, string title, string subject, DateTime madeAtUtc)
    {
        using var stream = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata
        {
            Title = title,
            Author = "Plum",
            Subject = subject,
            Creation = madeAtUtc,
            Modified = madeAtUtc,
            RasterDpi = 144,
            EncodingQuality = 100,
            PdfA = true,
        };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            foreach (var page in pages)
            {
                page.Draw(document.BeginPage(PdfPage.Width, PdfPage.Height));
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Put last, because only then the number of pages is known. The first page has a head of its own.</summary>
    public static void Frame(IReadOnlyList<PdfPage> pages, string left, string right, string foot, CultureInfo culture)
    {
        const float size = 7.5f;
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            if (i > 0)
            {
                const float y = 34;
                var half = PdfPage.Measure * 0.65f;
                page.Text(
                    Typesetter.Fit(left, size, Weight.SemiBold, half),
                    new SKRect(PdfPage.Left, y, PdfPage.Left + half, y + 11),
                    size,
                    Ink.Text,
                    Weight.SemiBold
                );
                page.Text(
                    Typesetter.Fit(right, size, Weight.Regular, PdfPage.Measure - half - 8),
                    new SKRect(PdfPage.Left + half + 8, y, PdfPage.Right, y + 11),
                    size,
                    Ink.Muted,
                    align: Align.Right
                );
                page.Rule(PdfPage.Left, y + 14, PdfPage.Right, y + 14, Ink.Hair);
            }

            const float below = PdfPage.Height - 36;
            page.Text(
                Typesetter.Fit(foot, size, Weight.Regular, PdfPage.Measure * 0.7f),
                new SKRect(PdfPage.Left, below, PdfPage.Left + (PdfPage.Measure * 0.7f), below + 11),
                size,
                Ink.Muted
            );
            page.Text(
                $"Page {(i + 1).ToString(culture)} of {pages.Count.ToString(culture)}",
                new SKRect(PdfPage.Right - 120, below, PdfPage.Right, below + 11),
                size,
                Ink.Muted,
                align: Align.Right
            );
        }
    }
}
