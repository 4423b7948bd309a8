using System.Globalization;
using System.Text.RegularExpressions;

namespace Plum.Domain.Notifications;

/// <summary>What a mail server's answer means: enhanced status codes (RFC 3463, IANA registry) first, the three-digit reply (RFC 5321, 4.2) else.</summary>
public static partial class MailCodes
{
    // The longest prefix wins.
    private static readonly (string Prefix, MailFault Fault)[] Table =
    [
        ("4.2.2", MailFault.Full),
        ("5.2.2", MailFault.Full),
        ("5.1.1", MailFault.Address),
        ("5.1.2", MailFault.Address),
        ("5.1.3", MailFault.Address),
        ("5.1.6", MailFault.Address),
        ("5.1.10", MailFault.Address),
        ("5.2.1", MailFault.Address),
        ("5.1.7", MailFault.Sender),
        ("5.1.8", MailFault.Sender),
        ("5.7.8", MailFault.Sender),
        ("5.7.20", MailFault.Sender),
        ("5.7.23", MailFault.Sender),
        ("5.7.26", MailFault.Sender),
        ("5.7", MailFault.Policy),
        ("5.3.4", MailFault.Policy),
        ("4", MailFault.Passing),
        ("5", MailFault.Address),
    ];

    private static readonly Dictionary<int, MailFault> Replies = new()
    {
        [421] = MailFault.Passing,
        [450] = MailFault.Passing,
        [451] = MailFault.Passing,
        [452] = MailFault.Full,
        [454] = MailFault.Sender,
        [530] = MailFault.Sender,
        [534] = MailFault.Sender,
        [535] = MailFault.Sender,
        [550] = MailFault.Address,
        [551] = MailFault.Address,
        [552] = MailFault.Full,
        [553] = MailFault.Address,
        [554] = MailFault.Policy,
    };

    public static MailFault Judge(int reply, string text)
    {
        if (Enhanced().Match(text) is { Success: true } match)
        {
            var code = match.Value;
            return Table
                .Where(row => code == row.Prefix || code.StartsWith(row.Prefix + ".", StringComparison.Ordinal))
                .MaxBy(row => row.Prefix.Length)
                .Fault;
        }

        return Replies.TryGetValue(reply, out var fault) ? fault
            : reply.ToString(CultureInfo.InvariantCulture)[0] == '4' ? MailFault.Passing
            : MailFault.Policy;
    }

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Enhanced();
}

/// <summary>One mailbox, as RFC 5321 has it, without quoted local parts, comments or lists: what a person's address looks like.</summary>
public static partial class MailAddressRule
{
    public static bool IsAddress(string text) => text.Length <= OutboxMessage.AddressMaxLength && Address().IsMatch(text);

    [GeneratedRegex(
        @"^[^\s@<>()\[\]\\,;:""\p{C}]{1,64}@[^\s@<>()\[\]\\,;:""\p{C}.]+(\.[^\s@<>()\[\]\\,;:""\p{C}.]+)*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Address();
}
