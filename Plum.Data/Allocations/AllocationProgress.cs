using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>How far a file is on its way from the checkers to its recipients.</summary>
public sealed class AllocationProgress(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int MostRefused = 50;

    /// <returns>Null when there is no such file, or it is not the actor's to see.</returns>
    public async Task<AllocationProgressView?> OfAsync(long number, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (
            by.Lacks(Act.ReadAllocations) is not null
            || await db.AllocationFiles.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct) is not { } file
        )
        {
            return null;
        }

        var placed = await db
            .OrderPlacements.Where(p => p.FileId == file.Id)
            .GroupBy(p => p.State)
            .Select(g => new { State = g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.State, g => g.Count, ct);
        var delivered = await db
            .Deliveries.Where(d => d.AllocationFileId == file.Id)
            .GroupBy(d => d.State)
            .Select(g => new
            {
                State = g.Key,
                Count = g.LongCount(),
                Opened = g.LongCount(d => d.OpenedAtUtc != null),
            })
            .ToListAsync(ct);
        var requests = await db
            .AllocationApprovals.Where(a => a.FileId == file.Id)
            .Join(
                db.ApprovalRequests,
                a => a.RequestId,
                r => r.Id,
                (a, r) =>
                    new AllocationRequestRow(r.Id, r.State, r.StepsDone, r.StepsNeeded, r.Amount, a.Rows, a.Largest, a.Ordered, a.Returned)
            )
            .ToListAsync(ct);
        return new AllocationProgressView(
            file.Number,
            file.State,
            file.ScheduledAtUtc,
            file.Good,
            file.Ordered,
            placed,
            delivered.ToDictionary(g => g.State, g => g.Count),
            delivered.Where(g => g.State != DeliveryState.Withdrawn).Sum(g => g.Opened),
            [.. requests.OrderBy(r => r.RequestId)],
            placed.GetValueOrDefault(PlacementState.Failed) == 0 ? [] : await RefusedAsync(db, file.Id, ct),
            await PacesAsync(db, file.Id, clock.GetUtcNow().UtcDateTime, ct),
            file.Version
        );
    }

    private static Task<List<RefusedOrderRow>> RefusedAsync(PlumDbContext db, Guid fileId, CancellationToken ct) =>
        db
            .OrderPlacements.Where(p => p.FileId == fileId && p.State == PlacementState.Failed)
            .OrderBy(p => p.OrderId)
            .Take(MostRefused)
            .Join(db.Orders, p => p.OrderId, o => o.Id, (p, o) => new { p, o })
            .Join(
                db.Recipients,
                x => x.o.RecipientId,
                r => r.Id,
                (x, r) =>
                    new
                    {
                        x.p,
                        x.o,
                        r,
                    }
            )
            .Join(
                db.Suppliers,
                x => x.p.SupplierId,
                s => s.Id,
                (x, s) => new RefusedOrderRow(x.p.OrderId, x.r.Name, x.o.Value, s.Name, x.p.Words ?? "")
            )
            .ToListAsync(ct);

    /// <summary>Of suppliers whose orders of this file wait.</summary>
    private static Task<List<SupplierPaceRow>> PacesAsync(PlumDbContext db, Guid fileId, DateTime now, CancellationToken ct) =>
        db
            .SupplierPaces.Where(p => p.StoppedAtUtc != null || p.RestsUntilUtc > now)
            .Where(p =>
                db.OrderPlacements.Any(o =>
                    o.FileId == fileId
                    && (o.State == PlacementState.Waiting || o.State == PlacementState.Unknown)
                    && o.SupplierId == p.SupplierId
                )
            )
            .Join(
                db.Suppliers,
                p => p.SupplierId,
                s => s.Id,
                (p, s) => new SupplierPaceRow(s.Id, s.Name, p.RestsUntilUtc, p.StoppedAtUtc, p.Words)
            )
            .ToListAsync(ct);
}

/// <param name="Good">Rows that are to be sent.</param>
/// <param name="Ordered">Of these, those that became orders.</param>
/// <param name="Placed">Of these, by how far their supplier is.</param>
/// <param name="Deliveries">Of those that were issued, by how far their delivery is.</param>
/// <param name="Opened">Of those, the ones that their recipient has opened.</param>
public sealed record AllocationProgressView(
    long Number,
    AllocationState State,
    DateTime? ScheduledAtUtc,
    long Good,
    long Ordered,
    IReadOnlyDictionary<PlacementState, long> Placed,
    IReadOnlyDictionary<DeliveryState, long> Deliveries,
    long Opened,
    IReadOnlyList<AllocationRequestRow> Requests,
    IReadOnlyList<RefusedOrderRow> Refused,
    IReadOnlyList<SupplierPaceRow> Paces,
    int Version
)
{
    public long Issued => Placed.GetValueOrDefault(PlacementState.Done);

    /// <summary>Given to their channel, whatever became of them then.</summary>
    public long Sent => Deliveries.GetValueOrDefault(DeliveryState.Sent) + Delivered;

    public long Delivered => Deliveries.GetValueOrDefault(DeliveryState.Delivered);

    public long Undelivered => Deliveries.GetValueOrDefault(DeliveryState.Failed);

    /// <summary>Still on their way to their recipients.</summary>
    public long Underway =>
        Deliveries.GetValueOrDefault(DeliveryState.Queued)
        + Deliveries.GetValueOrDefault(DeliveryState.Sending)
        + Deliveries.GetValueOrDefault(DeliveryState.Sent);

    public long RefusedOrders => Placed.GetValueOrDefault(PlacementState.Failed);
}

/// <param name="Largest">Minor units, as <paramref name="Ordered"/> and <paramref name="Returned"/>.</param>
public sealed record AllocationRequestRow(
    long RequestId,
    RequestState State,
    int StepsDone,
    int StepsNeeded,
    Money Amount,
    long Rows,
    long Largest,
    long Ordered,
    long Returned
);

/// <param name="Words">The supplier's, or ours where it was not asked.</param>
public sealed record RefusedOrderRow(long OrderId, string Recipient, Money Value, string Supplier, string Words);

public sealed record SupplierPaceRow(Guid SupplierId, string Supplier, DateTime? RestsUntilUtc, DateTime? StoppedAtUtc, string? Words);
