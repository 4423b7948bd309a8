using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>Reopening, merging, repeats and the recipient's judgement.</summary>
public sealed partial class Ticket
{
    /// <summary>What no person may do by hand: the confirmed refund closes the ticket, whatever it is at.</summary>
    /// <param name="to">The disposition that says so.</param>
    public void ConfirmRefund(Disposition to, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotWork());
        if (to.Code != Dispositions.RefundProcessed)
        {
            throw new ArgumentException($"{to.Code} is not what a confirmed refund sets.", nameof(to));
        }

        (Disposition, Stage, UpdatedAtUtc) = (to.Code, to.Stage, nowUtc);
        FirstResolvedAtUtc ??= nowUtc;
        (ResolvedAtUtc, WaitingOn) = (nowUtc, WaitingOn.Nobody);
    }

    /// <param name="windowDays">The client's own.</param>
    public Refusal? CannotReopen(Disposition to, int windowDays, DateTime nowUtc) =>
        CannotChange()
        ?? (IsOpen ? new Refusal("ticket.open", "The ticket is open already.") : null)
        ?? (
            nowUtc > ResolvedAtUtc!.Value.AddDays(windowDays)
                ? new Refusal(
                    "ticket.reopen-late",
                    $"It was closed more than {windowDays} days ago. Open a new ticket that follows this one."
                )
                : null
        )
        ?? (
            to.Stage == Stage.Final || !to.IsActive
                ? new Refusal("ticket.reopen-to", $"A ticket cannot be reopened as {to.Label}. Choose an open disposition.", "Disposition")
                : null
        );

    public void Reopen(Disposition to, int windowDays, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotReopen(to, windowDays, nowUtc));

        (Disposition, Stage, ResolvedAtUtc) = (to.Code, to.Stage, null);
        (ReopenedAtUtc, UpdatedAtUtc) = (nowUtc, nowUtc);
        ReopenCount++;
    }

    public Refusal? CannotMergeInto(Ticket target) =>
        CannotChange()
        ?? target.CannotChange()
        ?? (target.Id == Id ? new Refusal("ticket.merge-self", "A ticket cannot be merged into itself.", "Into") : null)
        ?? (
            target.ClientId != ClientId
                ? new Refusal("ticket.merge-clients", "The two tickets belong to different clients. Link nothing across clients.", "Into")
                : null
        )
        ?? (
            IsOpen && !target.IsOpen
                ? new Refusal(
                    "ticket.merge-into-final",
                    $"{TicketReference.Of(target.Id)} is closed. Reopen it before you merge an open ticket into it.",
                    "Into"
                )
                : null
        );

    /// <summary>Ends the ticket in favour of <paramref name="target"/>; it counts in no figure from now on.</summary>
    /// <param name="final">The disposition that it gets if it was still open.</param>
    public void MergeInto(Ticket target, Disposition final, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotMergeInto(target));

        MergedIntoId = target.Id;
        UpdatedAtUtc = nowUtc;
        if (IsOpen)
        {
            (Disposition, Stage, WaitingOn) = (final.Code, Stage.Final, WaitingOn.Nobody);
            FirstResolvedAtUtc ??= nowUtc;
            ResolvedAtUtc = nowUtc;
        }

        target.UpdatedAtUtc = nowUtc;
    }

    public Refusal? CannotRate(int score) =>
        CannotChange()
        ?? (score is < 1 or > 5 ? new Refusal("ticket.csat-range", "The rating is a whole number from 1 to 5.", "Score") : null)
        ?? (FirstResolvedAtUtc is null ? new Refusal("ticket.csat-early", "A rating is recorded once the ticket has been resolved.") : null)
        ?? (CsatScore is not null ? new Refusal("ticket.csat-given", "The recipient's rating is recorded already.") : null);

    /// <param name="score">1 (worst) to 5, as the recipient gave it.</param>
    public void Rate(int score, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRate(score));
        (CsatScore, CsatAtUtc, UpdatedAtUtc) = (score, nowUtc, nowUtc);
        CsatAskedAtUtc ??= nowUtc;
    }

    /// <summary>What recognition at opening, or a person, found it to be; at most one of the two is kept.</summary>
    public void Recognise(long? duplicateOfId, long? repeatOfId)
    {
        DuplicateOfId = duplicateOfId;
        RepeatOfId = duplicateOfId is null ? repeatOfId : null;
    }
}
