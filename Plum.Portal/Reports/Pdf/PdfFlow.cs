using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>Pages filled from top to bottom. Every block asks for the room that it needs, and starts a new page when there is less.</summary>
internal sealed class PdfFlow
{
    public const float Line = 1.42f;

    private readonly List<PdfPage> _pages = [new()];

    public IReadOnlyList<PdfPage> Pages => _pages;

    public PdfPage Page => _pages[^1];

    /// <summary>Where the next block begins.</summary>
    public float Y { get; private set; } = PdfPage.Top;

    public float Left => PdfPage.Bottom - Y;

    public void Down(float points) => Y += points;

    public void To(float y) => Y = y;

    /// <summary>Starts a new page unless there is this much room on the present one.</summary>
    /// <returns>Whether a new page was started.</returns>
    public bool Need(float points)
    {
        if (Left >= points || Y <= PdfPage.Top)
        {
            return false;
        }

        NewPage();
        return true;
    }

    public void NewPage()
    {
        _pages.Add(new PdfPage());
        Y = PdfPage.Top;
    }

    public static float HeightOf(string text, float size, Weight weight, float width, int most = int.MaxValue) =>
        Typesetter.Wrap(text, size, weight, width, most).Count * size * Line;

    /// <summary>A wrapped text over the measure or a part of it; runs over pages when it must.</summary>
    public void Paragraph(
        string text,
        float size,
        SKColor ink,
        Weight weight = Weight.Regular,
        float left = PdfPage.Left,
        float width = PdfPage.Measure,
        int most = int.MaxValue
    )
    {
        foreach (var line in Typesetter.Wrap(text, size, weight, width, most))
        {
            Need(size * Line);
            Page.Text(line, new SKRect(left, Y, left + width, Y + (size * Line)), size, ink, weight);
            Y += size * Line;
        }
    }

    /// <summary>A heading of a section, never alone at the foot of a page.</summary>
    /// <param name="keep">Room that what follows needs beside it.</param>
    public void Section(string title, float keep)
    {
        if (Y > PdfPage.Top)
        {
            Down(18);
        }

        Need(40 + keep);
        Page.Fill(new SKRect(PdfPage.Left, Y, PdfPage.Left + 24, Y + 2.5f), Ink.Plum);
        Down(8);
        Paragraph(title, 15, Ink.Text, Weight.SemiBold);
        Down(3);
    }

    public void Heading(string title, float keep)
    {
        Down(10);
        Need(18 + keep);
        Paragraph(title, 9.5f, Ink.Text, Weight.SemiBold);
        Down(3);
    }
}
