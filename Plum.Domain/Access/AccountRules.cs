namespace Plum.Domain.Access;

/// <summary>What an account may hold.</summary>
public static class AccountRules
{
    public const int EmailMaxLength = 254; // RFC 5321, 4.5.3.1.3, without the angle brackets
    public const int NameMaxLength = 100;
    public const int TimeZoneMaxLength = 64;
    public const int CultureMaxLength = 20;

    public const string DefaultCulture = "en-GB";

    /// <summary>Ways to write dates and numbers, as BCP 47 tags; each counts its years as ISO 8601 does.</summary>
    public static IReadOnlyList<string> Cultures { get; } =
    [
        "ar-AE",
        "cs-CZ",
        "da-DK",
        "de-AT",
        "de-CH",
        "de-DE",
        "el-GR",
        "en-AU",
        "en-CA",
        DefaultCulture,
        "en-IE",
        "en-IN",
        "en-NZ",
        "en-SG",
        "en-US",
        "en-ZA",
        "es-ES",
        "es-MX",
        "fi-FI",
        "fr-CA",
        "fr-CH",
        "fr-FR",
        "he-IL",
        "hi-IN",
        "hu-HU",
        "id-ID",
        "it-IT",
        "ja-JP",
        "ko-KR",
        "nb-NO",
        "nl-NL",
        "pl-PL",
        "pt-BR",
        "pt-PT",
        "ro-RO",
        "sv-SE",
        "tr-TR",
        "uk-UA",
        "vi-VN",
        "zh-CN",
    ];

    /// <summary>One @ with something on both sides, a dot after it, and nothing that could end a header line. The proof of an address is the message that arrives.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == text.LastIndexOf('@')
            && at < text.Length - 1
            && text.AsSpan(at + 1).Contains('.')
            && !text.EndsWith('.')
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')');
    }
}
