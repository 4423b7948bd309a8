namespace Plum.Domain.Shared;

/// <summary>
/// How text goes into CSV and workbook cells that a spreadsheet will open. A cell that starts like a formula gets an apostrophe in front
/// (OWASP ASVS 5.0, 1.2.10); the importer takes it away again, so that an E.164 number survives the round trip.
/// </summary>
public static class CsvText
{
    private const string Triggers = "=+-@\t\r\n\0";

    /// <summary>The text, with an apostrophe in front when a spreadsheet would read it as a formula. Numbers are not text: write them typed.</summary>
    public static string Neutralise(string? text) =>
        string.IsNullOrEmpty(text)
        || !(Triggers.Contains(text[0]) || (text[0] == '\'' && text.Length > 1 && (text[1] == '\'' || Triggers.Contains(text[1]))))
            ? text ?? ""
            : "'" + text;

    /// <summary>Undoes <see cref="Neutralise"/>: for every text, <c>Restore(Neutralise(text)) == text</c>.</summary>
    public static string Restore(string text) =>
        text.Length > 1
        && text[0] == '\''
        && (Triggers.Contains(text[1]) || (text[1] == '\'' && text.Length > 2 && (text[2] == '\'' || Triggers.Contains(text[2]))))
            ? text[1..]
            : text;

    /// <summary>One field of a line (RFC 4180): neutralised, quoted where it must be.</summary>
    public static string Field(string? text)
    {
        var safe = Neutralise(text);
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A line without its end; fields are joined by commas.</summary>
    public static string Line(params IEnumerable<string?> fields) => string.Join(',', fields.Select(Field));
}
