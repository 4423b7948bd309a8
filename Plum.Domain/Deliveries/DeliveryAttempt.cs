using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>One call to a provider: stored with its key before it is made.</summary>
public sealed class DeliveryAttempt
{
    public const int ProviderMessageIdMaxLength = 200;
    public const int RawStatusMaxLength = 100;

    private DeliveryAttempt() { } // EF Core

    public long DeliveryId { get; private init; }

    /// <summary>From 1. Together with the delivery it is the key; see <see cref="DeliveryKey"/>.</summary>
    public int Number { get; private init; }
    public string Provider { get; private init; } = "";
    public DeliveryChannel Channel { get; private init; }
    public string Address { get; private init; } = "";
    public DateTime StartedAtUtc { get; private init; }
    public DateTime? EndedAtUtc { get; private set; }
    public AttemptOutcome Outcome { get; private set; }
    public string? ProviderMessageId { get; private set; }
    public string? RawStatus { get; private set; }
    public string? Code { get; private set; }
    public string? Words { get; private set; }

    public string Key => DeliveryKey.Of(DeliveryId, Number);
}

public enum AttemptOutcome
{
    /// <summary>The call is being made, or its process died in the middle.</summary>
    Open = 1,
    Taken = 2,
    Refused = 3,

    /// <summary>The answer was lost.</summary>
    InDoubt = 4,
}
