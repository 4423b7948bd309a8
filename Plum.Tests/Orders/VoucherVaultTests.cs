using Microsoft.AspNetCore.DataProtection;
using Plum.Data.Orders;
using Plum.Domain.Orders;

namespace Plum.Tests.Orders;

public class VoucherVaultTests
{
    private readonly VoucherVault _vault = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void What_was_sealed_opens_again_with_its_pin()
    {
        var voucher = _vault.Seal(10293, " XK4P-99QT-7731 ", "0042");

        var secret = _vault.Open(10293, voucher.Text)!;

        Assert.Equal(("XK4P-99QT-7731", "0042", "7731"), (secret.Code, secret.Pin, voucher.Last4));
    }

    [Fact]
    public void The_sealed_text_tells_nothing_and_differs_each_time()
    {
        var one = _vault.Seal(10293, "XK4P-99QT-7731", "0042");
        var two = _vault.Seal(10293, "XK4P-99QT-7731", "0042");

        Assert.NotEqual(one.Text, two.Text);
        Assert.DoesNotContain("7731", one.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_voucher_does_not_open_on_another_order() => Assert.Null(_vault.Open(10294, _vault.Seal(10293, "XK4P-7731").Text));

    [Theory]
    [InlineData("")]
    [InlineData("not a seal")]
    public void A_broken_seal_opens_to_nothing(string text) => Assert.Null(_vault.Open(10293, text));

    [Fact]
    public void A_seal_made_with_a_lost_key_opens_to_nothing() =>
        Assert.Null(new VoucherVault(new EphemeralDataProtectionProvider()).Open(10293, _vault.Seal(10293, "XK4P-7731").Text));

    [Fact]
    public void A_secret_put_into_text_is_masked()
    {
        var secret = _vault.Open(10293, _vault.Seal(10293, "XK4P-99QT-7731", "0042").Text);

        Assert.Equal("Voucher ****-7731", $"Voucher {secret}");
    }

    [Theory]
    [InlineData("XK4P-99QT-7731", "7731")]
    [InlineData("abcd-ef12", "EF12")]
    [InlineData("AB-12", "12")]
    [InlineData("A", "")]
    public void The_last_four_never_tell_more_than_half_of_a_code(string code, string last4) =>
        Assert.Equal(last4, VoucherMask.Last4(code));
}
