namespace Plum.Domain.Corrections;

/// <summary>
/// One thing that a correction asks of a supplier. Stored with its key before the call, so that whoever takes over after a crash knows that it may
/// have been made, and looks it up.
/// </summary>
public sealed class SupplierCall
{
    public const int KeyMaxLength = 100;
    public const int ReferenceMaxLength = 200;
    public const int WordsMaxLength = 500;

    private SupplierCall() { } // EF Core

    /// <summary>The idempotency key: <c>REQ-1001/cancel</c>.</summary>
    public string Key { get; private init; } = "";
    public long RequestId { get; private init; }
    public SupplierCallKind Kind { get; private init; }
    public SupplierCallState State { get; private set; }
    public string? SupplierReference { get; private set; }

    /// <summary>The supplier's own word for what became of it.</summary>
    public string? Words { get; private set; }

    /// <summary>Of the new order: code and PIN, encrypted at rest until they are on it.</summary>
    public string? VoucherSealed { get; private set; }
    public string? VoucherLast4 { get; private set; }
    public DateTime? VoucherUntilUtc { get; private set; }
    public DateTime PreparedAtUtc { get; private init; }
    public DateTime? AnsweredAtUtc { get; private set; }
    public int Tries { get; private set; }

    public static SupplierCall Prepare(string key, long requestId, SupplierCallKind kind, DateTime nowUtc) =>
        new()
        {
            Key = key,
            RequestId = requestId,
            Kind = kind,
            State = SupplierCallState.Prepared,
            PreparedAtUtc = nowUtc,
        };

    /// <summary>Counted and saved before each call.</summary>
    public void Try() => Tries++;

    public void Succeed(string? supplierReference, string? words, DateTime nowUtc) =>
        (State, SupplierReference, Words, AnsweredAtUtc) = (SupplierCallState.Done, supplierReference, Cut(words), nowUtc);

    public void Hold(string voucherSealed, string voucherLast4, DateTime? untilUtc) =>
        (VoucherSealed, VoucherLast4, VoucherUntilUtc) = (voucherSealed, voucherLast4, untilUtc);

    public void Refuse(string words, DateTime nowUtc) => (State, Words, AnsweredAtUtc) = (SupplierCallState.Refused, Cut(words), nowUtc);

    /// <summary>The order is gone there, and its money did not come back.</summary>
    public void LoseMoney(string words, DateTime nowUtc) =>
        (State, Words, AnsweredAtUtc) = (SupplierCallState.Unrefunded, Cut(words), nowUtc);

    public void LoseAnswer(string words) => (State, Words) = (SupplierCallState.Unknown, Cut(words));

    private static string? Cut(string? words) => words is null || words.Length <= WordsMaxLength ? words : words[..WordsMaxLength];
}

public enum SupplierCallKind
{
    Cancel = 1,
    Place = 2,
}

public enum SupplierCallState
{
    Prepared = 1,
    Done = 2,

    /// <summary>Certainly not done.</summary>
    Refused = 3,
    Unknown = 4,

    /// <summary>Of a cancellation: the order is gone, and a person claims its money.</summary>
    Unrefunded = 5,
}
