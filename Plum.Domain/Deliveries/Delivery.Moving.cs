using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>What becomes of a delivery. A claim is a compare-and-set in the database and so is not made here.</summary>
public sealed partial class Delivery
{
    /// <summary>A claim older than this was left by a process that died.</summary>
    public static readonly TimeSpan ClaimLifetime = TimeSpan.FromMinutes(10);

    public string Key => DeliveryKey.Of(Id, Attempts);

    /// <summary>Why it cannot come into <paramref name="next"/>; null when it can.</summary>
    public Refusal? CannotMove(DeliveryState next) =>
        DeliveryMoves.May(State, next) ? null : new Refusal("delivery.move", $"A delivery that is {State} does not become {next}.");

    public Refusal? CannotResend() => State == DeliveryState.Failed ? null : DeliveryRefusals.NotFailed;

    /// <summary>Once more from the start, to a corrected address if one is given: the same order, the same reward, a new attempt.</summary>
    public void Resend(string? address, DateTime nowUtc)
    {
        RefusedException.ThrowIf(
            CannotResend() ?? (address is null ? null : DeliveryRefusals.ForAddress(Channel, address)) ?? CannotMove(DeliveryState.Queued)
        );

        Address = address is null ? Address : DeliveryRefusals.Neat(Channel, address);
        (State, DueAtUtc, Tries) = (DeliveryState.Queued, nowUtc, 0);
        (Fault, Code, Words, FailedAtUtc) = (null, null, null, null);
    }

    /// <summary>It certainly did not arrive, and is tried again by itself.</summary>
    public void Postpone(DateTime dueAtUtc)
    {
        RefusedException.ThrowIf(CannotMove(DeliveryState.Queued));

        (State, DueAtUtc, Claim) = (DeliveryState.Queued, dueAtUtc, null);
    }

    /// <summary>The ticket that it has become.</summary>
    public void Attach(long ticketId) => TicketId = ticketId;

    /// <summary>Its order was cancelled, or another delivery takes its place.</summary>
    public void Withdraw(string why)
    {
        RefusedException.ThrowIf(CannotMove(DeliveryState.Withdrawn));

        (State, Claim, Words) = (DeliveryState.Withdrawn, null, Cut(why));
    }

    public void Deliver(DateTime atUtc)
    {
        RefusedException.ThrowIf(CannotMove(DeliveryState.Delivered));

        (State, DeliveredAtUtc, SentAtUtc, Claim) = (DeliveryState.Delivered, atUtc, SentAtUtc ?? atUtc, null);
        (Fault, Code, Words, FailedAtUtc) = (null, null, null, null);
    }

    /// <summary>The provider has it after all, as a callback tells.</summary>
    public void Send(DateTime atUtc)
    {
        RefusedException.ThrowIf(CannotMove(DeliveryState.Sent));

        (State, SentAtUtc, Claim) = (DeliveryState.Sent, SentAtUtc ?? atUtc, null);
        (Fault, Code, Words, FailedAtUtc) = (null, null, null, null);
    }

    public void Fail(DeliveryFault fault, string? code, string? words, DateTime atUtc)
    {
        RefusedException.ThrowIf(CannotMove(DeliveryState.Failed));

        (State, Fault, Claim, FailedAtUtc) = (DeliveryState.Failed, fault, null, atUtc);
        (Code, Words) = (Cut(code, CodeMaxLength), Cut(words));
    }

    /// <summary>The recipient has opened the reward: so it has arrived.</summary>
    public void Open(DateTime nowUtc)
    {
        OpenedAtUtc ??= nowUtc;
        if (State != DeliveryState.Delivered && CannotMove(DeliveryState.Delivered) is null)
        {
            Deliver(nowUtc);
        }
    }

    internal static string? Cut(string? text, int length = WordsMaxLength) => text?.Length > length ? text[..length] : text;
}
