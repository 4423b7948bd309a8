using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plum.Domain.Demonstration;
using Plum.Domain.Tickets;

namespace Plum.Tests.Demonstration;

public class DemonstrationPlanTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_same_seed_gives_the_same_plan_to_the_last_byte()
    {
        var (one, again, other) = (Hash(7, 300), Hash(7, 300), Hash(8, 300));

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void The_dice_fall_as_they_fell_when_they_were_made()
    {
        var dice = Dice.For(seed: 1, stream: 2, index: 3);

        // Written down once: should these change, every demonstration everywhere changes.
        Assert.Equal([DiceFirst, DiceSecond], [dice.Next(), dice.Next()]);
    }

    private const ulong DiceFirst = 4268824837072863055;
    private const ulong DiceSecond = 3451377754185005810;

    [Fact]
    public void It_has_the_numbers_that_are_promised()
    {
        var world = new DemonstrationPlan(1, Now).World;

        Assert.Equal(12, world.Clients.Count);
        Assert.Equal(8, world.Clients.Select(c => c.TimeZoneId).Distinct().Count());
        Assert.Equal(40, world.Clients.Sum(c => c.Programmes.Count));
        Assert.Equal(60, world.Catalogue.Brands.Select(b => b.Name).Distinct().Count());
        Assert.Equal(2000, world.Catalogue.Rewards.Count);
        Assert.All(world.Catalogue.Rewards.GroupBy(r => r.Name), g => Assert.Single(g));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    public void It_makes_exactly_as_many_tickets_as_asked(int count)
    {
        var plan = new DemonstrationPlan(3, Now, count);

        var lines = plan.History().ToList();

        Assert.Equal((count * 10 / 3, count), (lines.Count(l => l.Order is not null), lines.Count(l => l.Ticket is not null)));
    }

    [Fact]
    public void Everything_happens_in_order_and_nothing_after_now()
    {
        var plan = new DemonstrationPlan(4, Now, 2000);
        var (orders, recipients, lastTicket) = (new HashSet<long>(), new HashSet<long>(), DateTime.MinValue);
        var tickets = new Dictionary<long, PlannedTicket>();
        foreach (var (order, ticket) in plan.History())
        {
            if (order is not null)
            {
                Assert.True(order.IsFirstOfRecipient == recipients.Add(order.Recipient.Id));
                orders.Add(order.Id);
                Assert.All(order.Events, e => Assert.InRange(e.AtUtc, order.PlacedAtUtc, Now));
                Assert.Equal(order.Events.Select(e => e.AtUtc).Order(), order.Events.Select(e => e.AtUtc));
                continue;
            }

            Assert.InRange(ticket!.CreatedAtUtc, lastTicket, Now);
            lastTicket = ticket.CreatedAtUtc;
            Assert.True(ticket.Order is null || (orders.Contains(ticket.Order.Id) && ticket.Order.PlacedAtUtc < ticket.CreatedAtUtc));
            Assert.True(ticket.Recipient is null || recipients.Contains(ticket.Recipient.Id));
            Assert.Equal(ticket.Events.Select(e => e.AtUtc).Order(), ticket.Events.Select(e => e.AtUtc));
            Assert.All(ticket.Events, e => Assert.InRange(e.AtUtc, ticket.CreatedAtUtc, Now));
            Assert.All(ticket.Messages, m => Assert.InRange(m.AtUtc, ticket.CreatedAtUtc, Now));
            Assert.DoesNotContain(ticket.Messages, m => m.Body.Contains('{', StringComparison.Ordinal));
            Assert.True(ticket.RepeatOfId is not { } before || tickets[before].ResolvedAtUtc < ticket.CreatedAtUtc);
            Assert.True(ticket.DuplicateOfId is not { } open || !(tickets[open].ResolvedAtUtc < ticket.CreatedAtUtc));
            tickets.Add(ticket.Id, ticket);
        }
    }

    [Fact]
    public void Every_move_is_one_that_the_rules_allow()
    {
        var dispositions = Dispositions
            .Standard()
            .Append(Disposition.Add(DemonstrationPlan.Enquiry, "Enquiry", Stage.Intake, Dispositions.Other, 25))
            .ToDictionary(d => d.Code);

        foreach (var moved in Tickets(5, 2000).SelectMany(t => t.Events).Where(e => e.Kind == TicketEventKind.Moved))
        {
            var refusal = DispositionMoves.CannotMove(dispositions[moved.From!], dispositions[moved.To!]);
            Assert.True(refusal is null || (refusal.Code == "ticket.refund-by-hand" && moved.UserId is null), refusal?.Message);
        }
    }

    [Fact]
    public void One_supplier_has_gone_wrong_in_the_last_two_months()
    {
        var rejections = Tickets(6, 6000)
            .Where(t => t.Events.Exists(e => e.Kind == TicketEventKind.Moved && e.To == Dispositions.VendorRejection))
            .ToList();
        var spike = rejections.Where(t => t.CreatedAtUtc > Now.AddDays(-DemonstrationPlan.SpikeDays)).ToList();
        var before = rejections.Where(t => t.CreatedAtUtc <= Now.AddDays(-DemonstrationPlan.SpikeDays)).ToList();

        Assert.Equal("CARDSTREAM", spike.GroupBy(t => t.Order!.Reward.Supplier.Code).MaxBy(g => g.Count())!.Key);
        Assert.True(
            PerDay(spike, DemonstrationPlan.SpikeDays) > 3 * PerDay(before, 330),
            $"{spike.Count} in two months, {before.Count} before"
        );

        static double PerDay(List<PlannedTicket> tickets, int days) =>
            tickets.Count(t => t.Order!.Reward.Supplier.Code == "CARDSTREAM") / (double)days;
    }

    [Fact]
    public void People_complain_by_day_and_on_weekdays_in_their_own_zone()
    {
        var tickets = Tickets(9, 4000).ToList();
        foreach (var client in tickets.GroupBy(t => t.Client).Where(g => g.Count() > 250))
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(client.Key.TimeZoneId);
            var local = client.Select(t => TimeZoneInfo.ConvertTimeFromUtc(t.CreatedAtUtc, zone)).ToList();
            Assert.True(local.Count(t => t.Hour is >= 8 and < 18) > 2 * local.Count(t => t.Hour is < 8 or >= 18), client.Key.Code);
            Assert.True(
                local.Count(t => t.DayOfWeek == DayOfWeek.Monday) > 2 * local.Count(t => t.DayOfWeek == DayOfWeek.Sunday),
                client.Key.Code
            );
        }
    }

    private static IEnumerable<PlannedTicket> Tickets(ulong seed, int count) =>
        new DemonstrationPlan(seed, Now, count).History().Where(l => l.Ticket is not null).Select(l => l.Ticket!);

    private static string Hash(ulong seed, int tickets)
    {
        var plan = new DemonstrationPlan(seed, Now, tickets);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(plan.World));
        foreach (var line in plan.History())
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { line.Order, line.Ticket }));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
