using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Demonstration;
using Plum.Data.Ledger;
using Plum.Data.Sla;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Demonstration;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Demonstration;

public class DemonstrationServiceTests
{
    private static readonly Actor Operator = Actor.Job("Operator");

    [Theory]
    [EachDatabase]
    public async Task An_empty_database_is_filled_and_every_reference_leads_somewhere(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var seen = new List<SeedProgress>();

        var outcome = await SeedAsync(plum, 600, seen);

        Assert.IsType<Outcome.Done>(outcome);
        await using var db = plum.Peek();
        Assert.Equal(
            (12, 40, 60, 2000),
            (await db.Clients.CountAsync(), await db.Programmes.CountAsync(), await db.Brands.CountAsync(), await db.Rewards.CountAsync())
        );
        Assert.Equal((2000, 600), (await db.Orders.CountAsync(), await db.Tickets.CountAsync()));
        Assert.Equal(new SeedProgress("Indexes", 600, 600), seen[^1]);
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.What == "Seeded"));
        if (db.Database.IsSqlite())
        {
            Assert.Empty(await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync());
        }
    }

    [Fact]
    public async Task What_the_queue_and_the_reports_read_is_what_the_events_give()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await SeedAsync(plum, 1500);

        await using var db = plum.Peek();
        var tickets = await db.Tickets.OrderBy(t => t.Id).ToListAsync();
        var flags = new HashSet<TicketEventKind> { TicketEventKind.SlaWarned, TicketEventKind.SlaBreached };
        var before = await db.TicketEvents.CountAsync(e => flags.Contains(e.Kind));
        foreach (var ticket in tickets.Where(t => t.IsOpen))
        {
            await SlaStep.ReckonAsync(db, ticket, plum.Now, default);
        }

        Assert.True(tickets.Exists(t => t.IsOpen && t.BreachedTargets != SlaTargets.None), "No open ticket is breached.");
        Assert.True(tickets.Exists(t => t.NextDueAtUtc > plum.Now), "No clock runs.");
        db.ChangeTracker.DetectChanges();
        Assert.Empty(db.ChangeTracker.Entries().Where(e => e.State != EntityState.Unchanged).Select(e => e.DebugView.ShortView));
        Assert.True(before > 0);
    }

    [Fact]
    public async Task Dispositions_owners_and_times_agree_with_the_last_event()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await SeedAsync(plum, 500);

        await using var db = plum.Peek();
        var events = (await db.TicketEvents.OrderBy(e => e.Id).ToListAsync()).ToLookup(e => e.TicketId);
        foreach (var ticket in await db.Tickets.ToListAsync())
        {
            var own = events[ticket.Id].Where(e => e.Kind != TicketEventKind.MergedFrom).ToList(); // written with the other ticket
            Assert.Equal(own.Select(e => e.AtUtc).Order(), own.Select(e => e.AtUtc));
            var standing = own.Last(e =>
                e.Kind is TicketEventKind.Opened or TicketEventKind.Moved or TicketEventKind.Reopened or TicketEventKind.Merged
            );
            Assert.Equal(
                (ticket.Disposition, ticket.OwnerId?.ToString()),
                (
                    standing.Kind == TicketEventKind.Merged ? Dispositions.Resolved : standing.To,
                    own.FindLast(e => e.Kind == TicketEventKind.OwnerChanged)?.To
                )
            );
            Assert.Equal(own.Find(e => e.Kind == TicketEventKind.Replied)?.AtUtc, ticket.FirstRespondedAtUtc);
            Assert.Equal(ticket.IsOpen ? null : standing.AtUtc, ticket.ResolvedAtUtc);
        }

        var orders = await db.Orders.Where(o => db.Tickets.Any(t => t.OrderId == o.Id)).ToListAsync();
        foreach (var order in orders)
        {
            var last = await db.OrderEvents.Where(e => e.OrderId == order.Id).OrderBy(e => e.Id).LastAsync();
            Assert.Equal(last.Status, order.Status);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_seeded_database_has_every_index_and_trigger_of_a_migrated_one(bool inBulk)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var migrated = await SchemaAsync(plum);

        await SeedAsync(plum, 300, inBulk: inBulk);

        Assert.Contains(migrated, line => line.StartsWith("index IX_TicketMessages_TicketId_Id", StringComparison.Ordinal));
        Assert.Contains(migrated, line => line.StartsWith("trigger TicketMessages_Text_Insert", StringComparison.Ordinal));
        Assert.Equal(migrated, await SchemaAsync(plum));
        await using var db = plum.Peek();
        Assert.Equal(300, await db.Tickets.CountAsync());
        Assert.Equal(300, await db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM TicketText").SingleAsync());
    }

    [Fact]
    public async Task Work_goes_on_from_the_next_number()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await SeedAsync(plum, 50);
        await using var db = plum.Peek();
        var (client, category) = (await db.Clients.FirstAsync(), await db.Categories.FirstAsync());

        var outcome = await plum.Get<TicketService>()
            .OpenAsync(new OpenTicket(client.Id, category.Id, "One more", IntakeChannel.Phone), PlumDatabase.Agent, default);

        Assert.Equal(new Outcome.Done("PLM-1051"), outcome);
    }

    [Fact]
    public async Task A_database_with_clients_in_it_is_left_alone()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasClientAsync();

        var outcome = await SeedAsync(plum, 10);

        Assert.Equal("demonstration.not-empty", Assert.IsType<Outcome.Refused>(outcome).Why.Code);
        await using var db = plum.Peek();
        Assert.Equal((1, 0), (await db.Clients.CountAsync(), await db.Tickets.CountAsync()));
    }

    [Fact]
    public async Task Outside_Development_nobody_of_the_demonstration_can_sign_in()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.Get<DemonstrationService>()
            .SeedAsync(new SeedDemonstration(0, 1, WithAccounts: false), Operator, progress: null, default);

        await using var db = plum.Peek();
        Assert.Equal(Floor.All.Count, await db.Users.CountAsync());
        Assert.Equal(0, await db.Users.CountAsync(u => u.PasswordHash != null));
    }

    [Fact]
    public async Task In_Development_the_accounts_of_the_sign_in_page_are_there_and_own_tickets()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await SeedAsync(plum, 600);

        await using var db = plum.Peek();
        var people = await db.Users.ToListAsync();
        Assert.Equal(
            DemonstrationAccounts.All.Select(a => a.Email).Union(Floor.All.Select(p => p.Email)).Order(),
            people.Select(u => u.Email!).Order()
        );
        var ana = people.Single(u => u.Email == "ana.agent@plum.example");
        Assert.NotNull(ana.PasswordHash);
        Assert.True(await db.Tickets.AnyAsync(t => t.OwnerId == ana.Id), "Ana owns no ticket.");
        var bound = people.Single(u => u.DisplayName == "Bo Bound").ClientId;
        Assert.Equal("NORDBANK", (await db.Clients.SingleAsync(c => c.Id == bound)).Code);
    }

    [Theory]
    [EachDatabase]
    public async Task The_ledger_is_right_and_agrees_with_the_requests(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await SeedAsync(plum, 1500);
        var lead = PlumDatabase.Lead;

        var trial = await plum.Get<LedgerService>().TryAsync(lead, default);

        Assert.True(trial.IsRight);
        Assert.NotEmpty(trial.Rows);
        await using var db = plum.Peek();
        var requests = await db.ApprovalRequests.AsNoTracking().ToListAsync();
        Assert.InRange(requests.Count, 50, 70);
        Assert.Equal(12, requests.Count(r => r.State == RequestState.Pending && r.PartnerId is null));
        Assert.Equal(
            (7, 2),
            (requests.Count(r => r.PartnerId is not null), requests.Count(r => r.PartnerId is not null && r.State == RequestState.Pending))
        );
        var entries = await db.JournalEntries.AsNoTracking().ToListAsync();
        foreach (var request in requests)
        {
            Assert.Equal(request.Fingerprint, request.FingerprintNow());
            Assert.Equal(request.StepsDone, await db.RequestEvents.CountAsync(e => e.RequestId == request.Id && e.Step != null));
            var held = entries.SingleOrDefault(e => e.RequestId == request.Id && e.Phase == EntryPhase.Pending);
            EntryPhase? became = held is null ? null : entries.SingleOrDefault(e => e.ResolvesId == held.Id)?.Phase;
            Assert.Equal(
                held is null ? null
                    : request.State == RequestState.Executed ? EntryPhase.Settled
                    : request.State == RequestState.Expired ? EntryPhase.Expired
                    : RequestMoves.CameToNothing(request.State) ? EntryPhase.Voided
                    : null,
                became
            );
        }

        // What went back, went back once: the order, how it was paid, and the request say the same.
        foreach (var refund in requests.Where(r => r is { Kind: RequestKind.Refund, State: RequestState.Executed }))
        {
            var order = await db.Orders.SingleAsync(o => o.Id == refund.OrderId);
            var paid = await db.OrderPayments.SingleAsync(p => p.OrderId == refund.OrderId);
            Assert.Equal((OrderStatus.Refunded, 0L, refund.Amount), (order.Status, paid.Left, new Money(paid.Captured, paid.Currency)));
        }
    }

    [Fact]
    public async Task An_agent_may_not_seed()
    {
        await using var plum = await PlumDatabase.CreateAsync();

        var outcome = await plum.Get<DemonstrationService>()
            .SeedAsync(new SeedDemonstration(0, 1, WithAccounts: true), PlumDatabase.Agent, progress: null, default);

        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.ManageUsers)), outcome);
    }

    /// <summary>All but the statistics that ANALYZE leaves.</summary>
    private static async Task<List<string>> SchemaAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return await db
            .Database.SqlQueryRaw<string>(
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS Value FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1"
            )
            .ToListAsync();
    }

    private static Task<Outcome> SeedAsync(PlumDatabase plum, int tickets, List<SeedProgress>? seen = null, bool? inBulk = null) =>
        plum.Get<DemonstrationService>()
            .SeedAsync(
                new SeedDemonstration(tickets, 2026, WithAccounts: true, inBulk),
                Operator,
                seen is null ? null : new Heard(seen),
                default
            );

    private sealed class Heard(List<SeedProgress> seen) : IProgress<SeedProgress>
    {
        public void Report(SeedProgress value) => seen.Add(value);
    }
}
