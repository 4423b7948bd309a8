using System.Globalization;
using Plum.Domain.Orders;
using Plum.Domain.Tickets;

namespace Plum.Domain.Search;

/// <summary>
/// What somebody typed into the search, read in every way that it can be meant: <c>8812</c> is a ticket, an order and the end of a voucher.
/// A way that is null is not looked for.
/// </summary>
/// <param name="Text">As typed, without the blanks around it.</param>
/// <param name="EmailStart">Lower case; the beginning of an address, its @ included.</param>
/// <param name="PhoneStart">E.164 as far as it was typed: <c>+9198</c>.</param>
/// <param name="PhoneEnd">Digits that a number ends with: a national number, or one whose plus was left out. At least <see cref="PhoneTail"/> of them.</param>
/// <param name="VoucherEnd">The last four characters of a voucher's code, in capitals.</param>
/// <param name="Words">The beginning of a name, or a client's code.</param>
public sealed record SearchTerm(
    string Text,
    long? Ticket = null,
    long? Order = null,
    string? EmailStart = null,
    string? PhoneStart = null,
    string? PhoneEnd = null,
    string? VoucherEnd = null,
    string? Words = null
)
{
    public const int MaxLength = 200;
    public const int MinLength = 2;

    /// <summary>How many of a phone number's last digits are kept apart to be found by.</summary>
    public const int PhoneTail = 7;
    private const int PhoneMaxDigits = 15; // ITU-T E.164, 6.2.1
    private const int PhoneMinDigits = 4;
    private const string Masks = "*•·…";

    public bool IsEmpty => this == new SearchTerm(Text);

    public static SearchTerm Parse(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Length > MaxLength)
        {
            text = text[..MaxLength];
        }

        if (text.Length < MinLength)
        {
            return new SearchTerm(text);
        }

        if (TicketReference.Parse(Joined(text)) is { } ticket)
        {
            return new SearchTerm(text, Ticket: ticket);
        }

        if (OrderReference.Parse(Joined(text)) is { } order)
        {
            return new SearchTerm(text, Order: order);
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            return new SearchTerm(text, EmailStart: text.ToLowerInvariant());
        }

        var (phoneStart, phoneEnd) = Phone(text);
        long? number =
            text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
                ? n
                : null;
        return new SearchTerm(
            text,
            Ticket: number,
            Order: number,
            PhoneStart: phoneStart,
            PhoneEnd: phoneEnd,
            VoucherEnd: phoneStart is null ? Voucher(text) : null,
            Words: phoneStart is null
            && phoneEnd is null
            && text.Any(char.IsLetterOrDigit)
            && !text.Any(c => Masks.Contains(c, StringComparison.Ordinal))
                ? text
                : null
        );
    }

    /// <summary>People write <c>plm 8812</c>, <c>PLM–8812</c> and <c>plm8812</c>.</summary>
    private static string Joined(string text)
    {
        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '#')));
        foreach (var prefix in (string[])[TicketReference.Prefix, OrderReference.Prefix])
        {
            var letters = prefix.TrimEnd('-');
            if (compact.StartsWith(letters, StringComparison.OrdinalIgnoreCase) && compact.Length > letters.Length)
            {
                return prefix + compact[letters.Length..];
            }
        }

        return text;
    }

    /// <summary>A number in any spelling: <c>+44 (0)20 7946 0958</c>, <c>0044 20 7946 0958</c>, <c>020-7946-0958</c>.</summary>
    private static (string? Start, string? End) Phone(string text)
    {
        if (!text.All(c => char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || c is '+' or '-' or '(' or ')' or '.' or '/' or '–'))
        {
            return (null, null);
        }

        var plain = text.Replace("(0)", "", StringComparison.Ordinal);
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        var international = plain.StartsWith('+');
        if (!international && digits.StartsWith("00", StringComparison.Ordinal))
        {
            (international, digits) = (true, digits[2..]);
        }

        if (digits.Length is < PhoneMinDigits or > PhoneMaxDigits)
        {
            return (null, null);
        }

        var national = digits.TrimStart('0');
        return international ? ("+" + digits, null)
            : national.Length >= PhoneTail ? (null, national)
            : (null, null);
    }

    /// <summary>From a masked code, its last digits, or the whole code: only its last four characters are stored in the clear.</summary>
    private static string? Voucher(string text)
    {
        var masked = text.Any(c => Masks.Contains(c, StringComparison.Ordinal));
        var code = string.Concat(text.Where(c => !Masks.Contains(c, StringComparison.Ordinal) && c is not ('-' or ' ' or '.')));
        return
            code.Length >= Orders.Order.VoucherLast4Length && code.All(char.IsAsciiLetterOrDigit) && (masked || code.Any(char.IsAsciiDigit))
            ? code[^Orders.Order.VoucherLast4Length..].ToUpperInvariant()
            : null;
    }
}
