using CsCheck;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

public class CsvTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+4479", "'+4479")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM", "'@SUM")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'=x", "''=x")]
    [InlineData("O'Neill", "O'Neill")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    public void A_cell_that_looks_like_a_formula_is_neutralised(string? text, string cell) => Assert.Equal(cell, CsvText.Neutralise(text));

    [Fact]
    public void What_was_neutralised_comes_back_as_it_was() =>
        Gen.String["'=+-@\t\r\n\0aB9"].Sample(text => CsvText.Restore(CsvText.Neutralise(text)) == text);

    [Fact]
    public void No_neutralised_text_begins_like_a_formula() =>
        Gen.String["'=+-@\t\r\n\0aB9"]
            .Sample(text => CsvText.Neutralise(text) is "" or [not ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0'), ..]);

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void A_field_is_quoted_where_it_must_be(string text, string field) => Assert.Equal(field, CsvText.Field(text));
}
