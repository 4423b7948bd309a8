using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>What became of a file, row by row: to be taken away.</summary>
public sealed class AllocationReporting(
    IDbContextFactory<PlumDbContext> contexts,
    AllocationService files,
    AllocationProgress progress,
    TimeProvider clock
)
{
    /// <summary>Of a file with more rows only those are told that did not arrive.</summary>
    public const int MostRows = 20_000;

    private const int Piece = 1_000;

    /// <returns>Null when there is no such file, or it is not the actor's to see.</returns>
    public async Task<AllocationReport?> OfAsync(long number, Actor by, CancellationToken ct)
    {
        var (file, now) = (await files.ViewAsync(number, by, ct), clock.GetUtcNow().UtcDateTime);
        if (file is null || await progress.OfAsync(number, by, ct) is not { } way)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var whole = file.Rows <= MostRows;
        var rows = await RowsAsync(db, number, whole, ct);
        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                AllocationReference.Of(number),
                "Report taken",
                by,
                now,
                file.ClientId,
                $"{rows.Count} rows"
            )
        );
        await db.SaveChangesAsync(ct);
        return new AllocationReport(file, way, rows, whole, by.Name, now);
    }

    private static async Task<List<AllocationReportRow>> RowsAsync(PlumDbContext db, long number, bool whole, CancellationToken ct)
    {
        var (after, to) = AllocationText.RangeOf(number);
        var (told, rewards) = (new List<AllocationReportRow>(), new Dictionary<Guid, string>());
        for (after--; told.Count < MostRows; )
        {
            var from = after;
            var rows = db.AllocationRows.AsNoTracking().Where(r => r.Id > from && r.Id <= to);
            if (!whole)
            {
                rows = rows.Where(r =>
                    r.State != AllocationRowState.Ordered
                    || !db.Deliveries.Any(d => d.OrderId == r.OrderId && d.State == DeliveryState.Delivered)
                );
            }

            var piece = await rows.OrderBy(r => r.Id).Take(Piece).ToListAsync(ct);
            told.AddRange(await TellAsync(db, piece, rewards, ct));
            if (piece.Count < Piece)
            {
                break;
            }

            after = piece[^1].Id;
        }

        return told;
    }

    private static async Task<IEnumerable<AllocationReportRow>> TellAsync(
        PlumDbContext db,
        List<AllocationRow> rows,
        Dictionary<Guid, string> rewards,
        CancellationToken ct
    )
    {
        var ids = rows.Where(r => r.OrderId is not null).Select(r => r.OrderId!.Value).ToArray();
        var orders = await db
            .Orders.AsNoTracking()
            .Where(o => EF.Parameter(ids).Contains(o.Id))
            .Select(o => new { o.Id, o.Status })
            .ToDictionaryAsync(o => o.Id, o => o.Status, ct);
        var placed = await db
            .OrderPlacements.AsNoTracking()
            .Where(p => EF.Parameter(ids).Contains(p.OrderId) && p.State != PlacementState.Done)
            .ToDictionaryAsync(p => p.OrderId, p => p.Words, ct);
        var sent = await db
            .Deliveries.AsNoTracking()
            .Where(d => EF.Parameter(ids).Contains(d.OrderId) && d.State != DeliveryState.Withdrawn)
            .OrderBy(d => d.Id)
            .ToListAsync(ct);
        var delivered = sent.GroupBy(d => d.OrderId).ToDictionary(g => g.Key, g => g.Last());
        var unknown = rows.Where(r => r.RewardId is { } id && !rewards.ContainsKey(id)).Select(r => r.RewardId!.Value).Distinct().ToArray();
        foreach (
            var reward in await db
                .Rewards.Where(r => EF.Parameter(unknown).Contains(r.Id))
                .Select(r => new { r.Id, r.Code })
                .ToListAsync(ct)
        )
        {
            rewards[reward.Id] = reward.Code;
        }

        return rows.Select(row =>
        {
            var delivery = row.OrderId is { } id ? delivered.GetValueOrDefault(id) : null;
            return new AllocationReportRow(
                AllocationRow.LineOf(row.Id),
                row.State,
                row.Reference,
                row.Name,
                delivery?.Channel ?? row.Channel,
                delivery?.Address ?? row.Email ?? row.Phone,
                row.RewardId is { } reward ? rewards.GetValueOrDefault(reward) : null,
                row.Currency is { } currency ? new Money(row.Value, currency) : null,
                row.OrderId,
                row.OrderId is { } order ? orders.GetValueOrDefault(order) : null,
                delivery?.State,
                delivery?.SentAtUtc,
                delivery?.DeliveredAtUtc,
                delivery?.OpenedAtUtc,
                row.Faults is { Count: > 0 } faults ? string.Join(' ', faults)
                    : delivery is { State: not DeliveryState.Delivered, Words: { } words } ? words
                    : row.OrderId is { } waiting ? placed.GetValueOrDefault(waiting)
                    : null
            );
        });
    }
}

/// <param name="IsWhole">False of a large file, of which only those rows are told that did not arrive.</param>
public sealed record AllocationReport(
    AllocationView File,
    AllocationProgressView Progress,
    IReadOnlyList<AllocationReportRow> Rows,
    bool IsWhole,
    string MadeBy,
    DateTime MadeAtUtc
);

/// <param name="Why">It is bad, was refused or did not arrive.</param>
public sealed record AllocationReportRow(
    long Line,
    AllocationRowState State,
    string? Reference,
    string? Name,
    DeliveryChannel? Channel,
    string? Address,
    string? Reward,
    Money? Value,
    long? OrderId,
    OrderStatus? Order,
    DeliveryState? Delivery,
    DateTime? SentAtUtc,
    DateTime? DeliveredAtUtc,
    DateTime? OpenedAtUtc,
    string? Why
);
