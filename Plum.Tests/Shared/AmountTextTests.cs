using System.Globalization;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

public class AmountTextTests
{
    [Theory]
    [InlineData("12.50", "GBP", "en-GB", 1250L)]
    [InlineData(" 12,5 ", "EUR", "de-DE", 1250L)]
    [InlineData("1250", "JPY", "ja-JP", 1250L)]
    [InlineData("1.234", "KWD", "en-GB", 1234L)]
    [InlineData("-3", "GBP", "en-GB", -300L)]
    [InlineData("1,5", "GBP", "en-GB", null)] // would be 15 where a comma groups
    [InlineData("12.505", "GBP", "en-GB", null)]
    [InlineData("1.5", "JPY", "en-GB", null)]
    [InlineData("ten", "GBP", "en-GB", null)]
    [InlineData("", "GBP", "en-GB", null)]
    [InlineData("99999999999999999999999999", "GBP", "en-GB", null)]
    public void An_amount_is_read_exactly_or_not_at_all(string text, string currency, string culture, long? minorUnits) =>
        Assert.Equal(minorUnits, AmountText.Parse(text, currency, CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData(123450, "GBP", "en-GB", "1234.50")]
    [InlineData(123450, "EUR", "de-DE", "1234,50")]
    [InlineData(1250, "JPY", "en-GB", "1250")]
    public void An_amount_is_written_as_it_is_read(long minorUnits, string currency, string culture, string text)
    {
        Assert.Equal(text, AmountText.Of(minorUnits, currency, CultureInfo.GetCultureInfo(culture)));
        Assert.Equal(minorUnits, AmountText.Parse(text, currency, CultureInfo.GetCultureInfo(culture)));
    }
}
