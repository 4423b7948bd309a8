using Plum.Domain.Orders;
using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

/// <summary>The ways in which a ticket goes on and ends. Each returns false when now came first.</summary>
internal sealed partial class TicketLife
{
    // Minutes by the wall clock until people answer, and working minutes until a supplier does.
    private static readonly int[] AnswerTimes = [4, 25, 70, 260, 1100, 2900, 5800, 9000];
    private static readonly int[] SupplierTimes = [30, 120, 360, 900, 2100, 4200, 6300, 9000];
    private static readonly int[] Scores = [5, 6, 13, 34, 42];
    private static readonly int[] ScoresOfTheLate = [22, 19, 22, 22, 15];

    private bool HearsBack()
    {
        WaitsOn(WaitingOn.Recipient);
        if (dice.Chance(110))
        {
            // Never answers: asked once more, then closed.
            if (!Works(1200))
            {
                return false;
            }

            Says(Phrases.Questions);
            return Works(1200) && Solve("No answer from the recipient to two questions.");
        }

        if (!Passes(dice.Spread(AnswerTimes) * pacePercent / 100))
        {
            return false;
        }

        Hears(_words.Say(Phrases.RecipientAnswers));
        WaitsOn(WaitingOn.Nobody);
        if (!Works(dice.Between(10, 90)))
        {
            return false;
        }

        Says(Phrases.Updates);
        return true;
    }

    private bool Escalates(int minutes)
    {
        if (!Works(minutes))
        {
            return false;
        }

        if (ticket.Level == SupportLevel.L3)
        {
            return true;
        }

        var (from, to, by, reason) = (ticket.Level, ticket.Level + 1, _agent, _words.Say(Phrases.EscalationNotes));
        var raisedAt = _at;
        Happened(TicketEventKind.Escalated, by, from.ToString(), to.ToString(), reason);
        Happened(TicketEventKind.OwnerChanged, by, ticket.Owner?.Id.ToString());
        (ticket.Level, ticket.Owner) = (to, null);
        var isTakenUp = Works(dice.Between(5, 120));
        ticket.Escalations.Add(new PlannedEscalation(ticket.Id, ticket.Client.Id, from, to, reason, raisedAt, by, isTakenUp ? _at : null));
        if (!isTakenUp)
        {
            return false;
        }

        Owns(dice.Pick(seniors), null);
        return true;
    }

    private bool HandsOver(int minutes)
    {
        if (!Works(minutes))
        {
            return false;
        }

        Owns(dice.Pick(agents.Count > 0 ? agents : seniors), _words.Say(Phrases.HandoverNotes));
        return true;
    }

    private bool Rejected(int budget)
    {
        if (!Works(budget / 6))
        {
            return false;
        }

        Moves(Dispositions.VendorRejection, Stage.InProgress, "Declined by the issuer.");
        Notes(Phrases.SupplierNotes);
        OnTheOrder(OrderStatus.Rejected, "Rejected by the supplier");
        WaitsOn(WaitingOn.Supplier);
        var answer = dice.Spread(SupplierTimes) * pacePercent / 100;
        if (answer > 1500 && !Chased(answer / 2))
        {
            return false;
        }

        if (!Works(answer))
        {
            return false;
        }

        WaitsOn(WaitingOn.Nobody);
        if (dice.Chance(300))
        {
            return Refund(budget / 2);
        }

        OnTheOrder(OrderStatus.Delivered, "Activated by the supplier");
        if (!Works(Math.Max(5, budget / 4)))
        {
            return false;
        }

        Says(Phrases.Fixed);
        return Works(dice.Between(2, 30)) && Solve(null);
    }

    /// <summary>The recipient asks again; somebody answers.</summary>
    private bool Chased(int afterMinutes)
    {
        if (!Works(afterMinutes))
        {
            return false;
        }

        if (dice.Chance(600))
        {
            Hears(_words.Say(Phrases.Chasers));
            if (!Works(Share(terms.For(ticket.Severity).NextResponse ?? 480, FirstResponsePace)))
            {
                return false;
            }
        }

        Says(Phrases.Updates);
        return true;
    }

    private bool Refund(int budget)
    {
        if (!Works(budget / 3))
        {
            return false;
        }

        if (ticket.Disposition != Dispositions.CancellationRequested)
        {
            Moves(Dispositions.CancellationRequested, Stage.InProgress);
        }

        OnTheOrder(OrderStatus.Cancelled, "Cancelled");
        if (!Works(budget / 3))
        {
            return false;
        }

        Says(Phrases.RefundsAsked);
        Moves(Dispositions.RefundPending, Stage.InProgress, "Refund asked for.");
        if (!Works(Math.Max(60, budget / 2)))
        {
            return false;
        }

        OnTheOrder(OrderStatus.Refunded, "Refunded");
        Moves(Dispositions.RefundProcessed, Stage.Final, job: Refunds);
        Says(Phrases.RefundsDone);
        return true;
    }

