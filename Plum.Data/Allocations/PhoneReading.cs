using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PhoneNumbers;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>
/// By Google's metadata of the world's numbering plans. Mobile numbers, of which files are full, are matched against the plan's pattern at once;
/// whatever that does not settle goes through the library, which is ten times slower.
/// </summary>
internal sealed class PhoneReading : IPhoneReading
{
    private const int Longest = 15; // ITU-T E.164, 6

    private readonly PhoneNumberUtil _library = PhoneNumberUtil.GetInstance();
    private readonly ConcurrentDictionary<string, Plan?> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _regions;

    public PhoneReading() =>
        _regions = _library.GetSupportedCallingCodes().ToDictionary(code => code, code => _library.GetRegionCodeForCountryCode(code));

    public string? Read(string text, string? country)
    {
        Span<char> digits = stackalloc char[Longest];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == Longest)
                {
                    return Slowly(text, country);
                }

                digits[count++] = c;
            }
            else if (c is not ('+' or ' ' or '-' or '(' or ')' or '.' or '/' or '\u00a0'))
            {
                return null; // the library would take letters for keys, and what follows a semicolon for an extension
            }
        }

        var plus = text.LastIndexOf('+');
        return plus > 0 ? null
            : plus == 0 ? International(digits[..count]) ?? Slowly(text, country)
            : country is not null && count > 0 ? National(digits[..count], country) ?? Slowly(text, country)
            : null;
    }

    private string? International(ReadOnlySpan<char> digits)
    {
        var code = 0;
        for (var length = 1; length <= 3 && length < digits.Length; length++)
        {
            code = (code * 10) + digits[length - 1] - '0';
            if (_regions.TryGetValue(code, out var region))
            {
                return PlanOf(region)?.Mobile.IsMatch(digits[length..]) == true ? $"+{digits}" : null;
            }
        }

        return null;
    }

    private string? National(ReadOnlySpan<char> digits, string country)
    {
        if (PlanOf(country) is not { Prefix: { } prefix } plan)
        {
            return null;
        }

        var number = digits.StartsWith(prefix) ? digits[prefix.Length..] : digits;
        return plan.Mobile.IsMatch(number) ? $"+{plan.Code}{number}" : null;
    }

    private Plan? PlanOf(string region) =>
        _plans.GetOrAdd(
            region,
            r =>
                _library.GetMetadataForRegion(r) is { HasMobile: true } plan && plan.Mobile.NationalNumberPattern is { Length: > 0 } pattern
                    ? new Plan(
                        plan.CountryCode,
                        new Regex($"^(?:{pattern})$", RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture),
                        PrefixOf(plan)
                    )
                    : null
        );

    /// <summary>Told from the others at once: they are digits, and none of them begins with it.</summary>
    private static string? PrefixOf(PhoneMetadata plan)
    {
        if (!plan.HasNationalPrefix)
        {
            return null;
        }

        var (prefix, all) = (plan.NationalPrefix, plan.NationalPrefixForParsing.Split('|'));
        return
            all.Contains(prefix, StringComparer.Ordinal)
            && Array.TrueForAll(
                all,
                other => other == prefix || (other.All(char.IsAsciiDigit) && !other.StartsWith(prefix, StringComparison.Ordinal))
            )
            ? prefix
            : null;
    }

    private string? Slowly(string text, string? country)
    {
        try
        {
            var number = _library.Parse(text, country);
            return _library.IsValidNumber(number) ? _library.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <param name="Prefix">Dialled before a national number; null where there is none, or there are several.</param>
    private sealed record Plan(int Code, Regex Mobile, string? Prefix);
}
