using Plum.Domain.Shared;

namespace Plum.Domain.Notifications;

/// <summary>Something that the outside must hear: saved in the transaction that caused it, sent afterwards, once per key.</summary>
public sealed class OutboxMessage
{
    public const int KeyMaxLength = 100;
    public const int AddressMaxLength = 254;
    public const int SubjectMaxLength = 300;
    public const int BodyMaxLength = 40_000;
    public const int ErrorMaxLength = 1000;

    private OutboxMessage() { } // EF Core

    public long Id { get; private init; }

    /// <summary>The idempotency key: unique here, and sent along.</summary>
    public string Key { get; private init; } = "";
    public OutboxKind Kind { get; private init; }
    public string To { get; private init; } = "";
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

    public static OutboxMessage Queue(
        OutboxKind kind,
        string key,
        string to,
        string subject,
        string body,
        DateTime nowUtc,
        Guid? clientId = null,
        long? ticketId = null
    )
    {
        RefusedException.ThrowIf(
            Refusals.ForText("To", to, AddressMaxLength)
                ?? Refusals.ForText("Subject", subject, SubjectMaxLength)
                ?? Refusals.ForText("Body", body, BodyMaxLength)
        );

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
        };
    }
}

public enum OutboxKind
{
    Email = 1,
}

public enum OutboxStatus
{
    Queued = 1,
    Sending = 2,
    Sent = 3,
    Failed = 4,
}
