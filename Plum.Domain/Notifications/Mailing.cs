namespace Plum.Domain.Notifications;

/// <summary>Hands one e-mail to whatever carries it. One call, one try: retries are the outbox's.</summary>
public interface IMailer
{
    /// <summary>Never throws for what a mail server may answer or a network may do; a bug still throws.</summary>
    Task<MailOutcome> SendAsync(Mail mail, CancellationToken ct);
}

/// <param name="Key">The idempotency key: the Message-ID is derived from it, so that a receiver can tell a second copy.</param>
/// <param name="Thread">What the mails of one ticket have in common; null stands alone.</param>
public sealed record Mail(string Key, string To, string Subject, string Body, string? Thread, IReadOnlyList<MailFile> Files)
{
    /// <summary>The same as a page, beside the text; null sends the text alone.</summary>
    public string? Html { get; init; }
}

/// <param name="Open">Opens the bytes; the mailer closes them.</param>
public sealed record MailFile(string Name, string ContentType, Func<Stream> Open);

/// <summary>What became of one try.</summary>
public abstract record MailOutcome
{
    private MailOutcome() { }

    /// <param name="Receipt">The server's own words.</param>
    public sealed record Taken(string Receipt) : MailOutcome;

    /// <summary>It has certainly not left.</summary>
    public sealed record Refused(MailFault Fault, string Reason) : MailOutcome;

    /// <summary>It may have left: the answer was lost.</summary>
    public sealed record Unknown(string Reason) : MailOutcome;
}

/// <summary>What went wrong, by what is to be done about it.</summary>
public enum MailFault
{
    /// <summary>It passes: tried again by itself.</summary>
    Passing = 1,

    /// <summary>The mailbox is full: one later try.</summary>
    Full = 2,

    /// <summary>A person corrects the address.</summary>
    Address = 3,

    /// <summary>The receiver's policy: another channel.</summary>
    Policy = 4,

    /// <summary>Our own server, name or password: nothing leaves until somebody mends it.</summary>
    Sender = 5,

    /// <summary>It may have left.</summary>
    Unknown = 6,
}

/// <summary>When a refused message is tried again: growing waits with jitter, and a last attempt.</summary>
public static class RetryPlan
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(20),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(12),
    ];

    public static int MaxAttempts => Waits.Length + 1;

    /// <param name="attempts">How many were made, the failed one included.</param>
    /// <param name="jitter">0 to 1: spreads a crowd that failed together over up to a quarter more.</param>
    /// <returns>Null when there is no further attempt.</returns>
    public static TimeSpan? Wait(MailFault fault, int attempts, double jitter) =>
        fault switch
        {
            MailFault.Passing or MailFault.Sender when attempts <= Waits.Length => Waits[attempts - 1] * (1 + (jitter / 4)),
            MailFault.Full when attempts == 1 => TimeSpan.FromHours(4) * (1 + (jitter / 4)),
            _ => null,
        };
}
