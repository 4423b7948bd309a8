using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Plum.Portal.Reports.Pdf;

/// <summary>The two weights that a report is set in.</summary>
internal enum Weight
{
    Regular,
    SemiBold,
}

/// <summary>Glyphs of one face, in order, with advances and offsets in thousandths of the size.</summary>
/// <param name="Clusters">For each glyph, the byte in the UTF-8 text from which it was made, so that text copied from the PDF is the text that was set.</param>
internal sealed record GlyphRun(SKTypeface Face, string Text, ushort[] Glyphs, float[] Advances, SKPoint[] Offsets, uint[] Clusters);

/// <summary>One line of text, measured: its width at a size is <see cref="Width"/> times that size.</summary>
internal sealed record Shaped(IReadOnlyList<GlyphRun> Runs, float Width);

/// <summary>
/// Shapes text with the fonts that are shipped with the portal: Inter for Latin, Greek and Cyrillic, Noto Sans for Arabic, Devanagari, Hebrew and
/// Thai, Droid Sans Fallback for Chinese, Japanese and Korean. What none of them has is drawn as the replacement box. Thread-safe; lives as long as the process.
/// </summary>
internal static class Faces
{
    /// <summary>Height above and below the base line, in parts of the size, that holds every shipped face with its marks.</summary>
    public const float Ascent = 0.98f;
    public const float Descent = 0.28f;

    private const int Scale = 1000;

    /// <summary>No ligatures: one glyph for several letters is lost by readers that copy text.</summary>
    private static readonly Feature[] Features = [Feature.Parse("-liga"), Feature.Parse("-clig"), Feature.Parse("kern")];

    private static readonly Dictionary<Weight, Loaded[]> Stacks = Load();
    private static readonly ConcurrentDictionary<(Weight, string), Shaped> Known = new();
    private static readonly Lock Gate = new();

    public static Shaped Shape(string text, Weight weight)
    {
        if (Known.TryGetValue((weight, text), out var known))
        {
            return known;
        }

        if (Known.Count > 20_000)
        {
            Known.Clear(); // a bound, not a policy: a report has some thousand different words and numbers
        }

        return Known[(weight, text)] = Make(Plain(text), Stacks[weight]);
    }

    /// <summary>Controls and line breaks have no glyph, and a direction mark would turn a whole line around.</summary>
    private static string Plain(string text) =>
        text.All(c =>
            char.GetUnicodeCategory(c)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                )
        )
            ? text
            : string.Concat(
                text.Select(c =>
                    char.GetUnicodeCategory(c) switch
                    {
                        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                        UnicodeCategory.Format => "",
                        _ => c.ToString(),
                    }
                )
            );

    private static Shaped Make(string text, Loaded[] stack)
    {
        var runs = new List<GlyphRun>();
        lock (Gate) // HarfBuzz fonts and buffers are not for several threads at once
        {
            foreach (var (face, part) in Split(text, stack))
            {
                runs.Add(face.Shape(part));
            }
        }

        return new Shaped(runs, runs.Sum(r => r.Advances.Sum()) / Scale);
    }

    /// <summary>Stretches that one face can set. Spaces and marks stay with the face before them.</summary>
    private static IEnumerable<(Loaded Face, string Text)> Split(string text, Loaded[] stack)
    {
        var start = 0;
        Loaded? current = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var stays =
                current is not null && current.Has(rune) && (current == stack[0] || !Rune.IsLetterOrDigit(rune) || !stack[0].Has(rune));
            var face = stays ? current! : stack.FirstOrDefault(f => f.Has(rune)) ?? current ?? stack[0];
            if (current is not null && face != current)
            {
                yield return (current, text[start..at]);
                start = at;
            }

            current = face;
            at += rune.Utf16SequenceLength;
        }

        if (current is not null)
        {
            yield return (current, text[start..]);
        }
    }

    private static Dictionary<Weight, Loaded[]> Load()
    {
        var others = (string[])
            [
                "NotoSansArabic-Regular",
                "NotoSansDevanagari-Regular",
                "NotoSansHebrew-Regular",
                "NotoSansThai-Regular",
                "DroidSansFallback-Regular",
            ];
        var shared = others.Select(name => new Loaded(name)).ToArray();
        return new()
        {
            [Weight.Regular] = [new Loaded("Inter-Regular"), .. shared],
            [Weight.SemiBold] = [new Loaded("Inter-SemiBold"), .. shared],
        };
    }

    [SuppressMessage("Design", "CA1001", Justification = "A face lives as long as the process.")]
    private sealed class Loaded
    {
        private readonly SKTypeface _typeface;

        /// <summary>Drawn for what no face has, so that it is seen that something is missing.</summary>
        private readonly ushort _missing;

        // All are held: the font reads the memory of the blob for as long as it shapes.
        private readonly Blob _blob;
        private readonly Face _face;
        private readonly Font _font;

        public Loaded(string name)
        {
            using var stream = typeof(Faces).Assembly.GetManifestResourceStream($"Fonts.{name}.ttf")!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var data = SKData.CreateCopy(bytes.ToArray());
            _typeface = SKTypeface.FromData(data);
            _missing = _typeface.GetGlyph(Rune.ReplacementChar.Value);

            // Not Blob.FromStream (HarfBuzzSharp 8.3.1.5): it keeps the address of a managed array that is not pinned, and the next garbage
            // collection moves the font from under it.
            _blob = new Blob(data.Data, (int)data.Size, MemoryMode.ReadOnly, data.Dispose);
            _face = new Face(_blob, 0);
            _font = new Font(_face);
            _font.SetScale(Scale, Scale);
            _font.SetFunctionsOpenType();
        }

        public bool Has(Rune rune) => _typeface.GetGlyph(rune.Value) != 0;

        public GlyphRun Shape(string text)
        {
            using var buffer = new Buffer();
            buffer.AddUtf8(text);
            buffer.GuessSegmentProperties();
            _font.Shape(buffer, Features);
            var (infos, positions) = (buffer.GlyphInfos, buffer.GlyphPositions);
            return new GlyphRun(
                _typeface,
                text,
                [.. infos.Select(i => i.Codepoint == 0 ? _missing : (ushort)i.Codepoint)],
                [.. positions.Select(p => (float)p.XAdvance)],
                [.. positions.Select(p => new SKPoint(p.XOffset, -p.YOffset))],
                [.. infos.Select(i => i.Cluster)]
            );
        }
    }
}
