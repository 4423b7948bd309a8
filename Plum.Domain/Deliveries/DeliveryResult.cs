namespace Plum.Domain.Deliveries;

/// <summary>Where one try leaves its delivery. Equal ones are written together.</summary>
/// <param name="TriesGivenBack">1 where the try does not count: it was not begun, or our own side was at fault.</param>
public sealed record DeliveryResult(
    DeliveryState State,
    DateTime DueAtUtc,
    int TriesGivenBack = 0,
    DeliveryFault? Fault = null,
    string? Code = null,
    string? Words = null
)
{
    /// <summary>Until the same key is asked for again, by a provider that honours it.</summary>
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(30);

    private const string DoubtWords = "The answer was lost. The message may have left: look at the provider before it is sent again.";

    /// <param name="outcome">Null when it was not begun.</param>
    public static DeliveryResult Of(int tries, SendOutcome? outcome, bool honoursKeys, double jitter, DateTime nowUtc) =>
        outcome switch
        {
            null => new DeliveryResult(DeliveryState.Queued, nowUtc, TriesGivenBack: 1),
            SendOutcome.Taken taken => new DeliveryResult(taken.IsDelivered ? DeliveryState.Delivered : DeliveryState.Sent, nowUtc),
            SendOutcome.Refused { Verdict.Fault: DeliveryFault.Sender } refused => Failing(DeliveryState.Queued, nowUtc, refused) with
            {
                TriesGivenBack = 1,
            },
            SendOutcome.Refused refused => RetryWaits.After(refused.Verdict, tries, jitter, refused.RetryAfter) is { } wait
                ? Failing(DeliveryState.Queued, nowUtc + wait, refused)
                : Failing(DeliveryState.Failed, nowUtc, refused),
            SendOutcome.InDoubt doubt when honoursKeys && tries < RetryWaits.MaxTries => new DeliveryResult(
                DeliveryState.Sending,
                nowUtc + RepeatAfter,
                Fault: DeliveryFault.InDoubt,
                Words: Delivery.Cut(doubt.Words)
            ),
            SendOutcome.InDoubt doubt => new DeliveryResult(
                DeliveryState.Failed,
                nowUtc,
                Fault: DeliveryFault.InDoubt,
                Words: Delivery.Cut($"{DoubtWords} {doubt.Words}")
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
        };

    private static DeliveryResult Failing(DeliveryState state, DateTime dueAtUtc, SendOutcome.Refused refused) =>
        new(
            state,
            dueAtUtc,
            Fault: refused.Verdict.Fault,
            Code: Delivery.Cut(refused.Code, Delivery.CodeMaxLength),
            Words: Delivery.Cut(refused.Words)
        );
}

/// <summary>How one attempt ended.</summary>
public sealed record AttemptEnd(
    AttemptOutcome Outcome,
    string? ProviderMessageId = null,
    string? RawStatus = null,
    string? Code = null,
    string? Words = null
)
{
    public static AttemptEnd Of(SendOutcome? outcome) =>
        outcome switch
        {
            SendOutcome.Taken taken => new AttemptEnd(
                AttemptOutcome.Taken,
                Delivery.Cut(taken.ProviderMessageId, DeliveryAttempt.ProviderMessageIdMaxLength),
                Delivery.Cut(taken.RawStatus, DeliveryAttempt.RawStatusMaxLength)
            ),
            SendOutcome.Refused refused => new AttemptEnd(
                AttemptOutcome.Refused,
                Code: Delivery.Cut(refused.Code, Delivery.CodeMaxLength),
                Words: Delivery.Cut(refused.Words)
            ),
            SendOutcome.InDoubt doubt => new AttemptEnd(AttemptOutcome.InDoubt, Words: Delivery.Cut(doubt.Words)),
            _ => new AttemptEnd(AttemptOutcome.Refused, Words: "Not begun: the sender was stopped."),
        };
}
