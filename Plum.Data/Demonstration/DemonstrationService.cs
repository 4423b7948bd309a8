using System.Threading.Channels;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Demonstration;
using Plum.Domain.Shared;

namespace Plum.Data.Demonstration;

/// <param name="WithAccounts">Development alone: makes the accounts that the sign-in page offers there.</param>
/// <param name="InBulk">Several transactions, indexes made afterwards, no audit line a step: for trials of speed. Null: above 50,000 tickets.</param>
public sealed record SeedDemonstration(int Tickets, ulong Seed, bool WithAccounts, bool? InBulk = null);

/// <param name="Done">Tickets written.</param>
public sealed record SeedProgress(string Step, long Done, long Total);

/// <summary>Fills an empty database with the demonstration.</summary>
public sealed class DemonstrationService(
    IDbContextFactory<PlumDbContext> contexts,
    VoucherVault vault,
    IPasswordHasher<PlumUser> hasher,
    ILookupNormalizer names,
    TimeProvider clock
)
{
    public const int MostTickets = 5_000_000;

    private const int Large = 50_000;
    private const int TicketsInTransaction = 100_000;
    private const int Batch = 512;

    private static readonly Refusal NotEmpty = new(
        "demonstration.not-empty",
        "The database holds clients already. Seed an empty one: give another Data:Folder, or move the old database away."
    );

    /// <returns>Whether there is anything in it that a demonstration would mix with.</returns>
    public async Task<bool> IsEmptyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return !await db.Clients.AnyAsync(ct);
    }

    public async Task<Outcome> SeedAsync(SeedDemonstration command, Actor by, IProgress<SeedProgress>? progress, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.ManageUsers)
                ?? (
                    command.Tickets is < 0 or > MostTickets
                        ? new Refusal("demonstration.size", $"Give 0 to {MostTickets} tickets.", "Tickets")
                        : null
                )
            ) is
            { } refused
        )
        {
            return refused;
        }

        if (!await IsEmptyAsync(ct))
        {
            return NotEmpty;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var plan = new DemonstrationPlan(
            command.Seed,
            new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Kind),
            command.Tickets
        );
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        var isLarge = command.InBulk ?? command.Tickets > Large;
        await using var load = await BulkLoad.BeginAsync(db, isLarge, ct);
        vault.Seal(0, "a key ring that is new is saved now, not while the transaction below holds the database");
        progress?.Report(new SeedProgress("Clients, catalogue and people", 0, plan.Tickets));
        var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            await TicketQueueTriggers.RunAsync(db, TicketQueueTriggers.Drop, ct);
            var accounts = command.WithAccounts ? new DemonstrationPeople(hasher, names) : null;
            var (versions, people) = await new DemonstrationWorld(db, plan, by).WriteAsync(accounts, ct);
            plan = new DemonstrationPlan(plan.Seed, plan.NowUtc, plan.Tickets, people);
            var sla = new DemonstrationSla(plan, versions, withAudit: !isLarge);
            var bulk = new BulkTables(db);
            var tables = new DemonstrationTables(bulk);
            try
            {
                var (written, held) = (0, 0);
                var lines = Channel.CreateBounded<List<(WrittenOrder? Order, ReckonedTicket? Ticket)>>(8);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
                var made = Task.Run(() => MakeAsync(plan, sla, vault, lines.Writer, stop.Token), CancellationToken.None);
                try
                {
                    await foreach (var batch in lines.Reader.ReadAllAsync(ct))
                    {
                        foreach (var (order, ticket) in batch)
                        {
                            if (order is not null)
                            {
                                await tables.AddAsync(order, ct);
                            }
                            else
                            {
                                await tables.AddAsync(ticket!, ct);
                                (written, held) = (written + 1, held + 1);
                            }
                        }

                        await bulk.FlushAsync(ct);
                        progress?.Report(new SeedProgress("Tickets", written, plan.Tickets));
                        if (held >= TicketsInTransaction)
                        {
                            bulk.Dispose();
                            await transaction.CommitAsync(ct);
                            await transaction.DisposeAsync();
                            transaction = await db.Database.BeginTransactionAsync(ct);
                            (bulk, held) = (new BulkTables(db), 0);
                            tables = new DemonstrationTables(bulk);
                        }
                    }
                }
                finally
                {
                    await stop.CancelAsync();
                    await made;
                }
            }
            finally
            {
                bulk.Dispose();
            }

            progress?.Report(new SeedProgress("Indexes", plan.Tickets, plan.Tickets));
            if (isLarge)
            {
                await transaction.CommitAsync(ct);
                await transaction.DisposeAsync();
                await load.IndexAsync(ct);
                await TicketQueueTriggers.RunAsync(
                    db,
                    TicketQueueTriggers.FillInPieces(DemonstrationPlan.FirstTicketId, plan.LastTicketId),
                    ct
                );
                transaction = await db.Database.BeginTransactionAsync(ct);
            }
            else
            {
                await TicketQueueTriggers.RunAsync(db, TicketQueueTriggers.Fill, ct);
            }

            await CloseAsync(db, plan, by, ct);
            await TicketQueueTriggers.RunAsync(db, TicketQueueTriggers.Create, ct);
            await transaction.CommitAsync(ct);
        }
        finally
        {
            await transaction.DisposeAsync();
        }

        await load.EndAsync(ct);
        return new Outcome.Done();
    }

    /// <summary>On a thread of its own: making and reckoning take as long as writing.</summary>
    private static async Task MakeAsync(
        DemonstrationPlan plan,
        DemonstrationSla sla,
        VoucherVault vault,
        ChannelWriter<List<(WrittenOrder? Order, ReckonedTicket? Ticket)>> lines,
        CancellationToken ct
    )
    {
        try
        {
            var batch = new List<(WrittenOrder?, ReckonedTicket?)>(Batch);
            foreach (var (order, ticket) in plan.History())
            {
                batch.Add(order is not null ? (new WrittenOrder(order, Seal(vault, order)), null) : (null, sla.Reckon(ticket!)));
                if (batch.Count == Batch)
                {
                    await lines.WriteAsync(batch, ct);
                    batch = new List<(WrittenOrder?, ReckonedTicket?)>(Batch);
                }
            }

            await lines.WriteAsync(batch, ct);
            lines.Complete();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            lines.TryComplete();
        }
#pragma warning disable CA1031 // handed to the reader, which throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            lines.TryComplete(e);
        }
    }

    private static SealedVoucher? Seal(VoucherVault vault, PlannedOrder order) =>
        order.VoucherCode is { } code ? vault.Seal(order.Id, code, order.VoucherPin) : null;

    private static async Task CloseAsync(PlumDbContext db, DemonstrationPlan plan, Actor by, CancellationToken ct)
    {
        // What its tickets did to an order came after the order was written.
        await db.Database.ExecuteSqlRawAsync(
            """
            UPDATE Orders SET Status = (SELECT e.Status FROM OrderEvents e WHERE e.Id = (SELECT MAX(l.Id) FROM OrderEvents l WHERE l.OrderId = Orders.Id))
            WHERE Id IN (SELECT OrderId FROM Tickets WHERE OrderId IS NOT NULL)
            """,
            ct
        );
        var money = new DemonstrationMoney(db, plan, by);
        var requests = new DemonstrationRequests(db, plan, money);
        await money.SetLimitsAsync(ct);
        await requests.ChooseAsync(ct);
        await money.WriteAsync(requests.Refunded, ct);
        await requests.WriteAsync(ct);
        await new DemonstrationPartner(db, plan, money, by).WriteAsync(ct);
        foreach (var (name, next) in await NextAsync(db, plan, ct))
        {
            await db.Database.ExecuteSqlAsync($"UPDATE NumberSequences SET Next = {next} WHERE Name = {name}", ct);
        }

        db.Add(
            AuditEntry.For(
                "Demonstration",
                "demonstration",
                "Seeded",
                by,
                plan.NowUtc,
                why: $"Seed {plan.Seed}: {plan.Tickets} tickets, {plan.Orders} orders."
            )
        );
        await db.SaveChangesAsync(ct);
    }

    private static async Task<IReadOnlyList<(string Name, long Next)>> NextAsync(
        PlumDbContext db,
        DemonstrationPlan plan,
        CancellationToken ct
    ) =>
        [
            (Numbers.Tickets, plan.LastTicketId + 1),
            (Numbers.Orders, DemonstrationPlan.FirstOrderId + plan.Orders),
            (Numbers.Recipients, (await db.Recipients.MaxAsync(r => (long?)r.Id, ct) ?? 0) + 1),
        ];
}
