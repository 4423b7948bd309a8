using System.Globalization;
using System.Text;
using Plum.Domain.Orders;

namespace Plum.Domain.Tickets;

/// <summary>
/// What a person typed in the search box, understood: ticket and order references, e-mail addresses, phone numbers, and words. Everything
/// is optional and holds at once; several of one kind are alternatives, but words must all occur.
/// </summary>
/// <param name="Words">Words, and phrases given in double quotes; each holds at least one letter or digit.</param>
public sealed record TicketTextQuery(
    IReadOnlyList<long> Tickets,
    IReadOnlyList<long> Orders,
    IReadOnlyList<string> Emails,
    IReadOnlyList<string> Phones,
    IReadOnlyList<string> Words,
    bool LastIsPrefix
)
{
    public const int MaxWords = 16;

    /// <summary>Nothing in it can be looked for: it matches no ticket.</summary>
    public bool IsBlank => Tickets.Count + Orders.Count + Emails.Count + Phones.Count + Words.Count == 0;

    public static TicketTextQuery Parse(string? text)
    {
        var query = (Tickets: new List<long>(), Orders: new List<long>(), Emails: new List<string>(), Phones: new List<string>());
        var words = new List<string>();
        var lastIsPrefix = false;
        var parts = Split(Printable(text ?? ""));
        for (var at = 0; at < parts.Count; at++)
        {
            var (part, quoted) = parts[at];
            if (!quoted && TicketReference.Parse(part.TrimEnd(',', ';', '.')) is { } ticket)
            {
                query.Tickets.Add(ticket);
            }
            else if (!quoted && OrderReference.Parse(part.TrimEnd(',', ';', '.')) is { } order)
            {
                query.Orders.Add(order);
            }
            else if (!quoted && IsEmail(part))
            {
                query.Emails.Add(part.Trim('<', '>', ',', ';').ToLowerInvariant());
            }
            else if (!quoted && part[0] == '+' && Phone(parts, ref at) is { } phone)
            {
                query.Phones.Add(phone);
            }
            else if (words.Count < MaxWords && part.EnumerateRunes().Any(IsTokenRune))
            {
                words.Add(part);
                lastIsPrefix = !quoted && at == parts.Count - 1;
            }
        }

        return new TicketTextQuery(
            query.Tickets,
            query.Orders,
            query.Emails,
            query.Phones,
            words,
            lastIsPrefix && LastToken(words[^1]) >= 2
        );
    }

    /// <summary>The words one by one, the last still a prefix if it was.</summary>
    public IEnumerable<TicketTextQuery> EachWord() =>
        Words.Select((word, at) => this with { Words = [word], LastIsPrefix = LastIsPrefix && at == Words.Count - 1 });

    /// <summary>The words as an FTS5 expression that no input can break: every word is a string, its own quotes doubled.</summary>
    /// <remarks>https://www.sqlite.org/fts5.html#fts5_strings. Prefixes of two and three letters have an index of their own.</remarks>
    /// <param name="columns">Which columns of the index may be looked in; null for all.</param>
    public string ToFts5(string? columns = null)
    {
        var all =
            string.Join(" AND ", Words.Select(w => $"\"{w.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + (LastIsPrefix ? "*" : "");
        return columns is null ? all : $"{{{columns}}} : ({all})";
    }

    /// <summary>The words as a condition of SQL Server's CONTAINS.</summary>
    /// <remarks>https://learn.microsoft.com/sql/t-sql/queries/contains-transact-sql: a term in double quotes, in which a double quote cannot be had.</remarks>
    public string ToContains() =>
        string.Join(
            " AND ",
            Words.Select((w, at) => $"\"{w.Replace('"', ' ').Replace('*', ' ')}{(LastIsPrefix && at == Words.Count - 1 ? "*" : "")}\"")
        );

    private static bool IsEmail(string part) =>
        part.Trim('<', '>', ',', ';') is var address
        && address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < address.Length - 1
        && address.LastIndexOf('@') == at;

    /// <summary>A number may be typed in groups: the digits that follow belong to it, as far as E.164's 15.</summary>
    private static string? Phone(List<(string Part, bool Quoted)> parts, ref int at)
    {
        var digits = new StringBuilder();
        var end = at;
        for (var next = at; next < parts.Count; next++)
        {
            var (part, quoted) = parts[next];
            var mine = part.Where(char.IsAsciiDigit).ToArray();
            if (
                quoted
                || mine.Length == 0
                || digits.Length + mine.Length > 15
                || part.Any(c => !char.IsAsciiDigit(c) && !"+-().".Contains(c))
            )
            {
                break;
            }

            digits.Append(mine);
            end = next;
        }

        if (digits.Length < 7)
        {
            return null;
        }

        at = end;
        return $"+{digits}";
    }

    private static List<(string Part, bool Quoted)> Split(string text)
    {
        var parts = new List<(string, bool)>();
        var pieces = text.Split('"');
        for (var at = 0; at < pieces.Length; at++)
        {
            if (at % 2 == 1 && at < pieces.Length - 1) // between two quotes
            {
                if (pieces[at].Trim() is { Length: > 0 } phrase)
                {
                    parts.Add((phrase, true));
                }
            }
            else
            {
                parts.AddRange(
                    pieces[at].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => (p, false))
                );
            }
        }

        return parts;
    }

    /// <summary>Control characters and halves of surrogate pairs become blanks.</summary>
    private static string Printable(string text) =>
        string.Concat(
            text.EnumerateRunes().Select(r => r == Rune.ReplacementChar || Rune.IsControl(r) || Rune.IsWhiteSpace(r) ? " " : r.ToString())
        );

    /// <summary>What unicode61 makes words of: letters, numbers and private use. https://www.sqlite.org/fts5.html#unicode61_tokenizer.</summary>
    private static bool IsTokenRune(Rune rune) =>
        Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.PrivateUse;

    private static int LastToken(string word) =>
        word.EnumerateRunes().Reverse().SkipWhile(r => !IsTokenRune(r)).TakeWhile(IsTokenRune).Count();
}
