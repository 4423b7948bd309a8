using PhoneNumbers;
using Plum.Data.Allocations;

namespace Plum.Tests.Allocations;

public class PhoneReadingTests
{
    private static readonly PhoneReading Phones = new();

    [Theory]
    [InlineData("+919812345678", null, "+919812345678")]
    [InlineData("098123 45678", "IN", "+919812345678")]
    [InlineData("919812345678", "IN", "+919812345678")] // the plus that a spreadsheet ate
    [InlineData("07400 123456", "GB", "+447400123456")]
    [InlineData("+44 (0) 7400 123456", "GB", "+447400123456")]
    [InlineData("+49 151 12345678", "IN", "+4915112345678")]
    [InlineData("0151/12345678", "DE", "+4915112345678")]
    [InlineData("(212) 555-0123", "US", "+12125550123")]
    [InlineData("+39 06 698 12345", null, "+390669812345")] // a leading zero that belongs to the number
    [InlineData("00 44 7400 123456", "DE", "+447400123456")]
    public void Numbers_are_read_as_they_are_dialled(string text, string? country, string expected) =>
        Assert.Equal(expected, Phones.Read(text, country));

    [Theory]
    [InlineData("9812345678", null)] // nobody knows where
    [InlineData("+91981234567", "IN")]
    [InlineData("+9198123456789", "IN")]
    [InlineData("+999 123456789", null)]
    [InlineData("1234", "GB")]
    [InlineData("+44 7400 123456 ext 5", "GB")]
    [InlineData("98123+45678", "IN")]
    [InlineData("FLOWERS", "US")]
    [InlineData("", "IN")]
    [InlineData("+", "IN")]
    public void What_is_no_number_in_use_is_none(string text, string? country) => Assert.Null(Phones.Read(text, country));

    [Fact]
    public void The_quick_way_says_what_the_library_says()
    {
        var library = PhoneNumberUtil.GetInstance();
        var random = new Random(41);
        foreach (var country in library.GetSupportedRegions().Order(StringComparer.Ordinal))
        {
            for (var i = 0; i < 60; i++)
            {
                var text = Made(library, country, random);

                Assert.Equal((country, text, Theirs(library, text, country)), (country, text, Phones.Read(text, country)));
            }
        }
    }

    /// <summary>A mobile number of the country with some of its digits changed, national or international.</summary>
    private static string Made(PhoneNumberUtil library, string country, Random random)
    {
        var example = library.GetExampleNumberForType(country, PhoneNumberType.MOBILE) ?? library.GetExampleNumber(country);
        var digits = library.GetNationalSignificantNumber(example).ToCharArray();
        for (var i = random.Next(0, 5); i > 0; i--)
        {
            digits[random.Next(digits.Length)] = (char)('0' + random.Next(10));
        }

        return random.Next(3) switch
        {
            0 => $"+{example.CountryCode}{new string(digits)}",
            1 => $"{library.GetNddPrefixForRegion(country, stripNonDigits: true)}{new string(digits)}",
            _ => new string(digits),
        };
    }

    private static string? Theirs(PhoneNumberUtil library, string text, string country)
    {
        try
        {
            var number = library.Parse(text, country);
            return library.IsValidNumber(number) ? library.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
