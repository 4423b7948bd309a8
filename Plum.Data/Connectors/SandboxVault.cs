using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Plum.Domain.Connectors;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Connectors;

/// <summary>The vouchers of the sandbox's own orders: made at random, worth nothing, and kept as a real one would be. Singleton, safe on any thread.</summary>
public sealed class SandboxVault(IDataProtectionProvider protection)
{
    private const string Signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    // Changing this purpose makes the sandbox's vouchers unreadable.
    private readonly IDataProtector _protector = protection.CreateProtector("Plum.Connectors.Sandbox.v1");

    /// <returns>The vouchers of one order, sealed to its reference, and the last signs of the first.</returns>
    internal (string Sealed, string Last4) Make(string reference, int pieces)
    {
        var codes = Enumerable.Range(0, pieces).Select(_ => new Voucher(Code(), RandomNumberGenerator.GetString("0123456789", 4))).ToList();
        return (
            _protector.Protect(JsonSerializer.Serialize(new Contents(reference, codes))),
            codes.Count == 0 ? "" : VoucherMask.Last4(codes[0].Code)
        );
    }

    /// <returns>Those that are available; empty when there are none, and when the seal is broken.</returns>
    internal IReadOnlyList<SupplierVoucher> Open(SandboxOrder order)
    {
        try
        {
            var contents = order.VouchersSealed is null
                ? null
                : JsonSerializer.Deserialize<Contents>(_protector.Unprotect(order.VouchersSealed));
            return contents?.Reference == order.Reference
                ?
                [
                    .. contents
                        .Vouchers.Take(order.Available)
                        .Select(v => new SupplierVoucher(
                            v.Code,
                            v.Pin,
                            SupplierVoucherKind.CodeAndPin,
                            order.Value,
                            order.PlacedAtUtc.AddYears(1)
                        )),
                ]
                : [];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static string Code() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Signs, 4)));

    private sealed record Contents(string Reference, IReadOnlyList<Voucher> Vouchers);

    private sealed record Voucher(string Code, string Pin);
}
