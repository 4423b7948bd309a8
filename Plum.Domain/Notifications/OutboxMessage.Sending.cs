using Plum.Domain.Shared;

namespace Plum.Domain.Notifications;

/// <summary>From queued to sent, or to a person. A claim is a compare-and-set in the database and so is not made here.</summary>
public sealed partial class OutboxMessage
{
    /// <summary>A claim older than this was left by a process that died.</summary>
    public static readonly TimeSpan ClaimLifetime = TimeSpan.FromMinutes(5);

    public void Record(MailOutcome outcome, DateTime nowUtc, double jitter)
    {
        if (Status != OutboxStatus.Sending)
        {
            throw new InvalidOperationException($"Message {Id} is {Status}, not being sent.");
        }

        switch (outcome)
        {
            case MailOutcome.Taken taken:
                (Status, SentAtUtc, Receipt, Error, Fault) = (OutboxStatus.Sent, nowUtc, Cut(taken.Receipt, ReceiptMaxLength), null, null);
                break;
            case MailOutcome.Refused refused:
                (Error, Fault) = (Cut(refused.Reason, ErrorMaxLength), refused.Fault);
                if (RetryPlan.Wait(refused.Fault, Attempts, jitter) is { } wait)
                {
                    (Status, NextAttemptAtUtc) = (OutboxStatus.Queued, nowUtc + wait);
                }
                else
                {
                    Status = OutboxStatus.Failed;
                }

                break;
            case MailOutcome.Unknown unknown:
                (Status, Error, Fault) = (OutboxStatus.Unknown, Cut(unknown.Reason, ErrorMaxLength), MailFault.Unknown);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null);
        }
    }

    public Refusal? CannotResend() =>
        Status is OutboxStatus.Failed or OutboxStatus.Unknown
            ? null
            : new Refusal("outbox.not-failed", "Only a message that failed can be sent again.");

    /// <summary>Once more from the start, under the same key, to a corrected address if one is given.</summary>
    public void Resend(string? to, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotResend() ?? (to is null ? null : CannotQueue(Key, to, Subject, Body)));

        (Status, Attempts, NextAttemptAtUtc, Fault) = (OutboxStatus.Queued, 0, nowUtc, null);
        To = to?.Trim() ?? To;
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
