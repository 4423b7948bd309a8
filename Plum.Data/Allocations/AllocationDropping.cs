using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Ends orders that no supplier will fulfil: their money goes back to the budget, in batches, each a transaction.</summary>
internal sealed class AllocationDropping(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public const int Batch = 500;

    /// <summary>What a cancelled file has not asked its suppliers for yet. What is being asked at this moment is left to its answer.</summary>
    public Task<int> DropUnaskedAsync(Guid fileId, Actor by, CancellationToken ct) =>
        DropAsync(
            fileId,
            (placements, now) =>
                placements.Where(p =>
                    p.State == PlacementState.Waiting && p.Tries == 0 && (p.ClaimedUntilUtc == null || p.ClaimedUntilUtc <= now)
                ),
            "Taken back before the supplier was asked",
            by,
            ct
        );

    /// <summary>What the suppliers refused, by a person's choice.</summary>
    public Task<int> DropFailedAsync(Guid fileId, Actor by, CancellationToken ct) =>
        DropAsync(fileId, (placements, _) => placements.Where(p => p.State == PlacementState.Failed), "Given up", by, ct);

    private async Task<int> DropAsync(
        Guid fileId,
        Func<IQueryable<OrderPlacement>, DateTime, IQueryable<OrderPlacement>> which,
        string what,
        Actor by,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var placements = await which(db.OrderPlacements.Where(p => p.FileId == fileId), now)
            .OrderBy(p => p.OrderId)
            .Take(Batch)
            .ToListAsync(ct);
        if (placements.Count == 0)
        {
            return 0;
        }

        var ids = placements.ConvertAll(p => p.OrderId);
        var orders = await db.Orders.Where(o => ids.Contains(o.Id)).OrderBy(o => o.Id).ToListAsync(ct);
        // ExecuteUpdate: compared and set in one statement, so that refunds never add up to more than was captured.
        await db
            .OrderPayments.Where(p => ids.Contains(p.OrderId) && p.Refunded == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Refunded, p => p.Captured), ct);
        placements.ForEach(p => p.Drop(what));
        foreach (var order in orders)
        {
            order.Reject();
            db.Add(OrderEvent.Of(order.Id, order.Status, what, by, now));
        }

        var file = await db.AllocationFiles.AsNoTracking().SingleAsync(f => f.Id == fileId, ct);
        foreach (var group in orders.GroupBy(o => o.Value.Currency))
        {
            var budget = await db.AccountIdAsync(AccountKey.Budget(file.ProgrammeId, group.Key), ct);
            var legs = new List<Leg> { new(budget!.Value, new Money(group.Sum(o => o.Value.MinorUnits), group.Key)) };
            foreach (var supplier in group.GroupBy(o => o.SupplierId))
            {
                var clearing = await db.AccountIdAsync(AccountKey.Supplier(supplier.Key, group.Key), ct);
                legs.Add(new Leg(clearing!.Value, new Money(-supplier.Sum(o => o.Value.MinorUnits), group.Key)));
            }

            var key = string.Create(CultureInfo.InvariantCulture, $"{file.Reference}/{group.Key}/back/{group.Min(o => o.Id)}");
            if (
                await db.PostAsync(
                    new EntryTerms(key, "Returned", $"{group.Count()} orders of {file.Reference} not fulfilled", legs),
                    by,
                    now,
                    ct
                ) is
                { } refused
            )
            {
                throw new InvalidOperationException($"{file.Reference}: {refused.Message}");
            }
        }

        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                file.Reference,
                what,
                by,
                now,
                file.ClientId,
                $"{orders.Count} orders, {OrderReference.Of(ids[0])} to {OrderReference.Of(ids[^1])}"
            )
        );
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return orders.Count;
    }
}
