using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

/// <summary>Which complaint comes next: about an order that went wrong, again about the same thing, or about nothing in particular.</summary>
internal sealed class TicketPlan(DemonstrationPlan plan, OrderPlan orders)
{
    private const int MaxWaiting = 4_000;

    private static readonly int[] ChannelWeights = [38, 14, 26, 8, 3, 9, 0, 0, 0, 2]; // by IntakeChannel, from Email

    private static readonly Trouble[] WithoutOrder = [Trouble.PointsMissing, Trouble.SignIn, Trouble.Question, Trouble.Fraud];

    private readonly Counter[] _counters =
    [
        .. plan.World.Clients.Select(c => new Counter(
            new WorkingCalendar(plan.World.CalendarOf(c).Hours),
            plan.World.PolicyOf(c).Terms,
            [.. plan.World.People.Where(p => p.Role == Access.Role.Agent && Serves(p, c))],
            [.. plan.World.People.Where(p => p.Role == Access.Role.SeniorAgent)]
        )),
    ];
    private long _id = DemonstrationPlan.FirstTicketId;

    /// <summary>An order that its recipient will complain of, once the client's turn comes.</summary>
    public void Expect(int client, PlannedOrder order, Trouble trouble, DateTime dueUtc)
    {
        var counter = _counters[client];
        if (counter.Troubled.Count < MaxWaiting && dueUtc < plan.NowUtc)
        {
            counter.Troubled.Enqueue((order, trouble), (dueUtc, order.Id));
        }
    }

    public PlannedTicket Next(int client, DateTime atUtc)
    {
        var id = _id++;
        var counter = _counters[client];
        var dice = Dice.For(plan.Seed, Streams.Tickets, id);
        var before = Again(counter, atUtc);
        var ticket =
            before is not null ? Repeated(id, before, dice, atUtc)
            : Waiting(counter, atUtc) is { } trouble ? New(id, client, trouble.Order.Recipient, trouble.Order, trouble.Trouble, dice, atUtc)
            : New(id, client, orders.Somebody(dice, client), null, Without(dice), dice, atUtc);

        var life = new TicketLife(ticket, counter.Calendar, counter.Terms, counter.Agents, counter.Seniors, plan.NowUtc, dice, Pace);
        life.Live(before);
        if (before is null && dice.Chance(95) && ticket is { Recipient: not null, ReopenCount: 0 })
        {
            // Comes back: while it is open, when it took long, else some weeks after it was solved.
            var until = ticket.ResolvedAtUtc ?? plan.NowUtc;
            var back =
                dice.Chance(350) && until - atUtc > TimeSpan.FromHours(6)
                    ? atUtc.AddMinutes((until - atUtc).TotalMinutes * dice.Between(10, 60) / 100)
                    : until.AddHours(dice.Between(24, 24 * 24));
            counter.Returning.Enqueue(ticket, (back, id));
        }

        return ticket;
    }

    /// <summary>In percent: a floor that has a million tickets a year to solve keeps up, or it would drown.</summary>
    private int Pace => plan.Tickets > 50_000 ? 40 : 100;

    private static bool Serves(PlannedPerson person, PlannedClient client) =>
        person.TimeZoneId == client.TimeZoneId
        || person.TimeZoneId == "Europe/London" && client.Country is "US" or "AE" or "AU"
        || person.TimeZoneId == "Asia/Kolkata" && client.Country is "AE" or "AU" or "GB";

    private PlannedTicket? Again(Counter counter, DateTime atUtc)
    {
        while (counter.Returning.TryPeek(out var before, out var due) && due.AtUtc <= atUtc)
        {
            counter.Returning.Dequeue();
            if (before.ResolvedAtUtc is not { } resolved || atUtc < resolved.AddDays(30))
            {
                return before;
            }
        }

        return null;
    }

    private static (PlannedOrder Order, Trouble Trouble)? Waiting(Counter counter, DateTime atUtc)
    {
        while (counter.Troubled.TryPeek(out var trouble, out var due) && due.AtUtc <= atUtc)
        {
            counter.Troubled.Dequeue();
            if (due.AtUtc > atUtc.AddDays(-21))
            {
                return trouble;
            }
        }

        return null;
    }

    private static Trouble Without(Dice dice) => WithoutOrder[dice.Weighted([40, 25, 30, 5])];

    private PlannedTicket New(
        long id,
        int client,
        PlannedRecipient? recipient,
        PlannedOrder? order,
        Trouble trouble,
        Dice dice,
        DateTime atUtc
    )
    {
        var of = plan.World.Clients[client];
        var category = plan.World.Categories[(int)trouble];
        return new PlannedTicket
        {
            Id = id,
            Client = of,
            Programme = order?.Programme ?? (dice.Chance(900) ? dice.Pick(of.Programmes) : null),
            Recipient = recipient,
            Order = order,
            Category = category,
            Channel = (IntakeChannel)(dice.Weighted(ChannelWeights) + 1),
            CreatedAtUtc = atUtc,
            Severity = dice.Chance(60) && category.Severity > Severity.P1 ? category.Severity - 1 : category.Severity,
        };
    }

    private static PlannedTicket Repeated(long id, PlannedTicket before, Dice dice, DateTime atUtc)
    {
        var isOpen = before.ResolvedAtUtc is not { } resolved || resolved > atUtc;
        return new PlannedTicket
        {
            Id = id,
            Client = before.Client,
            Programme = before.Programme,
            Recipient = before.Recipient,
            Order = before.Order,
            Category = before.Category,
            Channel = (IntakeChannel)(dice.Weighted(ChannelWeights) + 1),
            CreatedAtUtc = atUtc,
            Severity = before.Severity,
            RepeatOfId = isOpen ? null : before.Id,
            DuplicateOfId = isOpen ? before.Id : null,
        };
    }

    /// <summary>One client's desk.</summary>
    private sealed record Counter(
        WorkingCalendar Calendar,
        SlaTerms Terms,
        IReadOnlyList<PlannedPerson> Agents,
        IReadOnlyList<PlannedPerson> Seniors
    )
    {
        public PriorityQueue<(PlannedOrder Order, Trouble Trouble), (DateTime AtUtc, long Id)> Troubled { get; } = new();
        public PriorityQueue<PlannedTicket, (DateTime AtUtc, long Id)> Returning { get; } = new();
    }
}
