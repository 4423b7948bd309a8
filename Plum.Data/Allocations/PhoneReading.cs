using PhoneNumbers;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>By Google's metadata of the world's numbering plans.</summary>
internal sealed class PhoneReading : IPhoneReading
{
    private readonly PhoneNumberUtil _plans = PhoneNumberUtil.GetInstance();

    public string? Read(string text, string? country)
    {
        if (
            !text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.' or '/' or '\u00a0')
            || text.LastIndexOf('+') > 0
        )
        {
            return null; // the library would take letters for keys, and what follows a semicolon for an extension
        }

        try
        {
            var number = _plans.Parse(text, country);
            return _plans.IsValidNumber(number) ? _plans.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
