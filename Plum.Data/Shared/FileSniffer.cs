using System.Text;
using Plum.Domain.Shared;

namespace Plum.Data.Shared;

/// <summary>Finds out how the bytes of a file are text, while they are copied; and then which character separates its columns.</summary>
internal sealed class FileSniffer
{
    private readonly Decoder _strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private readonly char[] _chars = new char[1 << 16];
    private readonly byte[] _head = new byte[4096];
    private int _headLength;
    private long _bytes;

    /// <summary>Of the first byte that is not UTF-8, roughly: the block that it is in.</summary>
    public long? NotUtf8At { get; private set; }

    public void Look(ReadOnlySpan<byte> block)
    {
        if (_headLength < _head.Length)
        {
            var take = Math.Min(block.Length, _head.Length - _headLength);
            block[..take].CopyTo(_head.AsSpan(_headLength));
            _headLength += take;
        }

        for (var rest = block; NotUtf8At is null && !rest.IsEmpty; )
        {
            try
            {
                _strict.Convert(rest, _chars, flush: false, out var used, out _, out _);
                _bytes += used;
                rest = rest[used..];
            }
            catch (DecoderFallbackException e)
            {
                NotUtf8At = _bytes + Math.Max(0, e.Index);
            }
        }
    }

    /// <summary>A zip archive: a workbook, perhaps.</summary>
    public bool IsArchive => _head.AsSpan(0, _headLength) is [(byte)'P', (byte)'K', 3, 4, ..];

    public bool StartsWithUtf8Mark => _head.AsSpan(0, _headLength) is [0xEF, 0xBB, 0xBF, ..];

    /// <summary>What the file is instead of text, as people call it; null when it may be text.</summary>
    public string? Instead =>
        _head.AsSpan(0, _headLength) switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => "a workbook (or another archive)",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old workbook",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
            [0x1F, 0x8B, ..] => "a compressed file",
            var head when head.Contains((byte)0) && !Encoding().Encoding.StartsWith("UTF-16", StringComparison.Ordinal) => "no text",
            _ => null,
        };

    /// <returns>The encoding, and whether that is certain. A last character cut in two is no UTF-8 either.</returns>
    public (string Encoding, bool Certain) Encoding()
    {
        var head = _head.AsSpan(0, _headLength);
        if (head is [0xFF, 0xFE, ..])
        {
            return (FileForm.Utf16, true);
        }

        if (head is [0xFE, 0xFF, ..])
        {
            return (FileForm.Utf16BigEndian, true);
        }

        // Text of mostly Latin letters in UTF-16 without a mark: every other byte is zero.
        var (even, odd) = (Zeros(head, 0), Zeros(head, 1));
        if (odd > head.Length / 4 && even == 0)
        {
            return (FileForm.Utf16, false);
        }

        if (even > head.Length / 4 && odd == 0)
        {
            return (FileForm.Utf16BigEndian, false);
        }

        return NotUtf8At is null ? (FileForm.Utf8, true) : (FileForm.Windows1252, false);
    }

    public static Encoding Of(string name) =>
        name switch
        {
            FileForm.Utf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            FileForm.Utf16 => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            FileForm.Utf16BigEndian => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            FileForm.Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not an encoding that files are read in."),
        };

    /// <summary>The delimiter that gives most of the first rows the same number of columns, more than one.</summary>
    public static char Delimiter(Func<TextReader> open)
    {
        var best = (Delimiter: FileForm.Delimiters[0], Score: 0L);
        foreach (var delimiter in FileForm.Delimiters)
        {
            using var rows = new CsvRows(open(), delimiter);
            var counts = new List<int>();
            while (counts.Count < 50 && rows.Read())
            {
                counts.Add(rows.Fault == CsvFault.None ? rows.Count : 0);
            }

            if (counts.Count == 0 || counts[0] < 2)
            {
                continue;
            }

            var score = (counts.Count(c => c == counts[0]) * 1000L / counts.Count * 100) + Math.Min(99, counts[0]);
            if (score > best.Score)
            {
                best = (delimiter, score);
            }
        }

        return best.Delimiter;
    }

    /// <summary>Headers as the mapping names them: trimmed, unique, none empty.</summary>
    public static IReadOnlyList<string> Headers(IRowCells rows)
    {
        var (names, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < rows.Count; i++)
        {
            var name = CsvText.Restore(rows[i].Trim().ToString());
            name = name.Length == 0 ? $"Column {i + 1}" : name;
            var unique = name;
            for (var n = 2; !seen.Add(unique); n++)
            {
                unique = $"{name} ({n})";
            }

            names.Add(unique);
        }

        return names;
    }

    private static int Zeros(ReadOnlySpan<byte> head, int from)
    {
        var zeros = 0;
        for (var i = from; i < head.Length; i += 2)
        {
            zeros += head[i] == 0 ? 1 : 0;
        }

        return zeros;
    }
}
