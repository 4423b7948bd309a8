using System.Globalization;
using Plum.Data.Access;
using Plum.Domain.Access;

namespace Plum.Tests.Access;

public class AccessRulesTests
{
    private static readonly DateTime Monday9 = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("elevenchars", "access.password-short")]
    [InlineData("", "access.password-short")]
    [InlineData(null, "access.password-short")]
    [InlineData("aaaaaaaaaaaaaaaa", "access.password-common")]
    [InlineData("qwertyuiop12", "access.password-common")]
    [InlineData("Password123456!", "access.password-common")]
    [InlineData("2024!!Sunshine!!", "access.password-common")]
    [InlineData("ana.agent.2026!", "access.password-own")]
    [InlineData("plum-plum-plum", "access.password-own")]
    [InlineData("correct horse battery", null)]
    [InlineData("agents of the northern mill", null)]
    [InlineData("пароль из четырёх слов", null)]
    public void A_password_is_long_and_not_one_that_is_tried_first(string? password, string? refusal) =>
        Assert.Equal(refusal, Passwords.Cannot(password, "ana.agent@plum.example", "Ana Agent")?.Code);

    [Fact]
    public void A_password_of_more_than_128_characters_is_refused_and_one_of_128_is_not()
    {
        var text = string.Concat(Enumerable.Range(0, 128).Select(n => (char)('a' + n % 26)));

        Assert.Null(Passwords.Cannot(text, "ana@plum.example", "Ana"));
        Assert.Equal("access.password-long", Passwords.Cannot(text + "x", "ana@plum.example", "Ana")?.Code);
    }

    [Fact]
    public void The_password_of_the_demonstration_accounts_can_be_chosen_by_nobody() =>
        Assert.NotNull(Passwords.Cannot(DemonstrationAccounts.Password, "x@y.example", "X"));

    [Theory]
    [InlineData("ana@plum.example", true)]
    [InlineData("o'neill+plum@mail.plum.example", true)]
    [InlineData("ana", false)]
    [InlineData("ana@plum", false)]
    [InlineData("@plum.example", false)]
    [InlineData("ana@", false)]
    [InlineData("a@b@plum.example", false)]
    [InlineData("ana@plum.example\r\nBcc: all@plum.example", false)]
    [InlineData("Ana <ana@plum.example>", false)]
    [InlineData("ana@plum.example,bo@plum.example", false)]
    public void An_address_is_one_address_and_ends_no_header(string text, bool good) =>
        Assert.Equal(good, AccessRefusals.ForEmail(text) is null);

    [Fact]
    public void Every_writing_offered_is_known_here_and_counts_years_alike() =>
        Assert.All(
            AccountRules.Cultures,
            tag => Assert.IsType<GregorianCalendar>(new CultureInfo(tag, useUserOverride: false).DateTimeFormat.Calendar)
        );

    [Fact]
    public void A_session_ends_when_nothing_is_done_in_it()
    {
        var session = UserSession.Start(Guid.NewGuid(), SignInWay.Password, null, null, Monday9);
        session.See(Monday9.AddHours(1));

        Assert.False(session.IsOver(Monday9.AddHours(3).AddTicks(-1)));
        Assert.True(session.IsOver(Monday9.AddHours(3)));
    }

    [Fact]
    public void A_session_ends_after_twelve_hours_whatever_is_done_in_it()
    {
        var session = UserSession.Start(Guid.NewGuid(), SignInWay.Password, null, null, Monday9);
        session.See(Monday9.AddHours(11.9));

        Assert.False(session.IsOver(Monday9.AddHours(12).AddTicks(-1)));
        Assert.True(session.IsOver(Monday9.AddHours(12)));
    }

    [Fact]
    public void A_session_that_was_ended_stays_ended()
    {
        var session = UserSession.Start(Guid.NewGuid(), SignInWay.Password, null, null, Monday9);
        session.End(Monday9.AddMinutes(5));
        session.See(Monday9.AddMinutes(6));
        session.Confirm(Monday9.AddMinutes(6));

        Assert.True(session.IsOver(Monday9.AddMinutes(6)));
        Assert.False(session.IsConfirmed(Monday9.AddMinutes(6)));
        Assert.Equal(Monday9.AddMinutes(5), session.EndedAtUtc);
    }

    [Fact]
    public void A_confirmation_lasts_ten_minutes()
    {
        var session = UserSession.Start(Guid.NewGuid(), SignInWay.Password, null, null, Monday9);

        Assert.True(session.IsConfirmed(Monday9.AddMinutes(10).AddTicks(-1)));
        Assert.False(session.IsConfirmed(Monday9.AddMinutes(10)));
    }
}
