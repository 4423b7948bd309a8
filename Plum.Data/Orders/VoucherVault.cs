using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Plum.Domain.Orders;

namespace Plum.Data.Orders;

/// <summary>
/// The only place where a voucher's code and PIN are sealed and opened. Each is sealed to its order: a sealed voucher that was copied onto
/// another order does not open there. Singleton, safe on any thread.
/// </summary>
public sealed class VoucherVault(IDataProtectionProvider protection)
{
    // Changing this purpose makes every voucher stored so far unreadable.
    private const string Purpose = "Plum.Orders.Voucher.v1";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    public SealedVoucher Seal(long orderId, string code, string? pin = null)
    {
        var trimmed = code.Trim();
        ArgumentException.ThrowIfNullOrEmpty(trimmed);
        var text = _protector.Protect(JsonSerializer.Serialize(new Contents(orderId, trimmed, pin)));
        return new SealedVoucher(text, VoucherMask.Last4(trimmed));
    }

    /// <returns>Null when the seal is broken: another order's, changed, or made with a key that is lost.</returns>
    public VoucherSecret? Open(long orderId, string sealedText)
    {
        try
        {
            var contents = JsonSerializer.Deserialize<Contents>(_protector.Unprotect(sealedText));
            return contents is { Code: { } code } && contents.OrderId == orderId ? new VoucherSecret(code, contents.Pin) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Contents(long OrderId, string Code, string? Pin);
}

/// <summary>As <see cref="Order.Issue"/> takes it.</summary>
public sealed record SealedVoucher(string Text, string Last4);

/// <summary>A voucher in the clear: goes to one screen and nowhere else. Its text is masked, so that no log or message can hold it by mistake.</summary>
public sealed class VoucherSecret(string code, string? pin)
{
    public string Code { get; } = code;
    public string? Pin { get; } = pin;

    public override string ToString() => VoucherMask.Of(VoucherMask.Last4(Code));
}
