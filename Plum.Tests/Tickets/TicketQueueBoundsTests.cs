using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

/// <summary>Whose tickets are seen, in which order, and what a search takes.</summary>
public class TicketQueueBoundsTests
{
    [Theory]
    [EachDatabase]
    public async Task People_of_two_clients_see_only_their_own_whichever_way_they_ask(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(5);
        await world.HaveAsync([.. Enumerable.Range(0, 120).Select(_ => world.Looks(random))]);
        await using var db = plum.Peek();
        foreach (var (own, other) in new[] { (world.Acme, world.Nord), (world.Nord, world.Acme) })
        {
            var by = await plum.HasUserAsync($"Bo of {own.Code}", Role.SeniorAgent, own);
            var shared = new SavedViewTerms(
                "Both clients",
                new TicketFilter { Clients = [own.Id, other.Id] },
                TicketOrder.BySla,
                TicketColumns.Usual,
                IsShared: true
            );
            var view = Assert.IsType<Outcome.Done>(await plum.Get<SavedViewService>().SaveAsync(new SaveView(shared), by, default)).Key!;
            var tickets = await db.Tickets.AsNoTracking().ToListAsync();
            var mine = tickets.Where(t => t.ClientId == own.Id).Select(t => t.Id).Order().ToList();
            var theirs = tickets.First(t => t.ClientId == other.Id);
            Dictionary<string, string>[] questions =
            [
                [],
                new() { ["client"] = $"{other.Id:n}" },
                new() { ["client"] = $"{own.Id:n},{other.Id:n}" },
                new() { ["q"] = "lost" },
                new() { ["q"] = TicketReference.Of(theirs.Id) },
                new() { ["programme"] = $"{world.Gold.Id:n},{world.Blue.Id:n}" },
                new() { ["recipient"] = $"{world.Okafor.Id},{world.Silva.Id}" },
                new() { ["owner"] = "nobody" },
                new() { ["sla"] = "breached,ever-breached" },
            ];
            foreach (var beyond in questions)
            {
                var query = new TicketQueueQuery(StandardViews.All, beyond);
                var everybodys = await SeenAsync(plum, world.Me, query);
                var seen = await SeenAsync(plum, by, query);
                Assert.Equal(
                    (TicketFilterText.Line(beyond), string.Join(' ', everybodys.Intersect(mine).Order())),
                    (TicketFilterText.Line(beyond), string.Join(' ', seen.Order()))
                );
                var export = plum.Get<TicketQueueExport>();
                var (_, started) = await export.StartAsync(query, TicketExportFormat.Csv, by, default);
                Assert.Equal(seen, await export.RowsAsync(started!, by, default).Select(r => r.Id).ToListAsync());
                var (_, plan) = await plum.Get<TicketQueueEditing>()
                    .PlanAsync(new TicketSelection(query, new Dictionary<long, int?>(), IsAll: true), by, default);
                Assert.Equal(seen.Order(), plan?.Targets.Select(t => t.Id) ?? []);
            }

            var queue = (await plum.Get<TicketQueueService>().PageAsync(new TicketQueueQuery(view), by, default))!;
            var open = tickets.Count(t => t.ClientId == own.Id && t.Stage != Stage.Final);
            Assert.Equal((mine.Count, mine.Count, open), (queue.Total, Count(view), Count(StandardViews.Open)));
            Assert.Equal(mine.Count, Count(StandardViews.All));
            Assert.Empty(await plum.Get<TicketQueueService>().RowsAsync([theirs.Id], by, default));
            var choices = await plum.Get<TicketQueueService>().ChoicesAsync(by, default);
            Assert.Equal([own.Name], choices.Clients.Select(c => c.Label));
            Assert.Equal([by.Name], choices.Owners.Select(c => c.Label));

            int Count(string key) => queue.Tabs.Single(t => t.View.Key == key).Count;
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_partners_people_see_no_ticket_and_a_clients_contact_no_owner(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        await world.HasAsync(new(Owner: world.Ada, Level: SupportLevel.L3));
        var contact = PlumDatabase.Person("Cora Contact", Role.Partner) with { ClientId = world.Acme.Id };
        contact = contact with { Acts = RoleActs.For([Role.Partner], ofClient: true, ofPartner: false) };
        var partner = PlumDatabase.Person("Pia Partner", Role.SeniorAgent) with { PartnerId = Guid.NewGuid() };
        var queues = plum.Get<TicketQueueService>();

        var hers = (await queues.PageAsync(new TicketQueueQuery(StandardViews.All), contact, default))!;
        var none = (await queues.PageAsync(new TicketQueueQuery(StandardViews.All), partner, default))!;

        Assert.Equal((null, null, SupportLevel.L1), (hers.Rows[0].OwnerId, hers.Rows[0].Owner, hers.Rows[0].Level));
        Assert.Equal((0, 0), (none.Total, none.Tabs.Sum(t => t.Count)));
        Assert.Empty(none.Rows);
    }

    [Theory]
    [EachDatabase]
    public async Task Every_order_with_its_ties_is_one_sequence_over_all_pages(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(9);
        await world.HaveAsync([.. Enumerable.Range(0, 130).Select(_ => world.Looks(random))]);
        await using var db = plum.Peek();
        var tickets = await db.Tickets.AsNoTracking().ToListAsync();
        var clients = await db.Clients.ToDictionaryAsync(c => c.Id, c => c.Name);
        var programmes = await db.Programmes.ToDictionaryAsync(p => p.Id, p => p.Name);
        var categories = await db.Categories.ToDictionaryAsync(c => c.Id, c => c.Name);
        var users = await db.Users.ToDictionaryAsync(u => u.Id, u => u.DisplayName);
        var places = await db.Dispositions.ToDictionaryAsync(d => d.Code, d => d.SortOrder);
        IComparable? Key(TicketSort by, Ticket t) =>
            by switch
            {
                TicketSort.Sla => t.NextDueAtUtc,
                TicketSort.Number => t.Id,
                TicketSort.Created => t.CreatedAtUtc,
                TicketSort.Updated => t.UpdatedAtUtc,
                TicketSort.Severity => t.Severity.ToString(),
                TicketSort.Channel => t.Channel.ToString(),
                TicketSort.WaitingOn => t.WaitingOn.ToString(),
                TicketSort.Level => t.Level.ToString(),
                TicketSort.Client => clients[t.ClientId],
                TicketSort.Category => categories[t.CategoryId],
                TicketSort.Disposition => places[t.Disposition],
                TicketSort.Programme => t.ProgrammeId is { } p ? programmes[p] : null,
                _ => t.OwnerId is { } o ? users[o] : null,
            };

        foreach (var by in Enum.GetValues<TicketSort>())
        {
            foreach (var down in new[] { false, true })
            {
                var (some, none) = (tickets.Where(t => Key(by, t) is not null), tickets.Where(t => Key(by, t) is null));
                var expected = down
                    ? some.OrderByDescending(t => Key(by, t)).ThenByDescending(t => t.Id).Concat(none.OrderByDescending(t => t.Id))
                    : some.OrderBy(t => Key(by, t)).ThenBy(t => t.Id).Concat(none.OrderBy(t => t.Id));

                var seen = await SeenAsync(plum, world.Me, new TicketQueueQuery(StandardViews.All, Order: new TicketOrder(by, down)));

                Assert.Equal((by, down, string.Join(' ', expected.Select(t => t.Id))), (by, down, string.Join(' ', seen)));
            }
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Whatever_is_typed_is_searched_for_as_words_and_never_as_a_command(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        var ids = await world.HaveAsync([
            new(Subject: "Voucher lost"),
            new(Subject: "Other", Message: "They said it was LOST in the post", Note: "secretly agreed"),
            new(Subject: "Geschenk 🎁 für Oma"),
            new(world.Nord, Subject: "lost too"),
        ]);
        (string Text, int[] Found)[] typed =
        [
            ("lost", [0, 1, 3]),
            ("  LOST  ", [0, 1, 3]),
            ("\"lost", [0, 1, 3]),
            ("lost\"", [0, 1, 3]),
            ("\"voucher lost\"", [0]),
            ("lost voucher", [0]),
            ("secretly", [1]),
            ("🎁 Geschenk", [2]),
            ("\"", []),
            ("*", []),
            ("( ) -- ; ' %", []),
            ("🎁", []),
            ("zzz\" OR \"lost", []),
            ("x'; DROP TABLE Tickets; --", []),
            ("\0\u0001", []),
            ("\ud83c", []),
        ];
        foreach (var (text, found) in typed)
        {
            var seen = await SeenAsync(
                plum,
                world.Me,
                new TicketQueueQuery(StandardViews.All, new Dictionary<string, string> { ["q"] = text })
            );
            Assert.Equal((text, string.Join(' ', found.Select(at => ids[at]))), (text, string.Join(' ', seen.Order())));
        }

        foreach (
            var text in new[]
            {
                new string('x', 10_000),
                string.Concat(Enumerable.Repeat("lost\" AND (", 1_000)),
                string.Concat(Enumerable.Repeat("🎁", 5_000)),
            }
        )
        {
            var beyond = new Dictionary<string, string> { ["q"] = text };
            var queue = (
                await plum.Get<TicketQueueService>().PageAsync(new TicketQueueQuery(StandardViews.All, beyond), world.Me, default)
            )!;
            Assert.Equal(["Only the first 200 characters are searched for."], queue.Unread);
            Assert.True(queue.Filter.Text!.Length <= TicketFilter.TextMaxLength);
        }

        // A note is for Plum's own people; a client's person finds no ticket by it.
        var bound = PlumDatabase.Bound(world.Acme, Role.Agent);
        Assert.Empty(
            await SeenAsync(plum, bound, new TicketQueueQuery(StandardViews.All, new Dictionary<string, string> { ["q"] = "secretly" }))
        );
        Assert.Equal(4, (await SeenAsync(plum, world.Me, new TicketQueueQuery(StandardViews.All))).Count);
    }

    private static async Task<List<long>> SeenAsync(PlumDatabase plum, Actor by, TicketQueueQuery query)
    {
        var seen = new List<long>();
        TicketQueueView queue;
        do
        {
            queue = (
                await plum.Get<TicketQueueService>().PageAsync(query with { Page = (seen.Count / TicketQueueView.Size) + 1 }, by, default)
            )!;
            seen.AddRange(queue.Rows.Select(r => r.Id));
        } while (seen.Count < queue.Total && queue.Rows.Count > 0);

        Assert.Equal(queue.Total, seen.Count);
        return seen;
    }
}
