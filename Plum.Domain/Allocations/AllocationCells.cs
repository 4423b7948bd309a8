using System.Buffers;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>What spreadsheets and editors do to text on its way through a file.</summary>
internal static class AllocationCells
{
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c),
        .. Enumerable.Range(0x7f, 33).Select(c => (char)c), // what Windows-1252 has no letter for
        .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", // turn the order of what is read around, or are not seen
    ]);

    // The first bytes of two and three of UTF-8, as Windows-1252 shows them, before what their second byte looks like.
    private static readonly SearchValues<char> Leads = SearchValues.Create("ÂÃÄÅÆÐÑØÙàáâã");
    private static readonly SearchValues<char> Continuations = SearchValues.Create(
        "\u0080\u0081\u008d\u008f\u0090\u009d€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿"
    );

    private static readonly SearchValues<char> Suspects = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(c => (char)c),
        .. Enumerable.Range(0x7f, 33).Select(c => (char)c),
        .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd",
    ]);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.,");

    private static readonly string[] Errors =
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#ERROR!",
        "#SPILL!",
        "#CALC!",
    ];

    /// <summary>A long number that a spreadsheet rounded: <c>9.19E+11</c>, with either mark.</summary>
    public static bool IsRounded(ReadOnlySpan<char> text)
    {
        var e = text.IndexOfAny('E', 'e');
        if (e < 1 || e > 20 || text.Length - e is < 2 or > 5)
        {
            return false;
        }

        var mantissa = text[..e];
        var exponent = text[(e + 1)..].TrimStart("+-");
        return !exponent.IsEmpty
            && exponent.IndexOfAnyExceptInRange('0', '9') < 0
            && char.IsAsciiDigit(mantissa[0])
            && !mantissa.ContainsAnyExcept(Digits)
            && (mantissa.IndexOfAny(".,") > 0 || text[e + 1] == '+');
    }

    /// <summary>A formula that came to nothing.</summary>
    public static bool IsError(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '#')
        {
            return false;
        }

        foreach (var error in Errors)
        {
            if (text.Equals(error, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A cell in which nothing below finds anything: nearly every one, told by one look.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text, bool isFallback) =>
        text.IsEmpty || (!isFallback && text[0] != '#' && !text.ContainsAny(Suspects));

    public static bool HasControls(ReadOnlySpan<char> text) => text.ContainsAny(Controls);

    /// <summary>Characters that were not of the encoding, or that were UTF-8 and are read as Windows-1252.</summary>
    public static bool IsGarbled(ReadOnlySpan<char> text, bool isFallback)
    {
        if (text.Contains('\ufffd'))
        {
            return true;
        }

        for (var rest = text; isFallback && rest.IndexOfAny(Leads) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            if (at + 1 < rest.Length && Continuations.Contains(rest[at + 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is meant, without what an export of ours put in front, and without blanks around it.</summary>
    public static string Text(string cell)
    {
        var text = cell.Length > 1 && cell[0] == '\'' ? CsvText.Restore(cell) : cell;
        return text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) ? text.Trim() : text;
    }
}
