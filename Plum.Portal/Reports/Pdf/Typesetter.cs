using System.Text;

namespace Plum.Portal.Reports.Pdf;

/// <summary>How text is made to fit a width: wrapped at words, then shrunk, then cut with an ellipsis. Nothing is ever clipped or overlaps.</summary>
internal static class Typesetter
{
    private const string Ellipsis = "\u2026";

    public static float Width(string text, float size, Weight weight) => Faces.Shape(text, weight).Width * size;

    /// <summary>The largest size from <paramref name="size"/> down to <paramref name="smallest"/> at which the text fits in one line.</summary>
    public static float Shrink(string text, float size, float smallest, float width, Weight weight)
    {
        var unit = Faces.Shape(text, weight).Width;
        return unit * size <= width ? size : MathF.Max(smallest, MathF.Floor(width / unit * 10) / 10);
    }

    /// <summary>One line that fits, cut with an ellipsis when it must be.</summary>
    public static string Fit(string text, float size, Weight weight, float width)
    {
        if (Width(text, size, weight) <= width)
        {
            return text;
        }

        var runes = text.EnumerateRunes().ToArray();
        var (low, high) = (0, runes.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Width(Head(runes, middle) + Ellipsis, size, weight) <= width ? (middle, high) : (low, middle - 1);
        }

        return low == 0
            ? Width(Ellipsis, size, weight) <= width
                ? Ellipsis
                : ""
            : Head(runes, low) + Ellipsis;
    }

    /// <summary>Lines of at most <paramref name="width"/>; a word that is longer than a line is broken where the line ends.</summary>
    /// <param name="most">The last of these lines ends in an ellipsis when there is more.</param>
    public static IReadOnlyList<string> Wrap(string text, float size, Weight weight, float width, int most = int.MaxValue)
    {
        var lines = new List<string>();
        var words = new Queue<string>(text.Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        var line = "";
        while (words.Count > 0)
        {
            var word = words.Dequeue();
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Width(longer, size, weight) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
                line = "";
            }

            foreach (var piece in Break(word, size, weight, width))
            {
                if (line.Length > 0)
                {
                    lines.Add(line);
                }

                line = piece;
            }
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines.Count <= most ? lines : [.. lines.Take(most - 1), Cut(string.Join(' ', lines.Skip(most - 1)), size, weight, width)];
    }

    /// <summary>The lines of a text at the largest size at which there are no more than <paramref name="most"/> of them.</summary>
    public static (IReadOnlyList<string> Lines, float Size) WrapOrShrink(
        string text,
        float size,
        float smallest,
        Weight weight,
        float width,
        int most
    )
    {
        for (var s = size; s > smallest; s -= 1)
        {
            if (Wrap(text, s, weight, width) is var lines && lines.Count <= most)
            {
                return (lines, s);
            }
        }

        return (Wrap(text, smallest, weight, width, most), smallest);
    }

    private static string Cut(string text, float size, Weight weight, float width) =>
        Width(text, size, weight) <= width ? text : Fit(text, size, weight, width);

    private static IEnumerable<string> Break(string word, float size, Weight weight, float width)
    {
        var rest = word.EnumerateRunes().ToArray();
        while (rest.Length > 0)
        {
            var (low, high) = (1, rest.Length);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = Width(Head(rest, middle), size, weight) <= width ? (middle, high) : (low, middle - 1);
            }

            yield return Head(rest, low);
            rest = rest[low..];
        }
    }

    private static string Head(Rune[] runes, int count) => string.Concat(runes.Take(count));
}
