using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Connectors;

/// <summary>An order in the sandbox's own books: it stands for what a supplier outside would know, and Plum learns of it by asking alone.</summary>
public sealed class SandboxOrder
{
    public const int ContactMaxLength = 120;
    public const int PrintMaxLength = 64;

    /// <summary>After which a delayed order is ready.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(15);

    private SandboxOrder() { } // EF Core

    public long Id { get; private init; }

    /// <summary>Whoever placed it calls it so: unique, the idempotency key.</summary>
    public string Reference { get; private init; } = "";
    public string SupplierReference { get; private init; } = "";

    /// <summary>Of all that was asked for: the same reference must come with the same.</summary>
    public string Fingerprint { get; private init; } = "";
    public string Supplier { get; private init; } = "";
    public string ProductId { get; private init; } = "";

    /// <summary>Of one piece.</summary>
    public Money Value { get; private init; }
    public int Quantity { get; private init; }

    /// <summary>How many pieces there are once it is ready.</summary>
    public int Available { get; private set; }

    /// <summary>Masked: enough for a person to tell who it is for.</summary>
    public string Contact { get; private init; } = "";
    public string ContactPrint { get; private init; } = "";
    public DateTime PlacedAtUtc { get; private init; }

    /// <summary>From when the pieces are there; null while nobody says when.</summary>
    public DateTime? ReadyAtUtc { get; private set; }
    public DateTime? CancellableUntilUtc { get; private init; }
    public int FeePercent { get; private init; }
    public string? VouchersSealed { get; private set; }
    public string? Last4 { get; private set; }
    public DateTime? RedeemedAtUtc { get; private set; }
    public DateTime? CancelledAtUtc { get; private set; }

    /// <summary>The key of the cancellation; null for one that the supplier made itself.</summary>
    public string? CancelKey { get; private set; }
    public long RefundedMinorUnits { get; private set; }
    public long FeeMinorUnits { get; private set; }

    /// <summary>How often its message was sent again, and the key of the last time.</summary>
    public int Resends { get; private set; }
    public string? ResendKey { get; private set; }

    /// <summary>One that was fulfilled before the sandbox kept books; it was not paid from the sandbox's account.</summary>
    public bool IsAdopted { get; private init; }

    public Money Total => Value with { MinorUnits = Value.MinorUnits * Quantity };

    public Money Refunded => Value with { MinorUnits = RefundedMinorUnits };

    public Money Fee => Value with { MinorUnits = FeeMinorUnits };

    public static SandboxOrder Take(PlaceOrder order, string supplierReference, SandboxRule rule, DateTime nowUtc)
    {
        var taken = new SandboxOrder
        {
            Reference = order.Reference,
            SupplierReference = supplierReference,
            Fingerprint = PrintOf(order),
            Supplier = order.Supplier,
            ProductId = order.ProductId,
            Value = order.Value,
            Quantity = order.Quantity,
            Available = rule.Behaviour == SandboxBehaviour.Partial ? order.Quantity / 2 : order.Quantity,
            Contact = Cut(order.To.ToString()),
            ContactPrint = PrintOf(order.To),
            PlacedAtUtc = nowUtc,
            ReadyAtUtc = rule.Behaviour == SandboxBehaviour.Delayed ? nowUtc + Delay : nowUtc,
            CancellableUntilUtc = rule.CancelWithinHours is { } hours ? nowUtc.AddHours(hours) : null,
            FeePercent = rule.FeePercent,
        };
        if (rule.Behaviour == SandboxBehaviour.Cancelled)
        {
            taken.End(nowUtc, key: null, fee: 0, refunds: true);
        }

        return taken;
    }

    /// <param name="readyAtUtc">Null for one that was placed and never fulfilled.</param>
    public static SandboxOrder Adopt(
        string reference,
        string supplierReference,
        string supplier,
        string productId,
        Money value,
        SupplierContact to,
        DateTime placedAtUtc,
        DateTime? readyAtUtc,
        string? last4,
        SandboxRule rule
    ) =>
        new()
        {
            Reference = reference,
            SupplierReference = supplierReference,
            Fingerprint = "",
            Supplier = supplier,
            ProductId = productId,
            Value = value,
            Quantity = 1,
            Available = 1,
            Contact = Cut(to.ToString()),
            ContactPrint = PrintOf(to),
            PlacedAtUtc = placedAtUtc,
            ReadyAtUtc = readyAtUtc,
            Last4 = last4,
            CancellableUntilUtc = rule.CancelWithinHours is { } hours ? placedAtUtc.AddHours(hours) : null,
            FeePercent = rule.FeePercent,
            IsAdopted = true,
        };

