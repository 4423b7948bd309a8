using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>A message in the embedded outbox: what a real provider would have taken, as its recipient would see it.</summary>
public sealed class SandboxMessage
{
    private SandboxMessage() { } // EF Core

    public long Id { get; private init; }

    /// <summary>The same key twice is one message.</summary>
    public string Key { get; private init; } = "";
    public long DeliveryId { get; private init; }
    public Guid ClientId { get; private init; }
    public DeliveryChannel Channel { get; private init; }
    public string To { get; private init; } = "";
    public string? Language { get; private init; }
    public string Subject { get; private init; } = "";
    public string Text { get; private init; } = "";
    public string? Html { get; private init; }

    /// <summary>The template of WhatsApp and what filled it, in one line.</summary>
    public string? Template { get; private init; }
    public DateTime TakenAtUtc { get; private init; }

    /// <summary>The code with which it was refused; null when it was taken.</summary>
    public string? Code { get; private init; }
}

/// <summary>A callback of the sandbox that is still to come.</summary>
public sealed class SandboxCallback
{
    private SandboxCallback() { } // EF Core

    public long Id { get; private init; }
    public string Key { get; private init; } = "";
    public string EventId { get; private init; } = "";
    public DeliveryEventKind Kind { get; private init; }
    public string? Code { get; private init; }
    public DateTime AtUtc { get; private init; }
    public DateTime DueAtUtc { get; private init; }

    public static SandboxCallback Of(string key, string eventId, DeliveryEventKind kind, string? code, DateTime atUtc, DateTime dueAtUtc) =>
        new()
        {
            Key = key,
            EventId = eventId,
            Kind = kind,
            Code = code,
            AtUtc = atUtc,
            DueAtUtc = dueAtUtc,
        };
}

/// <summary>How the sandbox treats the messages of one channel.</summary>
public sealed class SandboxDeliveryRule : IVersioned
{
    public const int MostDelaySeconds = 3600;

    private SandboxDeliveryRule() { } // EF Core

    public DeliveryChannel Channel { get; private init; }
    public SandboxManner Manner { get; private set; } = SandboxManner.Deliver;

    /// <summary>With which of the provider's codes it refuses or fails: of mail an enhanced status, else Twilio's.</summary>
    public string? Code { get; private set; }
    public int DelaySeconds { get; private set; }
    public int Version { get; private set; }

    public static SandboxDeliveryRule Usual(DeliveryChannel channel) => new() { Channel = channel };

    public void Change(SandboxManner manner, string? code, int delaySeconds)
    {
        RefusedException.ThrowIf(CannotBe(manner, code, delaySeconds));
        (Manner, Code, DelaySeconds) = (manner, string.IsNullOrWhiteSpace(code) ? null : code.Trim(), delaySeconds);
    }

    public static Refusal? CannotBe(SandboxManner manner, string? code, int delaySeconds) =>
        !Enum.IsDefined(manner) ? new Refusal("sandbox-delivery.manner", "Choose what the sandbox does.", "Manner")
        : NeedsCode(manner) && string.IsNullOrWhiteSpace(code)
            ? new Refusal("sandbox-delivery.code", "Give the code with which it fails, such as 5.1.1 or 30005.", "Code")
        : code?.Trim().Length > Delivery.CodeMaxLength ? new Refusal("sandbox-delivery.code-long", "That is no provider's code.", "Code")
        : delaySeconds is < 0 or > MostDelaySeconds
            ? new Refusal("sandbox-delivery.delay", $"Give whole seconds from 0 to {MostDelaySeconds}.", "DelaySeconds")
        : null;

    public static bool NeedsCode(SandboxManner manner) =>
        manner
            is SandboxManner.RefuseAll
                or SandboxManner.RefuseEverySecond
                or SandboxManner.FailAfterwards
                or SandboxManner.BounceAfterDelivery;
}

public enum SandboxManner
{
    /// <summary>Takes each and delivers it at once.</summary>
    Deliver = 1,

    /// <summary>Takes each, and tells of the delivery by a callback, the delay later.</summary>
    DeliverLate = 2,
    RefuseAll = 3,
    RefuseEverySecond = 4,

    /// <summary>Takes each, and tells by a callback that it failed.</summary>
    FailAfterwards = 5,

    /// <summary>Tells of the delivery twice.</summary>
    TellTwice = 6,

    /// <summary>Tells of the delivery first and of the sending afterwards.</summary>
    TellOutOfOrder = 7,

    /// <summary>Delivers, and then bounces.</summary>
    BounceAfterDelivery = 8,

    /// <summary>Takes each, and its answer is lost.</summary>
    LoseAnswer = 9,
}
