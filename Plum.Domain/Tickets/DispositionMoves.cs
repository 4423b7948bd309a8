using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>Which disposition may follow which: decided by stage, and the one that only a confirmed refund may set.</summary>
public static class DispositionMoves
{
    /// <summary>Why a person may not move a ticket so; null when they may.</summary>
    /// <remarks>Reopening is a move out of Final and has its own command, with a reason and a window.</remarks>
    public static Refusal? CannotMove(Disposition from, Disposition to)
    {
        if (from.Code == to.Code)
        {
            return new Refusal("ticket.same-disposition", $"The ticket is {from.Label} already.");
        }

        if (!to.IsActive)
        {
            return new Refusal("ticket.disposition-inactive", $"{to.Label} is no longer in use.");
        }

        if (from.Stage == Stage.Final)
        {
            return TicketRefusals.Final;
        }

        if (to.Code == Dispositions.RefundProcessed)
        {
            return new Refusal("ticket.refund-by-hand", "Refund processed is set by the confirmed refund, never by hand.");
        }

        return (from.Stage, to.Stage) switch
        {
            (Stage.Intake, Stage.InProgress or Stage.Final) or (Stage.InProgress, Stage.InProgress or Stage.Final) => null,
            (Stage.Intake, Stage.Intake) => null, // a wrong label given at intake
            _ => new Refusal("ticket.backwards", $"A ticket does not go back from {from.Label} to {to.Label}."),
        };
    }
}
