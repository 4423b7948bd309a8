using System.Globalization;
using Plum.Portal.Reports.Pdf;
using Plum.Portal.Shared;
using SkiaSharp;

namespace Plum.Portal.Approvals;

/// <summary>The evidence of a request as a document to keep. Nothing is cut: a long text runs on, over pages when it must. Instants are in UTC.</summary>
public static class EvidencePdf
{
    private const float Size = 8.5f;
    private const float Label = 130;

    public static byte[] Render(EvidenceDocument evidence, CultureInfo culture) =>
        PdfFile.Write(Lay(evidence, culture), $"Evidence of {evidence.Reference}", evidence.Title, evidence.MadeAtUtc);

    /// <summary>The pages as they will be drawn.</summary>
    internal static IReadOnlyList<PdfPage> Lay(EvidenceDocument evidence, CultureInfo culture)
    {
        var flow = new PdfFlow();
        flow.Paragraph($"Evidence of {evidence.Reference}", 20, Ink.Text, Weight.SemiBold);
        flow.Down(4);
        flow.Paragraph(evidence.Title, 11, Ink.Muted);
        foreach (var section in evidence.Sections)
        {
            Write(flow, section);
        }

        PdfFile.Frame(
            flow.Pages,
            $"Evidence of {evidence.Reference}",
            evidence.Title,
            $"Made {Viewer.Exact(evidence.MadeAtUtc)} by {evidence.MadeBy}",
            culture
        );
        return flow.Pages;
    }

    private static void Write(PdfFlow flow, EvidenceSection section)
    {
        flow.Section(section.Title, keep: 40);
        if (section.IsEmpty)
        {
            flow.Paragraph(section.Empty, Size, Ink.Muted);
        }

        foreach (var fact in section.Facts)
        {
            Fact(flow, fact);
        }

        foreach (var entry in section.Entries)
        {
            flow.Need(34);
            flow.Page.Rule(PdfPage.Left, flow.Y, PdfPage.Right, flow.Y, Ink.Hair);
            flow.Down(4);
            Fact(flow, new EvidenceFact(Viewer.Exact(entry.AtUtc), entry.What), Weight.SemiBold);
            foreach (var fact in entry.Facts)
            {
                Fact(flow, fact);
            }

            flow.Down(4);
        }
    }

    private static void Fact(PdfFlow flow, EvidenceFact fact, Weight weight = Weight.Regular)
    {
        const float line = Size * PdfFlow.Line;
        var (names, lines) = (
            Typesetter.Wrap(fact.Label, Size, Weight.Regular, Label - 10),
            Lines(Text(fact.Value), PdfPage.Measure - Label, weight)
        );
        for (var i = 0; i < Math.Max(names.Count, lines.Count); i++)
        {
            flow.Need(line);
            Put(names, PdfPage.Left, Label - 10, Ink.Muted, Weight.Regular);
            Put(lines, PdfPage.Left + Label, PdfPage.Measure - Label, Ink.Text, weight);
            flow.Down(line);

            void Put(IReadOnlyList<string> texts, float x, float width, SKColor ink, Weight weight)
            {
                if (i < texts.Count)
                {
                    flow.Page.Text(texts[i], new SKRect(x, flow.Y, x + width, flow.Y + line), Size, ink, weight);
                }
            }
        }

        flow.Down(1.5f);
    }

    /// <summary>With the line breaks that a person typed.</summary>
    private static List<string> Lines(string text, float width, Weight weight) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').SelectMany(part => Typesetter.Wrap(part, Size, weight, width))];

    private static string Text(EvidenceText text) => text.AtUtc is { } at ? Viewer.Exact(at) : text.Text;
}
