using Plum.Domain.Search;

namespace Plum.Tests.Search;

public class SearchTermTests
{
    [Theory]
    [InlineData("PLM-8812")]
    [InlineData(" plm-8812 ")]
    [InlineData("plm 8812")]
    [InlineData("PLM8812")]
    [InlineData("PLM–8812")]
    [InlineData("#plm-8812")]
    public void A_ticket_reference_is_that_ticket_and_nothing_else(string typed) =>
        Assert.Equal(new SearchTerm(typed.Trim(), Ticket: 8812), SearchTerm.Parse(typed));

    [Fact]
    public void An_order_reference_is_that_order_and_nothing_else() =>
        Assert.Equal(new SearchTerm("gft 10293", Order: 10293), SearchTerm.Parse("gft 10293"));

    [Theory]
    [InlineData("Jane@Acme.Example", "jane@acme.example")]
    [InlineData("jane@", "jane@")]
    public void What_has_an_at_sign_begins_an_address(string typed, string email) =>
        Assert.Equal(new SearchTerm(typed, EmailStart: email), SearchTerm.Parse(typed));

    [Theory]
    [InlineData("+447700900123", "+447700900123")]
    [InlineData("+44 7700 900-123", "+447700900123")]
    [InlineData("+44 (0)7700 900123", "+447700900123")]
    [InlineData("0044 7700.900.123", "+447700900123")]
    [InlineData("+91 98", "+9198")]
    public void A_number_with_its_country_is_looked_for_from_its_beginning(string typed, string start) =>
        Assert.Equal(new SearchTerm(typed, PhoneStart: start), SearchTerm.Parse(typed));

    [Theory]
    [InlineData("07700 900123", "7700900123")]
    [InlineData("(07700) 900-123", "7700900123")]
    [InlineData("7700/900123", "7700900123")]
    [InlineData("447700900123", "447700900123")]
    public void A_number_without_its_country_is_looked_for_from_its_end(string typed, string end) =>
        Assert.Equal(end, SearchTerm.Parse(typed).PhoneEnd);

    [Theory]
    [InlineData("****-7731", "7731")]
    [InlineData("•••• 77A1", "77A1")]
    [InlineData("xk4p-99qt-7731", "7731")]
    [InlineData("…abcd", "ABCD")]
    public void The_end_of_a_voucher_is_found_in_a_masked_code_as_in_a_whole_one(string typed, string end) =>
        Assert.Equal(end, SearchTerm.Parse(typed).VoucherEnd);

    [Fact]
    public void A_bare_number_may_be_a_ticket_an_order_or_the_end_of_a_voucher() =>
        Assert.Equal(new SearchTerm("8812", Ticket: 8812, Order: 8812, VoucherEnd: "8812", Words: "8812"), SearchTerm.Parse("8812"));

    [Theory]
    [InlineData("Okafor")]
    [InlineData("Nordbank AG")]
    [InlineData("3M")]
    public void Other_words_begin_a_name(string typed) => Assert.Equal(new SearchTerm(typed, Words: typed), SearchTerm.Parse(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a")]
    [InlineData("--")]
    [InlineData("%%")]
    public void Too_little_looks_for_nothing(string? typed) => Assert.True(SearchTerm.Parse(typed).IsEmpty);

    [Fact]
    public void A_page_of_text_is_cut_and_breaks_nothing() =>
        Assert.Equal(SearchTerm.MaxLength, SearchTerm.Parse(new string('x', 100_000)).Text.Length);

    [Theory]
    [InlineData("PLM-99999999999999999999")]
    [InlineData("99999999999999999999999")]
    [InlineData("PLM-0")]
    public void A_number_that_no_ticket_has_is_no_ticket(string typed) => Assert.Null(SearchTerm.Parse(typed).Ticket);
}
