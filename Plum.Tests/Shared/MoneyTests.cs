using System.Globalization;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

public class MoneyTests
{
    [Theory]
    [InlineData(1250, "JPY", "JPY 1,250")]
    [InlineData(1250, "INR", "INR 12.50")]
    [InlineData(1250, "KWD", "KWD 1.250")]
    [InlineData(-5, "EUR", "EUR -0.05")]
    [InlineData(long.MaxValue, "USD", "USD 92,233,720,368,547,758.07")]
    public void An_amount_is_written_with_its_currencys_own_exponent(long minorUnits, string currency, string text) =>
        Assert.Equal(text, new Money(minorUnits, currency).ToString());

    [Fact]
    public void An_amount_is_written_as_the_viewer_reads_numbers() =>
        Assert.Equal("EUR 1.234,50", new Money(123450, "EUR").Format(CultureInfo.GetCultureInfo("de-DE")));

    [Fact]
    public void Amounts_of_two_currencies_are_never_added() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));

    [Fact]
    public void A_sum_that_does_not_fit_is_an_error_and_not_a_wrong_amount() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "EUR") + new Money(1, "EUR"));

    [Fact]
    public void An_amount_in_a_currency_that_plum_does_not_know_is_not_written() =>
        Assert.Throws<ArgumentException>(() => new Money(1, "XXX").ToString());
}
