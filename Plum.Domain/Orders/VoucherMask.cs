namespace Plum.Domain.Orders;

/// <summary>How a voucher is shown to whoever has not revealed it: <c>****-7731</c>.</summary>
public static class VoucherMask
{
    public static string Of(string? last4) => last4 is null ? "" : $"****-{last4}";

    /// <summary>The last four letters or digits, in capitals; of a code so short that four would tell most of it, fewer.</summary>
    public static string Last4(string code)
    {
        var signs = code.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).ToArray();
        return new string(signs[^Math.Min(Order.VoucherLast4Length, signs.Length / 2)..]);
    }
}
