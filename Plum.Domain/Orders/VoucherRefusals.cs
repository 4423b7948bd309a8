using Plum.Domain.Shared;

namespace Plum.Domain.Orders;

public static class VoucherRefusals
{
    public const int ReasonMaxLength = 500;

    public static readonly Refusal None = new("voucher.none", "This order has no voucher yet: the supplier has not issued it.");

    public static readonly Refusal Unreadable = new(
        "voucher.unreadable",
        "The voucher cannot be opened with the keys that Plum holds. Ask the supplier for it, and tell an administrator."
    );

    public static Refusal? ForReason(string? reason) => Refusals.ForText("Reason", reason, ReasonMaxLength);
}
