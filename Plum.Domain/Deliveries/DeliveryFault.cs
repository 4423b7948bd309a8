namespace Plum.Domain.Deliveries;

/// <summary>Why a delivery failed, by what is to be done about it.</summary>
public enum DeliveryFault
{
    /// <summary>It passes: tried again by itself.</summary>
    Passing = 1,

    /// <summary>A person corrects the recipient's address.</summary>
    Recipient = 2,

    /// <summary>Another channel or another template.</summary>
    Route = 3,

    /// <summary>The recipient wants no more.</summary>
    Never = 4,

    /// <summary>Our own account or server: nothing leaves by this provider until somebody mends it.</summary>
    Sender = 5,

    /// <summary>A code that nobody knows: a person looks.</summary>
    Unknown = 6,

    /// <summary>It may have left: the answer was lost.</summary>
    InDoubt = 7,
}

/// <summary>What a provider's code means.</summary>
/// <param name="MostTries">Attempts in all before a person looks, where fewer than usual; only of what passes.</param>
/// <param name="FirstWait">Before the second attempt, where longer than usual.</param>
public sealed record Verdict(DeliveryFault Fault, int? MostTries = null, TimeSpan? FirstWait = null)
{
    public static readonly Verdict Passing = new(DeliveryFault.Passing);
    public static readonly Verdict Recipient = new(DeliveryFault.Recipient);
    public static readonly Verdict Route = new(DeliveryFault.Route);
    public static readonly Verdict Never = new(DeliveryFault.Never);
    public static readonly Verdict Sender = new(DeliveryFault.Sender);
    public static readonly Verdict Unknown = new(DeliveryFault.Unknown);

    /// <summary>A full mailbox: one later try.</summary>
    public static readonly Verdict Full = new(DeliveryFault.Passing, MostTries: 2, FirstWait: TimeSpan.FromHours(4));
}

/// <summary>When what passes is tried again: growing waits with jitter and a cap, and a last attempt.</summary>
public static class RetryWaits
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(45),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(12),
    ];

    public static readonly TimeSpan Cap = TimeSpan.FromHours(24);

    public static int MaxTries => Waits.Length + 1;

    /// <param name="tries">How many were made since it was queued, the failed one included.</param>
    /// <param name="jitter">0 to 1: spreads a crowd that failed together over up to a quarter more.</param>
    /// <param name="retryAfter">What the provider asked for; never asked before that, up to the cap.</param>
    /// <returns>Null when there is no further attempt.</returns>
    public static TimeSpan? After(Verdict verdict, int tries, double jitter, TimeSpan? retryAfter = null)
    {
        if (verdict.Fault != DeliveryFault.Passing || tries < 1 || tries >= Math.Min(verdict.MostTries ?? MaxTries, MaxTries))
        {
            return null;
        }

        var usual = Waits[tries - 1];
        var least = new[] { usual, tries == 1 ? verdict.FirstWait ?? usual : usual, retryAfter ?? usual }.Max();
        var wait = least * (1 + (Math.Clamp(jitter, 0, 1) / 4));
        return wait < Cap ? wait : Cap;
    }
}
