using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Plum.Data.Access;

namespace Plum.Tests.Access;

public class SecondFactorTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B: the SHA-1 column, its last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, SecondFactor.CodeAt(Secret, DateTime.UnixEpoch.AddSeconds(second)));

    // RFC 4648, section 10, and the secret above as every authenticator app spells it.
    [Fact]
    public void The_secret_is_spelt_in_base_32_in_groups_of_four() =>
        Assert.Equal("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", SecondFactor.Spell(Secret));

    [Fact]
    public void The_uri_is_what_apps_read() =>
        Assert.Equal(
            "otpauth://totp/Plum:ana%2Bx%40plum.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Plum&digits=6&period=30",
            SecondFactor.Uri(Secret, "ana+x@plum.example")
        );

    [Theory]
    [InlineData(-31, false)] // two steps back, whatever the second
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_code_is_taken_one_step_early_or_late(int secondsOff, bool taken)
    {
        var now = DateTime.UnixEpoch.AddSeconds(1_111_111_110); // where a step begins
        var code = SecondFactor.CodeAt(Secret, now.AddSeconds(secondsOff));

        Assert.Equal(taken, SecondFactor.Match(Secret, code, now, lastStep: null) is not null);
    }

    [Fact]
    public void A_code_may_be_typed_with_blanks()
    {
        var now = DateTime.UnixEpoch.AddSeconds(59);

        Assert.NotNull(SecondFactor.Match(Secret, " 287 082 ", now, lastStep: null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("28708x")]
    [InlineData("２８７０８２")] // digits, not ASCII ones
    public void What_is_not_six_digits_is_no_code(string? text) =>
        Assert.Null(SecondFactor.Match(Secret, text, DateTime.UnixEpoch.AddSeconds(59), lastStep: null));

    [Fact]
    public void A_code_that_was_used_or_is_older_is_not_taken_again()
    {
        var now = DateTime.UnixEpoch.AddSeconds(1_111_111_110);
        var used = SecondFactor.Match(Secret, SecondFactor.CodeAt(Secret, now), now, lastStep: null);

        Assert.Null(SecondFactor.Match(Secret, SecondFactor.CodeAt(Secret, now), now, used));
        Assert.Null(SecondFactor.Match(Secret, SecondFactor.CodeAt(Secret, now.AddSeconds(-30)), now, used));
        Assert.NotNull(SecondFactor.Match(Secret, SecondFactor.CodeAt(Secret, now.AddSeconds(30)), now, used));
    }

    [Fact]
    public void A_recovery_code_is_spent_once_and_the_others_stay()
    {
        var (codes, kept) = SecondFactor.NewRecoveryCodes();

        var left = SecondFactor.Spend(kept, codes[3].ToLowerInvariant().Replace('-', ' '));

        Assert.Equal((10, 9), (SecondFactor.Left(kept), SecondFactor.Left(left)));
        Assert.Null(SecondFactor.Spend(left, codes[3]));
        Assert.NotNull(SecondFactor.Spend(left, codes[4]));
        Assert.Null(SecondFactor.Spend(kept, ""));
        Assert.Null(SecondFactor.Spend(null, codes[0]));
    }

    [Fact]
    public void The_secret_is_kept_encrypted_and_the_codes_hashed()
    {
        var factor = new SecondFactor(new EphemeralDataProtectionProvider());
        var (codes, kept) = SecondFactor.NewRecoveryCodes();

        Assert.DoesNotContain(Convert.ToBase64String(Secret), factor.Protect(Secret), StringComparison.Ordinal);
        Assert.Equal(Secret, factor.Unprotect(factor.Protect(Secret)));
        Assert.DoesNotContain(codes, code => kept.Contains(code, StringComparison.Ordinal));
        Assert.True(kept.Length <= PlumUser.RecoveryCodesMaxLength);
        Assert.True(factor.Protect(SecondFactor.NewSecret()).Length <= PlumUser.AuthenticatorKeyMaxLength);
    }
}
