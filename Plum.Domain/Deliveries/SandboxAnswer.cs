using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>What the sandbox does with one message.</summary>
/// <param name="Code">With which it was refused.</param>
/// <param name="Later">The callbacks that will follow.</param>
/// <param name="IsNew">False of a key that it has taken before.</param>
public sealed record SandboxAnswer(SendOutcome Outcome, string? Code, IReadOnlyList<SandboxCallback> Later, bool IsNew = true)
{
    public static SandboxAnswer Of(SandboxDeliveryRule rule, OutgoingMessage message, DateTime nowUtc)
    {
        if (SandboxAddresses.CodeOf(message.Channel, message.To) is { } nowhere)
        {
            return Refuse(nowhere, message);
        }

        var due = nowUtc.AddSeconds(rule.DelaySeconds);
        return rule.Manner switch
        {
            SandboxManner.RefuseAll => Refuse(rule.Code, message),
            SandboxManner.RefuseEverySecond when message.DeliveryId % 2 == 0 && DeliveryKey.Parse(message.Key) is not { Attempt: > 1 } =>
                Refuse(rule.Code, message),
            SandboxManner.DeliverLate => Take(Tell("delivered", DeliveryEventKind.Delivered, due)),
            SandboxManner.FailAfterwards => Take(Tell("failed", DeliveryEventKind.Failed, due, rule.Code)),
            SandboxManner.TellTwice => Take(
                Tell("delivered", DeliveryEventKind.Delivered, due),
                Tell("delivered", DeliveryEventKind.Delivered, due.AddSeconds(1))
            ),
            SandboxManner.TellOutOfOrder => Take(
                Tell("delivered", DeliveryEventKind.Delivered, due, at: nowUtc.AddMilliseconds(2)),
                Tell("sent", DeliveryEventKind.Sent, due.AddSeconds(1), at: nowUtc.AddMilliseconds(1))
            ),
            SandboxManner.BounceAfterDelivery => Take(
                Tell("delivered", DeliveryEventKind.Delivered, nowUtc),
                Tell("bounced", DeliveryEventKind.Failed, due.AddSeconds(1), rule.Code)
            ),
            SandboxManner.LoseAnswer => new SandboxAnswer(new SendOutcome.InDoubt("The sandbox lost its answer."), null, []),
            _ => new SandboxAnswer(new SendOutcome.Taken(ProviderMessageId: null, "delivered", IsDelivered: true), null, []),
        };

        SandboxAnswer Take(params SandboxCallback[] later) => new(new SendOutcome.Taken(ProviderMessageId: null, "accepted"), null, later);

        SandboxCallback Tell(string what, DeliveryEventKind kind, DateTime dueAtUtc, string? code = null, DateTime? at = null) =>
            SandboxCallback.Of(message.Key, $"{message.Key}:{what}", kind, code, at ?? dueAtUtc, dueAtUtc);
    }

    /// <summary>The same key a second time: the same answer, and no second message.</summary>
    public static SandboxAnswer Again(string? code, OutgoingMessage message) =>
        (
            code is null
                ? new SandboxAnswer(new SendOutcome.Taken(ProviderMessageId: null, "delivered", IsDelivered: true), null, [])
                : Refuse(code, message)
        ) with
        {
            IsNew = false,
        };

    public static Verdict VerdictOf(DeliveryChannel channel, string? code) =>
        channel == DeliveryChannel.Email ? SmtpCodes.OfText(code)
        : WhatsAppCodes.Of(code) is { Fault: not DeliveryFault.Unknown } known && channel == DeliveryChannel.WhatsApp ? known
        : TwilioCodes.Of(code);

    private static SandboxAnswer Refuse(string? code, OutgoingMessage message) =>
        new(
            new SendOutcome.Refused(
                VerdictOf(message.Channel, code),
                code ?? "sandbox",
                $"The sandbox refused it with {code}, as it was told to."
            ),
            code,
            []
        );
}