    private bool Resend(int budget)
    {
        if (budget > 600 && dice.Chance(350) && !Chased(budget / 2) || !Works(budget / 2))
        {
            return false;
        }

        Says(Phrases.Resent);
        OnTheOrder(OrderStatus.Delivered, "Sent again");
        return Thanked() && Solve(null);
    }

    private bool Repair(int budget)
    {
        if (budget > 600 && dice.Chance(300) && !Chased(budget / 2) || !Works(budget / 2))
        {
            return false;
        }

        Says(Phrases.Fixed);
        return Thanked() && Solve(null);
    }

    private bool Decline(int budget)
    {
        if (!Works(budget))
        {
            return false;
        }

        Says(Phrases.Declined);
        return Works(dice.Between(1, 20)) && Solve("Within the terms: explained.");
    }

    /// <summary>One in six confirms before the agent closes.</summary>
    private bool Thanked()
    {
        if (!dice.Chance(160))
        {
            return Works(dice.Between(2, 40));
        }

        if (!Passes(dice.Spread(AnswerTimes) / 4))
        {
            return false;
        }

        Hears(_words.Say(Phrases.Thanks, _agent));
        return Works(dice.Between(5, 60));
    }

    private bool Solve(string? note)
    {
        Moves(Dispositions.Resolved, Stage.Final, note);
        return true;
    }

    private void AskForScore()
    {
        var resolved = _at;
        if (ticket.Recipient is null || !dice.Chance(700) || !Reaches(resolved.AddMinutes(5)))
        {
            return;
        }

        ticket.CsatAskedAtUtc = _at;
        Happened(TicketEventKind.CsatAsked, null, job: Surveys);
        if (dice.Chance(320) && Passes(dice.Spread(AnswerTimes)))
        {
            var promised = calendar.Deadline(ticket.CreatedAtUtc, terms.For(ticket.Severity).Resolution ?? 2880);
            ticket.CsatScore = dice.Weighted(resolved > promised ? ScoresOfTheLate : Scores) + 1;
            ticket.CsatAtUtc = _at;
            Happened(
                TicketEventKind.CsatGiven,
                null,
                to: ticket.CsatScore.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
        }

        _at = resolved > _at ? resolved : _at;
    }

    private void Reopen()
    {
        if (!Passes(dice.Spread([120, 400, 1200, 2900, 7000, 11000, 15000, 19000])))
        {
            return;
        }

        Hears(_words.Say(Phrases.Reopenings));
        if (!Works(dice.Between(10, 240)))
        {
            return;
        }

        Happened(TicketEventKind.Reopened, _agent, ticket.Disposition, ticket.Category.FirstDisposition, "The recipient came back.");
        (ticket.Disposition, ticket.Stage) = (ticket.Category.FirstDisposition, Stage.Intake);
        (ticket.ResolvedAtUtc, ticket.ReopenedAtUtc) = (null, _at);
        ticket.ReopenCount++;
        var budget = Share(terms.For(ticket.Severity).Resolution ?? 2880, FirstResponsePace);
        _ = Works(Math.Max(5, budget / 3)) && (dice.Chance(250) && ticket.Order is not null ? Refund(budget) : Repair(budget));
    }

    private void MergeInto(PlannedTicket before)
    {
        if (!Works(dice.Between(20, 400)))
        {
            return;
        }

        if (before.ResolvedAtUtc <= _at || before.ReopenCount > 0)
        {
            Says(Phrases.Updates); // too late to merge: answered and closed by itself
            _ = Works(30) && Solve("Answered in the earlier ticket.");
            return;
        }

        Owns(_agent, null);
        const string Note = "The same complaint.";
        Happened(TicketEventKind.Merged, _agent, ticket.Disposition, TicketReference.Of(before.Id), Note);
        ticket.Events.Add(
            new PlannedEvent(before.Id, _at, TicketEventKind.MergedFrom, _agent.Id, _agent.Name, TicketReference.Of(ticket.Id), Note: Note)
        );
        ticket.MergedIntoId = before.Id;
        (ticket.Disposition, ticket.Stage) = (Dispositions.Resolved, Stage.Final);
        (ticket.FirstResolvedAtUtc, ticket.ResolvedAtUtc) = (_at, _at);
    }
}
