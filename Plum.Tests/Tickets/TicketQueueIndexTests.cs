using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

/// <summary>What the index answers is what SQL answers, whatever is asked and whatever has changed meanwhile.</summary>
public class TicketQueueIndexTests
{
    [Fact]
    public async Task Any_mixture_of_filters_and_orders_gives_the_same_as_sql()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(20260302);
        await world.HaveAsync([.. Enumerable.Range(0, 400).Select(_ => world.Looks(random))]);

        await CompareAsync(world, random, 150);
    }

    [Fact]
    public async Task What_others_changed_added_and_deleted_since_is_seen()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(7);
        var ids = await world.HaveAsync([.. Enumerable.Range(0, 200).Select(_ => world.Looks(random))]);
        await CompareAsync(world, random, 5);

        for (var round = 0; round < 8; round++)
        {
            await using (var db = plum.Peek())
            {
                var picked = ids.OrderBy(_ => random.Next()).Take(12).ToList();
                await db.Tickets.Where(t => picked.Take(4).Contains(t.Id)).ExecuteDeleteAsync();
                await db
                    .Tickets.Where(t => picked.Skip(4).Contains(t.Id))
                    .ExecuteUpdateAsync(s =>
                        s.SetProperty(t => t.Severity, Severity.P1)
                            .SetProperty(t => t.OwnerId, world.OtherAda.Id)
                            .SetProperty(t => t.Subject, "Refund changed")
                            .SetProperty(t => t.NextDueAtUtc, plum.Now.AddMinutes(round))
                    );
            }

            await world.HaveAsync([.. Enumerable.Range(0, 5).Select(_ => world.Looks(random))]);
            await CompareAsync(world, random, 12);
        }
    }

    [Fact]
    public async Task A_load_past_the_ring_is_read_anew()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(3);
        await world.HaveAsync([.. Enumerable.Range(0, 50).Select(_ => world.Looks(random))]);
        await CompareAsync(world, random, 3);
        await using (var db = plum.Peek())
        {
            foreach (var statement in TicketQueueTriggers.Drop)
            {
                await db.Database.ExecuteSqlRawAsync(statement);
            }
        }

        await world.HaveAsync([.. Enumerable.Range(0, 50).Select(_ => world.Looks(random))]);
        await using (var db = plum.Peek())
        {
            foreach (var statement in TicketQueueTriggers.Fill.Concat(TicketQueueTriggers.Create))
            {
                await db.Database.ExecuteSqlRawAsync(statement);
            }
        }

        await CompareAsync(world, random, 40);
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1_990, 20)]
    [InlineData(7_777, 50)]
    [InlineData(9_990, 50)]
    [InlineData(10_000, 50)]
    public void A_page_by_instant_is_what_sorting_would_give_whatever_its_depth(int skip, int take)
    {
        var random = new Random(skip);
        var (times, set) = (new TicketQueueTimes(), new TicketBits(20_480));
        times.Grow(20_480);
        var rows = Enumerable.Range(0, 20_000).OrderBy(_ => random.Next()).Take(10_000).ToList();
        foreach (var row in rows)
        {
            times.Set(row, random.Next(500)); // many ties
            set[row] = true;
        }

        Assert.Equal(
            rows.OrderBy(r => times[r]).ThenBy(r => r).Skip(skip).Take(take),
            TicketQueueRanking.Take(times, set, skip, take, descending: false)
        );
        Assert.Equal(
            rows.OrderByDescending(r => times[r]).ThenByDescending(r => r).Skip(skip).Take(take),
            TicketQueueRanking.Take(times, set, skip, take, descending: true)
        );
    }

    private static async Task CompareAsync(TicketQueueWorld world, Random random, int questions)
    {
        var index = world.Plum.Get<TicketQueueIndex>();
        await using var db = world.Plum.CreateDbContext();
        for (var asked = 0; asked < questions; asked++)
        {
            var by = random.Next(5) == 0 ? PlumDatabase.Bound(world.Nord) : world.Me;
            var moment = TicketQueueMoment.Of(by, world.Plum.Now, random.Next(2) == 0 ? "Pacific/Auckland" : null);
            var filter = Filter(world, random);
            var order = new TicketOrder((TicketSort)random.Next(1, 14), random.Next(2) == 0);
            var sql = await db.Matching(filter, moment, hasFullText: false).InOrder(db, order).Select(t => t.Id).ToListAsync();

            var said = $"{TicketFilterText.Line(filter)} by {order}";
            var page = random.Next(1, 4);
            var (ids, total) = await index.PageAsync(db, filter, order, page, 7, moment, default);
            Assert.True(sql.Count == total, $"{said}: {sql.Count} by SQL, {total} by the index");
            var skip = Math.Min(page - 1, Math.Max(0, (total - 1) / 7)) * 7;
            Assert.True(sql.Skip(skip).Take(7).SequenceEqual(ids), $"{said}: {string.Join(' ', sql)} is not {string.Join(' ', ids)}");
            Assert.Equal(sql.Order(), await index.AllAsync(db, filter, moment, default));
        }
    }

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];

    private static TicketFilter Filter(TicketQueueWorld world, Random random)
    {
        bool Maybe() => random.Next(4) == 0;
        var today = DateOnly.FromDateTime(world.Plum.Now);
        return new TicketFilter
        {
            Clients = Maybe() ? [world.Acme.Id] : [],
            Programmes = Maybe() ? [world.Gold.Id, world.Blue.Id] : [],
            Dispositions = Maybe() ? [Pick(random, [.. Dispositions.StandardCodes]), Dispositions.VendorRejection] : [],
            Categories = Maybe() ? [world.Lost.Id] : [],
            Channels = Maybe() ? [.. Enum.GetValues<IntakeChannel>().Take(random.Next(1, 10))] : [],
            Severities = Maybe() ? [Severity.P1, Severity.P2] : [],
            Owners = Maybe()
                ? Pick<OwnerChoice[]>(random, [OwnerChoice.Me], [OwnerChoice.Nobody], [OwnerChoice.Nobody, new(world.Ada.Id)])
                : [],
            WaitingOn = Maybe() ? [(WaitingOn)random.Next(0, 4)] : [],
            Levels = Maybe() ? [SupportLevel.L1, SupportLevel.L3] : [],
            Sla = Maybe() ? [(SlaState)random.Next(1, 7), (SlaState)random.Next(1, 7)] : [],
            Ages = Maybe() ? [(AgeBucket)random.Next(1, 7), (AgeBucket)random.Next(1, 7)] : [],
            Brands = Maybe() ? [world.Brand.Id] : [],
            Suppliers = Maybe() ? [world.Supplier.Id] : [],
            Open = Maybe() ? random.Next(2) == 0 : null,
            CreatedFrom = Maybe() ? today.AddDays(-random.Next(0, 40)) : null,
            CreatedTo = Maybe() ? today.AddDays(-random.Next(0, 20)) : null,
            Recipients = Maybe() ? [world.Okafor.Id] : [],
            Text = Maybe()
                ? Pick(
                    random,
                    "lost",
                    "refund lost",
                    "ref",
                    "cafe",
                    "m.silva@example.com",
                    "+44 7911 123456",
                    "PLM-1003",
                    "\"the till\"",
                    "carte ou"
                )
                : null,
        };
    }
}
