namespace Plum.Domain.Deliveries;

/// <summary>How many segments an SMS takes: each is paid for (3GPP TS 23.038 and 23.040).</summary>
/// <param name="IsUnicode">Some sign is not in the GSM 7-bit alphabet: the whole is sent as UCS-2.</param>
/// <param name="Length">In septets, or in UTF-16 units.</param>
public sealed record SmsSegments(int Count, int Length, bool IsUnicode)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    // Each takes an escape and itself.
    private const string Extended = "\f^{}\\[~]|€";

    private static readonly System.Buffers.SearchValues<char> Gsm = System.Buffers.SearchValues.Create(Basic + Extended);

    public static SmsSegments Of(string text)
    {
        var isUnicode = text.AsSpan().ContainsAnyExcept(Gsm);
        var (alone, each) = isUnicode ? (70, 67) : (160, 153);
        var lengths = Units(text, isUnicode).ToList();
        var total = lengths.Sum();
        if (total <= alone)
        {
            return new SmsSegments(total == 0 ? 0 : 1, total, isUnicode);
        }

        // A sign of two units does not stand across two segments.
        var (count, filled) = (1, 0);
        foreach (var length in lengths)
        {
            if (filled + length > each)
            {
                (count, filled) = (count + 1, 0);
            }

            filled += length;
        }

        return new SmsSegments(count, total, isUnicode);
    }

    private static IEnumerable<int> Units(string text, bool isUnicode) =>
        isUnicode
            ? text.EnumerateRunes().Select(r => r.Utf16SequenceLength)
            : text.Select(c => Extended.Contains(c, StringComparison.Ordinal) ? 2 : 1);
}
