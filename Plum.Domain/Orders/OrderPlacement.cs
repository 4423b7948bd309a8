namespace Plum.Domain.Orders;

/// <summary>
/// What Plum asks of a supplier for one order, and how far that is. Stored with its key before the first call; whoever takes over after a crash
/// knows by <see cref="Tries"/> that the call may have been made, and looks it up before anything else.
/// </summary>
public sealed class OrderPlacement
{
    public const int WordsMaxLength = 500;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
    ];

    private OrderPlacement() { } // EF Core

    public long OrderId { get; private init; }
    public Guid SupplierId { get; private init; }

    /// <summary>The allocation file that asked for the order.</summary>
    public Guid FileId { get; private init; }
    public PlacementState State { get; private set; }

    /// <summary>Counted before each call.</summary>
    public int Tries { get; private set; }

    /// <summary>From 1. After a certain refusal a person may have it asked for again, and that is another order to the supplier.</summary>
    public int Round { get; private set; }
    public DateTime NextAttemptAtUtc { get; private set; }

    /// <summary>The batch that works on it, and until when nobody else does.</summary>
    public Guid? Claim { get; private set; }
    public DateTime? ClaimedUntilUtc { get; private set; }

    /// <summary>What the supplier said last, or what is known in its place.</summary>
    public string? Words { get; private set; }

    public static OrderPlacement Prepare(long orderId, Guid supplierId, Guid fileId, DateTime nowUtc) =>
        new()
        {
            OrderId = orderId,
            SupplierId = supplierId,
            FileId = fileId,
            State = PlacementState.Waiting,
            Round = 1,
            NextAttemptAtUtc = nowUtc,
        };

    /// <summary>The idempotency key: <c>GFT-10293/1</c>.</summary>
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{OrderReference.Of(OrderId)}/{Round}");

    /// <summary>It may have reached the supplier before: to be looked up, not repeated.</summary>
    public bool IsToLookUp => Tries > 1 || State is PlacementState.Accepted or PlacementState.Unknown;

    public void Succeed(string? words) => End(PlacementState.Done, words);

    /// <summary>The supplier has it, and is to be asked again whether it is there.</summary>
    public void Accept(string words, DateTime nowUtc) => Wait(PlacementState.Accepted, words, nowUtc + After(Tries));

    public void LoseAnswer(string words, DateTime nowUtc) => Wait(PlacementState.Unknown, words, nowUtc + After(Tries));

    /// <summary>Certainly not done; again under the same key.</summary>
    public void Postpone(string words, TimeSpan after, DateTime nowUtc)
    {
        Wait(PlacementState.Waiting, words, nowUtc + after);
        Tries = 0; // this call had no effect: the next is a first one
    }

    /// <summary>Certainly not done, and not to be tried again without a person.</summary>
    public void Fail(string words) => End(PlacementState.Failed, words);

    /// <summary>Taken back before the supplier was asked, or given up by a person after it refused.</summary>
    public void Drop(string words) => End(PlacementState.Dropped, words);

    public void Retry(DateTime nowUtc)
    {
        Wait(PlacementState.Waiting, Words ?? "", nowUtc);
        (Tries, Round) = (0, Round + 1);
    }

    /// <summary>Growing waits; the last one again and again, until the supplier answers or a person does.</summary>
    public static TimeSpan After(int tries) => Waits[Math.Min(Math.Max(tries - 1, 0), Waits.Length - 1)];

    private void Wait(PlacementState state, string words, DateTime nextUtc) =>
        (State, Words, NextAttemptAtUtc, Claim, ClaimedUntilUtc) = (state, Cut(words), nextUtc, null, null);

    private void End(PlacementState state, string? words) => (State, Words, Claim, ClaimedUntilUtc) = (state, Cut(words), null, null);

    private static string? Cut(string? words) => words is null || words.Length <= WordsMaxLength ? words : words[..WordsMaxLength];
}

public enum PlacementState
{
    /// <summary>To be asked for.</summary>
    Waiting = 1,

    /// <summary>Taken by the supplier, and not there yet.</summary>
    Accepted = 2,

    /// <summary>The answer was lost: it may be there.</summary>
    Unknown = 3,
    Done = 4,

    /// <summary>Refused by the supplier: a person decides.</summary>
    Failed = 5,
    Dropped = 6,
}