    /// <summary>The vouchers of all pieces, before it is saved for the first time; they are handed out as far as they are available.</summary>
    public void Hold(string vouchersSealed, string last4) => (VouchersSealed, Last4) = (vouchersSealed, last4);

    public bool IsSame(PlaceOrder order) => Fingerprint == PrintOf(order);

    public bool IsFor(SupplierContact to) => ContactPrint == PrintOf(to);

    public SandboxState StateAt(DateTime nowUtc) =>
        CancelledAtUtc is not null ? SandboxState.Cancelled
        : RedeemedAtUtc is not null ? SandboxState.Redeemed
        : Available == 0 || !(ReadyAtUtc <= nowUtc) ? SandboxState.Processing
        : Available < Quantity ? SandboxState.Partial
        : SandboxState.Fulfilled;

    public Refusal? CannotCancel(DateTime nowUtc) =>
        CancelledAtUtc is not null ? new Refusal("sandbox.is-cancelled", "The order is cancelled already.")
        : RedeemedAtUtc is not null ? new Refusal("sandbox.is-redeemed", "The voucher was redeemed: it can no longer be cancelled.")
        : CancellableUntilUtc <= nowUtc ? new Refusal("sandbox.too-late", "The time in which the order could be cancelled is over.")
        : null;

    /// <param name="key">Null when the supplier itself cancels: then there is no fee.</param>
    /// <param name="refunds">Whether the money comes back.</param>
    public void Cancel(string? key, bool refunds, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotCancel(nowUtc));
        End(nowUtc, key, key is null ? 0 : FeeOf(Total.MinorUnits, FeePercent), refunds);
    }

    public Refusal? CannotDeliver(DateTime nowUtc) =>
        StateAt(nowUtc) is SandboxState.Processing or SandboxState.Partial
            ? null
            : new Refusal("sandbox.not-waiting", "Only an order that waits can be delivered.");

    public void Deliver(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotDeliver(nowUtc));
        (ReadyAtUtc, Available) = (nowUtc, Quantity);
    }

    public Refusal? CannotRedeem(DateTime nowUtc) =>
        StateAt(nowUtc) is SandboxState.Fulfilled or SandboxState.Partial
            ? null
            : new Refusal("sandbox.no-voucher", "Only a voucher that is live can be redeemed.");

    public void Redeem(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRedeem(nowUtc));
        RedeemedAtUtc = nowUtc;
    }

    public Refusal? CannotResend(SupplierContact to, DateTime nowUtc) =>
        StateAt(nowUtc) is not (SandboxState.Fulfilled or SandboxState.Partial)
            ? new Refusal("sandbox.nothing-to-send", "There is no live voucher to send.")
        : !IsFor(to) ? new Refusal("sandbox.other-recipient", "It is sent again to the recipient of the order only.")
        : null;

    public void Resend(string key, SupplierContact to, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotResend(to, nowUtc));
        if (ResendKey != key)
        {
            (Resends, ResendKey) = (Resends + 1, key);
        }
    }

    /// <summary>Rounded down to the minor unit: in favour of whoever cancels.</summary>
    public static long FeeOf(long totalMinorUnits, int percent) => (long)((Int128)totalMinorUnits * percent / 100);

    private void End(DateTime nowUtc, string? key, long fee, bool refunds) =>
        (CancelledAtUtc, CancelKey, FeeMinorUnits, RefundedMinorUnits) = (nowUtc, key, fee, refunds ? Total.MinorUnits - fee : 0);

    private static string PrintOf(PlaceOrder order) =>
        Print(
            string.Join(
                '\n',
                order.Supplier,
                order.ProductId,
                order.Value.Currency,
                order.Value.MinorUnits,
                order.Quantity,
                PrintOf(order.To)
            )
        );

    private static string PrintOf(SupplierContact to) => Print(string.Join('\n', to.Email?.ToLowerInvariant(), to.Phone));

    private static string Print(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Cut(string text) => text.Length <= ContactMaxLength ? text : text[..ContactMaxLength];
}

public enum SandboxState
{
    Processing = 1,
    Fulfilled = 2,
    Partial = 3,
    Redeemed = 4,
    Cancelled = 5,
}
