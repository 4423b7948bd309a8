using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

/// <summary>
/// The demonstration: what there is, and what happened, in the order of time. A pure function of its settings; what it yields is never held,
/// so that a million tickets need no more memory than six thousand.
/// </summary>
public sealed class DemonstrationPlan
{
    public const int Months = 13;
    public const int SpikeDays = 61;
    public const ulong DefaultSeed = 20_26;
    public const int DefaultTickets = 6_000;
    private const int DefaultOrders = 20_000;

    private readonly OrderPlan _orders;
    private readonly TicketPlan _tickets;

    /// <param name="tickets">20,000 orders go with 6,000 tickets, and as many in proportion with fewer; above 20,000, an order a ticket.</param>
    /// <param name="people">Keys of people who are there already, by e-mail address.</param>
    public DemonstrationPlan(ulong seed, DateTime nowUtc, int tickets = DefaultTickets, IReadOnlyDictionary<string, Guid>? people = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tickets);
        (Seed, NowUtc, Tickets) = (seed, nowUtc, tickets);
        StartUtc = new DateTime(nowUtc.Year, nowUtc.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1 - Months);
        Orders = tickets <= DefaultTickets ? (int)((long)DefaultOrders * tickets / DefaultTickets) : Math.Max(DefaultOrders, tickets);
        World = PlannedWorld.Make(seed, StartUtc, nowUtc, people ?? new Dictionary<string, Guid>());
        _orders = new OrderPlan(seed, World, (int)Math.Min(800, 950L * tickets / Math.Max(1, Orders)), nowUtc);
        _tickets = new TicketPlan(this, _orders);
    }

    public ulong Seed { get; }

    /// <summary>Nothing happens after it: what was under way then is the open backlog.</summary>
    public DateTime NowUtc { get; }

    /// <summary>The first of the month twelve months before.</summary>
    public DateTime StartUtc { get; }
    public int Tickets { get; }
    public int Orders { get; }
    public PlannedWorld World { get; }

    /// <summary>The first ticket of a database that holds none.</summary>
    public static long FirstTicketId => 1_001;

    public long LastTicketId => FirstTicketId + Tickets - 1;

    /// <summary>The code of the disposition that the demonstration adds.</summary>
    public static string Enquiry => CategoriesOf.Enquiry;

    public static long FirstOrderId => OrderPlan.FirstId;

    /// <summary>A name of that country, and the mailbox that goes with it.</summary>
    public static (string Name, string Mailbox) Somebody(string country, Dice dice)
    {
        var (first, last) = People.Name(country, dice);
        return ($"{first} {last}", $"{People.Plain(first)}.{People.Plain(last)}");
    }

    /// <summary>To be enumerated once: an order comes before the tickets on it, and a recipient with the first order.</summary>
    public IEnumerable<(PlannedOrder? Order, PlannedTicket? Ticket)> History()
    {
        var ordered = new Rhythm(Seed, World.Clients, StartUtc, NowUtc, Rhythm.OrderHours, 40, (_, _) => 100);
        var complained = new Rhythm(
            Seed + 1,
            World.Clients,
            StartUtc,
            NowUtc,
            Rhythm.ComplaintHours,
            12,
            (at, client) => at > NowUtc.AddDays(-SpikeDays) && client.Country is "DE" or "GB" or "US" ? 135 : 100
        );

        using var orders = ordered.Take(Orders).GetEnumerator();
        var orderId = OrderPlan.FirstId;
        var more = orders.MoveNext();
        foreach (var (client, atUtc) in complained.Take(Tickets))
        {
            for (; more && orders.Current.AtUtc < atUtc; more = orders.MoveNext())
            {
                yield return (Place(orderId++, orders.Current), null);
            }

            yield return (null, _tickets.Next(client, atUtc));
        }

        for (; more; more = orders.MoveNext())
        {
            yield return (Place(orderId++, orders.Current), null);
        }
    }

    private PlannedOrder Place(long id, (int Client, DateTime AtUtc) placed)
    {
        var (order, trouble, dueUtc) = _orders.Make(id, placed.Client, placed.AtUtc);
        if (trouble is { } what)
        {
            _tickets.Expect(placed.Client, order, what, dueUtc);
        }

        return order;
    }
}
