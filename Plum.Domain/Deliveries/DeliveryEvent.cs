namespace Plum.Domain.Deliveries;

/// <summary>What a provider told of a delivery afterwards. Each is kept once, by the provider's id of it; the state follows from all of them.</summary>
public sealed class DeliveryEvent
{
    public const int EventIdMaxLength = 200;

    private DeliveryEvent() { } // EF Core

    public long Id { get; private init; }
    public long DeliveryId { get; private init; }

    /// <summary>The attempt that it speaks of.</summary>
    public int Number { get; private init; }
    public string Provider { get; private init; } = "";
    public string EventId { get; private init; } = "";
    public DeliveryEventKind Kind { get; private init; }
    public string RawStatus { get; private init; } = "";
    public DeliveryFault? Fault { get; private init; }
    public string? Code { get; private init; }
    public string? Words { get; private init; }

    /// <summary>By the provider's clock, where it gives a time; else when it was heard.</summary>
    public DateTime AtUtc { get; private init; }
    public DateTime HeardAtUtc { get; private init; }

    public static DeliveryEvent Of(long deliveryId, int number, string provider, ProviderNotice notice, DateTime heardAtUtc) =>
        new()
        {
            DeliveryId = deliveryId,
            Number = number,
            Provider = provider,
            EventId = notice.EventId,
            Kind = notice.Kind,
            RawStatus = Delivery.Cut(notice.RawStatus, DeliveryAttempt.RawStatusMaxLength)!,
            Fault = notice.Verdict?.Fault,
            Code = Delivery.Cut(notice.Code, Delivery.CodeMaxLength),
            Words = Delivery.Cut(notice.Words),
            // A clock that runs ahead must not have the last word for ever.
            AtUtc = notice.AtUtc is { } at && at < heardAtUtc ? at : heardAtUtc,
            HeardAtUtc = heardAtUtc,
        };
}

/// <summary>In the order in which they follow each other; see <see cref="DeliveryTruth"/>.</summary>
public enum DeliveryEventKind
{
    Accepted = 1,
    Sent = 2,

    /// <summary>The provider itself tries again.</summary>
    Deferred = 3,
    Delivered = 4,
    Opened = 5,
    Failed = 6,
}

/// <summary>A callback in our own words.</summary>
/// <param name="EventId">The provider's id of this event, or what makes it this one; the same again is the same event.</param>
/// <param name="Key">Our key, where it came back; see <see cref="DeliveryKey"/>.</param>
/// <param name="ProviderMessageId">The provider's id of the message.</param>
/// <param name="AtUtc">Null when the provider gives no time.</param>
public sealed record ProviderNotice(
    string EventId,
    string? Key,
    string? ProviderMessageId,
    DeliveryEventKind Kind,
    string RawStatus,
    Verdict? Verdict = null,
    string? Code = null,
    string? Words = null,
    DateTime? AtUtc = null
);

/// <summary>What the events come to, in whatever order they arrived.</summary>
public static class DeliveryTruth
{
    /// <summary>
    /// The last word on one attempt: what ended it beats what only led there; of two ends the later one by the provider's clock; at one instant the
    /// worse, since a bounce follows a delivery and never the reverse.
    /// </summary>
    /// <returns>Null when nothing says more than that the provider has it.</returns>
    public static DeliveryEvent? LastWord(IEnumerable<DeliveryEvent> events) =>
        events
            .Where(e => e.Kind is DeliveryEventKind.Delivered or DeliveryEventKind.Opened or DeliveryEventKind.Failed)
            .OrderBy(e => e.AtUtc)
            .ThenBy(e => e.Kind)
            .LastOrDefault();
}
