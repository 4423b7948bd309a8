namespace Plum.Domain.Shared;

/// <summary>How the bytes are text and the text is rows.</summary>
/// <param name="Encoding">One of <see cref="Encodings"/>.</param>
/// <param name="Certain">False when the encoding was only assumed: the person is asked to look.</param>
/// <param name="Headers">Made unique; an empty one is named by its number.</param>
public sealed record FileForm(string Encoding, char Delimiter, IReadOnlyList<string> Headers, bool Certain)
{
    public const string Utf8 = "UTF-8";
    public const string Utf16 = "UTF-16 LE";
    public const string Utf16BigEndian = "UTF-16 BE";
    public const string Windows1252 = "Windows-1252";

    /// <summary>In the place of an encoding: the file is an XLSX workbook, whose text needs neither encoding nor delimiter.</summary>
    public const string Workbook = "Workbook";

    public bool IsWorkbook => Encoding == Workbook;

    public static FileForm Unknown { get; } = new(Utf8, ',', [], Certain: false);

    public static IReadOnlyList<string> Encodings { get; } = [Utf8, Utf16, Utf16BigEndian, Windows1252];

    public static IReadOnlyList<char> Delimiters { get; } = [',', ';', '\t', '|'];
}
