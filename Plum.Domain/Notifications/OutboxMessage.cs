using Plum.Domain.Shared;

namespace Plum.Domain.Notifications;

/// <summary>Something that the outside must hear: saved in the transaction that caused it, sent afterwards, once per key.</summary>
public sealed partial class OutboxMessage
{
    public const int KeyMaxLength = 100;
    public const int AddressMaxLength = 254;
    public const int SubjectMaxLength = 300;
    public const int BodyMaxLength = 40_000;
    public const int ErrorMaxLength = 1000;
    public const int ReceiptMaxLength = 300;

    private OutboxMessage() { } // EF Core

    public long Id { get; private init; }

    /// <summary>The idempotency key: unique here, and sent along.</summary>
    public string Key { get; private init; } = "";
    public OutboxKind Kind { get; private init; }
    public string To { get; private set; } = "";
    public string Subject { get; private init; } = "";

    /// <summary>Plain text.</summary>
    public string Body { get; private init; } = "";

    /// <summary>The client that it concerns, so that a bound reader sees its own only.</summary>
    public Guid? ClientId { get; private init; }
    public long? TicketId { get; private init; }
    public DateTime QueuedAtUtc { get; private init; }
    public OutboxStatus Status { get; private set; }
    public int Attempts { get; private set; }
    public DateTime NextAttemptAtUtc { get; private set; }
    public DateTime? SentAtUtc { get; private set; }
    public string? Error { get; private set; }

    /// <summary>What a person should do about the failure; null when there is none.</summary>
    public MailFault? Fault { get; private set; }

    /// <summary>What took it: <c>sandbox</c>, or the mail server's own words.</summary>
    public string? Receipt { get; private set; }

    /// <summary>The text holds what lets its reader in (a link to set a password): nobody else is shown it.</summary>
    public bool HoldsSecret { get; private init; }

    /// <summary>Of the stored files that go along.</summary>
    public IReadOnlyList<OutboxFile> Files { get; private init; } = [];

    public static OutboxMessage Queue(
        OutboxKind kind,
        string key,
        string to,
        string subject,
        string body,
        DateTime nowUtc,
        Guid? clientId = null,
        long? ticketId = null,
        IReadOnlyList<OutboxFile>? files = null,
        bool holdsSecret = false
    )
    {
        RefusedException.ThrowIf(CannotQueue(key, to, subject, body));

        return new OutboxMessage
        {
            Kind = kind,
            Key = key,
            To = to.Trim(),
            Subject = subject.Trim(),
            Body = body,
            ClientId = clientId,
            TicketId = ticketId,
            QueuedAtUtc = nowUtc,
            NextAttemptAtUtc = nowUtc,
            Status = OutboxStatus.Queued,
            Files = files ?? [],
            HoldsSecret = holdsSecret,
        };
    }

    /// <summary>Headers are one line each: a line break in one would add headers of the writer's choice (SMTP injection).</summary>
    public static Refusal? CannotQueue(string? key, string? to, string? subject, string? body) =>
        Refusals.ForText("Key", key, KeyMaxLength)
        ?? Refusals.ForText("To", to, AddressMaxLength)
        ?? (MailAddressRule.IsAddress(to!.Trim()) ? null : new Refusal("outbox.address", $"'{to.Trim()}' is not an e-mail address.", "To"))
        ?? Refusals.ForText("Subject", subject, SubjectMaxLength)
        ?? (
            subject!.Trim().Any(char.IsControl)
                ? new Refusal("outbox.subject-lines", "The subject is one line. Remove the line breaks.", "Subject")
                : null
        )
        ?? Refusals.ForText("Body", body, BodyMaxLength);
}

/// <summary>A stored file that goes with a message.</summary>
public sealed record OutboxFile(string Name, string ContentType, string StoredName);

public enum OutboxKind
{
    Email = 1,
}

public enum OutboxStatus
{
    /// <summary>Waits for its first or next attempt.</summary>
    Queued = 1,
    Sending = 2,
    Sent = 3,
    Failed = 4,

    /// <summary>The connection or the program ended after the text was handed over and before the answer: it may have left. A person decides.</summary>
    Unknown = 5,
}
