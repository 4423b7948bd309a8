namespace Plum.Portal.Reports.Pdf;

/// <summary>The columns of one table: how wide, and in what size they are set.</summary>
internal sealed record PdfGrid(IReadOnlyList<string> Names, IReadOnlyList<bool> Numeric, IReadOnlyList<float> Widths, float Size)
{
    private const float Gap = 12;
    private const float Largest = 8.5f;
    private const float Smallest = 6;

    /// <summary>Heads up to this wide are not broken.</summary>
    private const float WholeHead = 62;
    private const float LeastNumber = 46;
    private const float LeastText = 60;
    private const float MostText = 170;

    public float HeadSize => Size - 1;

    public (float Left, float Right) Column(int c)
    {
        var left = PdfPage.Left + Widths.Take(c).Sum() + (Gap * c);
        return (left, left + Widths[c]);
    }

    /// <summary>The largest size at which every number fits and every text has a readable width; what room is left goes to the texts.</summary>
    /// <param name="least">The width that the first column asks for.</param>
    public static PdfGrid Fit(
        IReadOnlyList<string> names,
        IReadOnlyList<bool> numeric,
        IReadOnlyList<IReadOnlyList<string>> rows,
        float least = 110
    )
    {
        var room = PdfPage.Measure - (Gap * (names.Count - 1));
        for (var size = Largest; ; size -= 0.5f)
        {
            var natural = names.Select((_, c) => Natural(c, size)).ToArray();
            var numbers = Total(numeric, natural, wanted: true);
            var texts = Total(numeric, natural, wanted: false);
            var leastTexts = natural.Select((w, c) => numeric[c] ? 0 : Math.Min(w, c == 0 ? least : LeastText)).Sum();
            if (numbers + leastTexts <= room || size <= Smallest)
            {
                var forTexts = Math.Max(room - numbers, leastTexts);
                var scale = Math.Min(1, (room - forTexts) / Math.Max(numbers, 1));
                return new PdfGrid(
                    names,
                    numeric,
                    [.. natural.Select((w, c) => numeric[c] ? w * scale : w * forTexts / Math.Max(texts, 1))],
                    size
                );
            }
        }

        float Natural(int column, float size)
        {
            var words = names[column].Split(' ');
            var whole = Typesetter.Width(names[column], size - 1, Weight.SemiBold);
            var head = whole <= WholeHead ? whole : words.Max(word => Typesetter.Width(word, size - 1, Weight.SemiBold));
            var cells = rows.Max(r => Typesetter.Width(r[column], size, Weight.SemiBold));
            return Math.Max(
                    Math.Max(head, numeric[column] ? cells : Math.Min(cells, MostText)),
                    numeric[column] ? LeastNumber * size / Largest : 1
                ) + 0.5f;
        }
    }

    private static float Total(IReadOnlyList<bool> numeric, float[] widths, bool wanted) =>
        widths.Where((_, c) => numeric[c] == wanted).Sum();
}
