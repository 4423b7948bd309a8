using Plum.Domain.Orders;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

/// <summary>
/// Lives one ticket from its opening until now: what is said and done, by whom and when. Agents work in the client's hours, at a pace that is
/// spread around the promise, so that most targets are met and some are not. Whatever would happen after now has not happened.
/// </summary>
internal sealed partial class TicketLife(
    PlannedTicket ticket,
    WorkingCalendar calendar,
    SlaTerms terms,
    IReadOnlyList<PlannedPerson> agents,
    IReadOnlyList<PlannedPerson> seniors,
    DateTime nowUtc,
    Dice dice,
    int pacePercent
)
{
    private const string Refunds = "Refund confirmations";
    private const string Surveys = "Satisfaction survey";

    // In percent of the promised time.
    private static readonly int[] FirstResponsePace = [2, 8, 18, 40, 68, 92, 130, 380];
    private static readonly int[] ResolutionPace = [3, 12, 26, 52, 80, 97, 150, 420];

    private readonly TicketWords _words = new(ticket, dice, nowUtc);
    private DateTime _at = ticket.CreatedAtUtc;
    private PlannedPerson _agent = null!; // of Live

    public void Live(PlannedTicket? before)
    {
        _agent = dice.Pick(agents.Count > 0 ? agents : seniors);
        Open();
        if (before is not null && ticket.DuplicateOfId is not null && dice.Chance(500))
        {
            MergeInto(before);
            return;
        }

        var targets = terms.For(ticket.Severity);
        var first = Share(targets.FirstResponse ?? 480, FirstResponsePace);
        var budget = Math.Max(10, Share(targets.Resolution ?? 2880, ResolutionPace) - first);
        if (dice.Chance(25))
        {
            budget *= dice.Between(4, 8); // one in forty gets stuck
        }

        if (!Take(first) || !Treat(first, budget))
        {
            return;
        }

        AskForScore();
        if (ticket.Disposition == Dispositions.Resolved && dice.Chance(55))
        {
            Reopen();
        }
    }

    private int Share(int minutes, int[] pace) => Math.Max(1, (int)((long)minutes * dice.Spread(pace) * pacePercent / 10_000));

    private void Open()
    {
        var (subject, body) = _words.Opening();
        ticket.Subject = subject;
        (ticket.Disposition, ticket.Stage) = (ticket.Category.FirstDisposition, Stage.Intake);
        Happened(TicketEventKind.Opened, null, to: ticket.Disposition);
        Hears(body);
        if ((ticket.DuplicateOfId ?? ticket.RepeatOfId) is { } before)
        {
            var kind = ticket.DuplicateOfId is null ? "RepeatOf" : nameof(LinkKind.DuplicateOf);
            Happened(TicketEventKind.Linked, null, to: $"{kind} {TicketReference.Of(before)}");
        }

        if (ticket.Channel == IntakeChannel.ClientForm)
        {
            ticket.HandedOverAtUtc = _at;
            Happened(TicketEventKind.HandedOver, null);
        }
        else if (ticket.Channel is IntakeChannel.Email or IntakeChannel.Web)
        {
            ticket.Messages.Add(
                new PlannedMessage(
                    ticket.Id,
                    _at.AddSeconds(1),
                    MessageKind.Acknowledgement,
                    null,
                    "Plum",
                    _words.Fill(Phrases.Acknowledgement, null),
                    ticket.Channel
                )
            );
        }
    }

    /// <summary>Somebody takes it, and accepts what a client handed over.</summary>
    private bool Take(int firstResponse)
    {
        var opened = _at;
        if (!Works(Math.Max(1, firstResponse * dice.Between(5, 60) / 100)))
        {
            return false;
        }

        if (ticket.HandedOverAtUtc is not null)
        {
            (ticket.AcceptedAtUtc, ticket.AcceptedBy) = (_at, _agent);
            Happened(TicketEventKind.Accepted, _agent);
        }

        Owns(_agent, dice.Chance(300) ? "Take next" : null);
        if (dice.Chance(40) && ticket.Severity > Severity.P1)
        {
            var from = ticket.Severity--;
            Happened(TicketEventKind.SeverityChanged, _agent, from.ToString(), ticket.Severity.ToString(), "More urgent than it looked.");
        }

        var promised = calendar.Deadline(opened, firstResponse);
        if (promised >= nowUtc)
        {
            return false;
        }

        _at = promised > _at ? promised : _at;
        return true;
    }

    /// <summary>From the first response to a solution; false when that has not come yet.</summary>
    private bool Treat(int first, int budget)
    {
        var trouble = ticket.Category.Trouble;
        var order = ticket.Order;
        if (trouble is Trouble.Question or Trouble.SignIn && dice.Chance(750))
        {
            Says(Phrases.ShortAnswers);
            return Works(dice.Between(1, 3)) && Solve(null);
        }

        var asks = dice.Chance(trouble == Trouble.NotReceived ? 480 : 260);
        Says(asks ? Phrases.Questions : Phrases.FirstReplies);
        if (dice.Chance(420))
        {
            Notes(Phrases.Notes);
        }

        if (asks && (!HearsBack() || ticket.Stage == Stage.Final))
        {
            return ticket.Stage == Stage.Final;
        }

        if (dice.Chance(85) && !Escalates(budget / 5))
        {
            return false;
        }

        if (dice.Chance(70) && !HandsOver(budget / 6))
        {
            return false;
        }

        var isRejected =
            order is not null
            && (trouble is Trouble.DeclinedAtTill or Trouble.CodeInvalid)
            && (
                order.Reward.Supplier.Code == CatalogueOf.TroubledSupplier && _at > nowUtc.AddDays(-DemonstrationPlan.SpikeDays)
                || dice.Chance(280)
            );
        if (isRejected)
        {
            return Rejected(budget);
        }

        return trouble is Trouble.Cancellation or Trouble.ChargedTwice || order is not null && dice.Chance(70) ? Refund(budget)
            : trouble is Trouble.NotReceived or Trouble.WrongReward or Trouble.Damaged ? Resend(budget)
            : trouble is Trouble.Expired or Trouble.Fraud && dice.Chance(500) ? Decline(budget)
            : Repair(budget);
    }

    private bool Works(int minutes) => Reaches(calendar.Deadline(_at, Math.Max(1, minutes)));

    private bool Passes(int minutes) => Reaches(_at.AddMinutes(minutes));

    private bool Reaches(DateTime then)
    {
        if (then >= nowUtc)
        {
            return false;
        }

        _at = then;
        return true;
    }

    private void Happened(
        TicketEventKind kind,
        PlannedPerson? who,
        string? from = null,
        string? to = null,
        string? note = null,
        string? job = null
    )
    {
        var name = who?.Name ?? job ?? ticket.Recipient?.Name ?? ticket.Client.Name;
        ticket.Events.Add(new PlannedEvent(ticket.Id, _at, kind, who?.Id, name, from, to, note));
        ticket.UpdatedAtUtc = _at;
        ticket.Version++;
    }

    private void Hears(string body)
    {
        ticket.Messages.Add(
            new PlannedMessage(
                ticket.Id,
                _at,
                MessageKind.Incoming,
                null,
                ticket.Recipient?.Name ?? ticket.Client.Name,
                body,
                ticket.Channel
            )
        );
        Happened(TicketEventKind.Messaged, null, to: ticket.Channel.ToString());
    }

    private void Says(string[] phrases)
    {
        ticket.Messages.Add(
            new PlannedMessage(ticket.Id, _at, MessageKind.Reply, _agent.Id, _agent.Name, _words.Say(phrases, _agent), ticket.Channel)
        );
        Happened(TicketEventKind.Replied, _agent);
        ticket.FirstRespondedAtUtc ??= _at;
    }

    private void Notes(string[] phrases)
    {
        ticket.Messages.Add(
            new PlannedMessage(ticket.Id, _at, MessageKind.Note, _agent.Id, _agent.Name, _words.Say(phrases, _agent), ticket.Channel)
        );
        Happened(TicketEventKind.Noted, _agent);
    }

    private void Owns(PlannedPerson person, string? note)
    {
        Happened(TicketEventKind.OwnerChanged, person, ticket.Owner?.Id.ToString(), person.Id.ToString(), note);
        ticket.Owner = _agent = person;
    }

    private void WaitsOn(WaitingOn on)
    {
        if (ticket.WaitingOn != on)
        {
            Happened(TicketEventKind.WaitingChanged, _agent, ticket.WaitingOn.ToString(), on.ToString());
            ticket.WaitingOn = on;
        }
    }

    private void Moves(string to, Stage stage, string? note = null, string? job = null)
    {
        Happened(TicketEventKind.Moved, job is null ? _agent : null, ticket.Disposition, to, note, job);
        (ticket.Disposition, ticket.Stage) = (to, stage);
        if (stage == Stage.Final)
        {
            ticket.FirstResolvedAtUtc ??= _at;
            (ticket.ResolvedAtUtc, ticket.WaitingOn) = (_at, WaitingOn.Nobody);
        }
    }

    private void OnTheOrder(OrderStatus status, string what, string? note = null)
    {
        if (ticket.Order is { } order)
        {
            ticket.Aftermath.Add(new PlannedOrderEvent(order.Id, _at, status, what, _agent.Name, note ?? TicketReference.Of(ticket.Id)));
        }
    }
}
