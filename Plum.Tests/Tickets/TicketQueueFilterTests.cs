using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

/// <summary>Each filter against what a plain loop over all tickets finds: the rows of all pages, the total, and the count of a view with that filter.</summary>
public class TicketQueueFilterTests
{
    [Theory]
    [EachDatabase]
    public Task Clients(string provider) =>
        CompareAsync(
            provider,
            "client",
            world =>
                [
                    Case($"{world.Acme.Id:n}", t => t.Row.ClientId == world.Acme.Id),
                    Case($"{world.Acme.Id:n},{world.Nord.Id:n}", _ => true),
                    Case($"{Guid.NewGuid():n}", _ => false),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Programmes(string provider) =>
        CompareAsync(
            provider,
            "programme",
            world =>
                [
                    Case($"{world.Gold.Id:n}", t => t.Row.ProgrammeId == world.Gold.Id),
                    Case($"{world.Gold.Id:n},{world.Blue.Id:n}", t => t.Row.ProgrammeId is not null),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Every_disposition(string provider) =>
        CompareAsync(
            provider,
            "disposition",
            _ =>
                [
                    .. Dispositions.StandardCodes.Select(code => Case(code, t => t.Row.Disposition == code)),
                    Case("VendorRejection,Resolved", t => t.Row.Disposition is "VendorRejection" or "Resolved"),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Categories(string provider) =>
        CompareAsync(
            provider,
            "category",
            world =>
                [
                    Case($"{world.Lost.Id:n}", t => t.Row.CategoryId == world.Lost.Id),
                    Case($"{world.Declined.Id:n}", t => t.Row.CategoryId == world.Declined.Id),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Every_channel(string provider) =>
        CompareAsync(
            provider,
            "channel",
            _ =>
                [
                    Case("email", t => t.Row.Channel == IntakeChannel.Email),
                    Case("phone", t => t.Row.Channel == IntakeChannel.Phone),
                    Case("web", t => t.Row.Channel == IntakeChannel.Web),
                    Case("client-form", t => t.Row.Channel == IntakeChannel.ClientForm),
                    Case("api", t => t.Row.Channel == IntakeChannel.Api),
                    Case("chat,post", t => t.Row.Channel is IntakeChannel.Chat or IntakeChannel.Post),
                    Case("fax,referral,social", t => t.Row.Channel is IntakeChannel.Fax or IntakeChannel.Referral or IntakeChannel.Social),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Every_severity(string provider) =>
        CompareAsync(
            provider,
            "severity",
            _ =>
                [
                    Case("p1", t => t.Row.Severity == Severity.P1),
                    Case("p2", t => t.Row.Severity == Severity.P2),
                    Case("p3", t => t.Row.Severity == Severity.P3),
                    Case("p4,p1", t => t.Row.Severity is Severity.P4 or Severity.P1),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Owners_and_nobody_and_me(string provider) =>
        CompareAsync(
            provider,
            "owner",
            world =>
                [
                    Case("me", t => t.Row.OwnerId == world.Lea.Id),
                    Case("nobody", t => t.Row.OwnerId == null),
                    Case($"{world.Ada.Id:n}", t => t.Row.OwnerId == world.Ada.Id),
                    Case($"me,nobody,{world.OtherAda.Id:n}", t => t.Row.OwnerId != world.Ada.Id),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Whom_they_wait_on(string provider) =>
        CompareAsync(
            provider,
            "waiting",
            _ =>
                [
                    Case("nobody", t => t.Row.WaitingOn == WaitingOn.Nobody),
                    Case("recipient", t => t.Row.WaitingOn == WaitingOn.Recipient),
                    Case("supplier,checker", t => t.Row.WaitingOn is WaitingOn.Supplier or WaitingOn.Checker),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Every_state_of_the_clocks(string provider) =>
        CompareAsync(
            provider,
            "sla",
            _ =>
                [
                    Case("breached", t => t.IsOpen && t.Row.NextDueAtUtc <= t.Now),
                    Case("at-risk", t => t.IsOpen && t.Row.NextDueAtUtc > t.Now && t.Row.NextWarnAtUtc <= t.Now),
                    Case("running", t => t.IsOpen && t.Row.NextDueAtUtc > t.Now && !(t.Row.NextWarnAtUtc <= t.Now)),
                    Case("paused", t => t.IsOpen && t.Row.NextDueAtUtc == null && t.Row.IsSlaPaused),
                    Case("none", t => t.IsOpen && t.Row.NextDueAtUtc == null && !t.Row.IsSlaPaused),
                    Case("ever-breached", t => t.Row.BreachedTargets != SlaTargets.None),
                    Case(
                        "breached,ever-breached",
                        t => t.Row.BreachedTargets != SlaTargets.None || (t.IsOpen && t.Row.NextDueAtUtc <= t.Now)
                    ),
                    Case("breached,at-risk,running,paused,none", t => t.IsOpen),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Every_age_of_open_tickets_to_the_instant(string provider) =>
        CompareAsync(
            provider,
            "age",
            _ =>
                [
                    Case("0-1", t => t.IsOpen && t.Days < 1),
                    Case("1-3", t => t.IsOpen && t.Days is >= 1 and < 3),
                    Case("3-7", t => t.IsOpen && t.Days is >= 3 and < 7),
                    Case("7-14", t => t.IsOpen && t.Days is >= 7 and < 14),
                    Case("14-30", t => t.IsOpen && t.Days is >= 14 and < 30),
                    Case("30-", t => t.IsOpen && t.Days >= 30),
                    Case("0-1,30-", t => t.IsOpen && t.Days is < 1 or >= 30 && t.IsOpen),
                ]
        );

    [Theory]
    [EachDatabase]
    public Task Brands(string provider) =>
        CompareAsync(
            provider,
            "brand",
            world => [Case($"{world.Brand.Id:n}", t => t.Row.BrandId == world.Brand.Id), Case($"{Guid.NewGuid():n}", _ => false)]
        );

    [Theory]
    [EachDatabase]
    public Task Open_and_final(string provider) =>
        CompareAsync(provider, "open", _ => [Case("yes", t => t.IsOpen), Case("no", t => !t.IsOpen)]);

    [Theory]
    [EachDatabase]
    public Task Text_of_subjects_messages_and_notes(string provider) =>
        CompareAsync(
            provider,
            "q",
            world =>
                [
                    Case("lost", t => t.Says("lost")),
                    Case("LOST voucher", t => t.Says("lost") && t.Says("voucher")),
                    Case("refund", t => t.Says("refund")),
                    Case("agreed", t => t.Says("agreed")),
                    Case("nobody wrote this", _ => false),
                    Case("m.silva@example.com", t => t.Row.RecipientId == world.Silva.Id),
                    Case("+44 7911 123456", t => t.Row.RecipientId == world.Okafor.Id),
                    Case("PLM-1003", t => t.Row.Id == 1003),
                    Case("plm-1003 plm-1004", t => t.Row.Id is 1003 or 1004),
                ]
        );

    private sealed record Seen(Ticket Row, string Text, DateTime Now)
    {
        public bool IsOpen => Row.Stage != Stage.Final;

        public double Days => (Now - Row.CreatedAtUtc).TotalDays;

        public bool Says(string word) => Text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static (string Value, Func<Seen, bool> Expected) Case(string value, Func<Seen, bool> expected) => (value, expected);

    private static async Task CompareAsync(
        string provider,
        string key,
        Func<TicketQueueWorld, IReadOnlyList<(string Value, Func<Seen, bool> Expected)>> cases
    )
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(20260302);
        var now = plum.Now;
        await world.HaveAsync([
            .. Enumerable.Range(0, 150).Select(_ => world.Looks(random)),
            .. new[] { 1, 3, 7, 14, 30 }.SelectMany(days =>
                new[] { -1L, 0, 1 }.Select(tick => new TicketLooks(Created: now.AddDays(-days).AddTicks(tick * 10)))
            ),
            new(Created: now.AddHours(1)), // a source with a wrong clock
            new(Due: now, Warn: now.AddMinutes(-5)),
            new(Due: now.AddMinutes(5), Warn: now),
            new(Due: now.AddMinutes(5)),
        ]);
        var all = await AllAsync(world);
        var views = plum.Get<SavedViewService>();
        var queues = plum.Get<TicketQueueService>();
        foreach (var (value, expected) in cases(world))
        {
            var wanted = all.Where(expected).Select(t => t.Row.Id).ToList();
            var beyond = new Dictionary<string, string> { [key] = value };
            var filter = TicketFilterText.Read(beyond).Filter;
            var saved = await views.SaveAsync(
                new SaveView(new SavedViewTerms(Guid.NewGuid().ToString(), filter, TicketOrder.BySla, TicketColumns.Usual)),
                world.Me,
                default
            );

            var query = new TicketQueueQuery(StandardViews.All, beyond, new TicketOrder(TicketSort.Number));
            var rows = new List<long>();
            TicketQueueView queue;
            do
            {
                queue = (await queues.PageAsync(query with { Page = (rows.Count / TicketQueueView.Size) + 1 }, world.Me, default))!;
                rows.AddRange(queue.Rows.Select(r => r.Id));
            } while (rows.Count < queue.Total);

            Assert.Empty(queue.Unread);
            Assert.Equal((value, string.Join(' ', wanted)), (value, string.Join(' ', rows)));
            var count = queue.Tabs.Single(t => t.View.Key == Assert.IsType<Outcome.Done>(saved).Key).Count;
            Assert.Equal((value, wanted.Count, wanted.Count), (value, queue.Total, count));
        }

        // A test in which each case finds nothing, or each everything, would prove nothing.
        Assert.Contains(cases(world), c => all.Count(c.Expected) is > 0 and var some && some < all.Count);
    }

    private static async Task<List<Seen>> AllAsync(TicketQueueWorld world)
    {
        await using var db = world.Plum.Peek();
        var messages = (await db.TicketMessages.ToListAsync()).ToLookup(m => m.TicketId, m => m.Body);
        return
        [
            .. (await db.Tickets.OrderBy(t => t.Id).ToListAsync()).Select(t => new Seen(
                t,
                string.Join('\n', messages[t.Id].Prepend(t.Subject)),
                world.Plum.Now
            )),
        ];
    }
}
