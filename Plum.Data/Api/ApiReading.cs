using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Api;

/// <summary>Lists as a machine reads them: to their end, from where it stopped, without counting.</summary>
public sealed class ApiReading(IDbContextFactory<PlumDbContext> contexts)
{
    /// <returns>Null when the actor's client has none of that code.</returns>
    public async Task<Guid?> ProgrammeAsync(string code, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadAllocations) || by.ClientId is not { } clientId || code.Length > Programme.CodeMaxLength)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Programmes.Where(p => p.ClientId == clientId && p.Code == code).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct);
    }

    /// <summary>Of a programme, the newest first.</summary>
    /// <param name="before">Only those before this number.</param>
    public async Task<IReadOnlyList<ApiFileRow>> FilesAsync(Guid programmeId, long? before, int take, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .AllocationFiles.AsNoTracking()
            .VisibleTo(by)
            .Where(f => f.ProgrammeId == programmeId && (before == null || f.Number < before))
            .OrderByDescending(f => f.Number)
            .Take(take)
            .Select(f => new ApiFileRow(f.Number, f.FileName, f.State, f.UploadedAtUtc, f.Who, f.Rows, f.Good, f.Bad, f.Excluded))
            .ToListAsync(ct);
    }

    /// <summary>The index of each row of a file, to that line: a cell may have line breaks, so that its line does not tell. For a file that is the caller's.</summary>
    public async Task<IReadOnlyDictionary<long, long>> IndexesAsync(long number, long toLine, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (from, to) = (AllocationRow.IdOf(number, 1), AllocationRow.IdOf(number, toLine));
        var ids = await db.AllocationRows.Where(r => r.Id >= from && r.Id <= to).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct);
        return ids.Select((id, at) => (Line: AllocationRow.LineOf(id), At: (long)at)).ToDictionary(r => r.Line, r => r.At);
    }

    /// <summary>Of a file, in its order.</summary>
    /// <param name="after">Only those after this line.</param>
    public async Task<IReadOnlyList<ApiRow>?> RowsAsync(long number, long after, int take, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.AllocationFiles.VisibleTo(by).AnyAsync(f => f.Number == number, ct))
        {
            return null;
        }

        var from = AllocationRow.IdOf(number, 1) - 1 + Math.Clamp(after, 0, AllocationRow.MaxLine);
        var to = AllocationRow.IdOf(number, AllocationRow.MaxLine);
        var rows = await db
            .AllocationRows.AsNoTracking()
            .Where(r => r.Id > from && r.Id <= to)
            .OrderBy(r => r.Id)
            .Take(take)
            .ToListAsync(ct);
        var rewardIds = rows.Where(r => r.RewardId is not null).Select(r => r.RewardId!.Value).Distinct().ToList();
        var rewards = await db.Rewards.Where(r => rewardIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Code, ct);
        var orderIds = rows.Where(r => r.OrderId is not null).Select(r => r.OrderId!.Value).ToList();
        var orders = await db
            .Orders.Where(o => orderIds.Contains(o.Id))
            .Select(o => new { o.Id, o.Status })
            .ToDictionaryAsync(o => o.Id, ct);
        var deliveries = (
            await db
                .Deliveries.Where(d => orderIds.Contains(d.OrderId))
                .Select(d => new
                {
                    d.OrderId,
                    d.Id,
                    d.State,
                })
                .ToListAsync(ct)
        ).GroupBy(d => d.OrderId).ToDictionary(g => g.Key, g => g.OrderBy(d => d.Id).Last().State); // the last one, where it was sent anew
        return
        [
            .. rows.Select(r => new ApiRow(
                r.Line,
                r.State,
                r.Reference,
                r.Name,
                r.Email,
                r.Phone,
                r.EmployeeNumber,
                r.Country,
                r.Channel,
                r.RewardId is { } reward ? rewards.GetValueOrDefault(reward) : null,
                r.Currency is { } currency ? new Money(r.Value, currency) : null,
                r.OrderId,
                r.OrderId is { } ordered && orders.TryGetValue(ordered, out var order) ? order.Status : null,
                r.OrderId is { } sent && deliveries.TryGetValue(sent, out var state) ? state : null,
                r.Faults?.Count ?? 0
            )),
        ];
    }
}

public sealed record ApiFileRow(
    long Number,
    string FileName,
    AllocationState State,
    DateTime UploadedAtUtc,
    string Who,
    long Rows,
    long Good,
    long Bad,
    long Excluded
);

/// <param name="Value">Null of a row that is not good.</param>
/// <param name="Faults">How many things are wrong with it.</param>
public sealed record ApiRow(
    long Line,
    AllocationRowState State,
    string? Reference,
    string? Name,
    string? Email,
    string? Phone,
    string? EmployeeNumber,
    string? Country,
    DeliveryChannel? Channel,
    string? Reward,
    Money? Value,
    long? OrderId,
    OrderStatus? Order,
    DeliveryState? Delivery,
    int Faults
);
