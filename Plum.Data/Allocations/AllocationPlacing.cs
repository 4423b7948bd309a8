using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Connectors;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>
/// Asks suppliers for the orders of files, a batch at a time and several at once. That a call is made is stored before it is made; what may have
/// been made before is looked up by its key and never repeated blindly. Of two nodes each order is at one.
/// </summary>
public sealed class AllocationPlacing(
    IDbContextFactory<PlumDbContext> contexts,
    SupplierGateways gateways,
    VoucherVault vault,
    TimeProvider clock
)
{
    public const int Batch = 100;
    private const int AtOnce = 8;

    /// <summary>Longer than a supplier takes for a batch: whoever was killed is not waited for longer than this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <returns>How many suppliers' answers were written down; 0 when nothing is due.</returns>
    public async Task<int> PlaceNextAsync(Actor by, CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } claim)
        {
            return 0;
        }

        var gateway = gateways.Of(claim.SupplierCode);
        // Once the other side may have an order, our own shutdown must not lose the answer.
        using var free = new SemaphoreSlim(AtOnce);
        var answers = await Task.WhenAll(claim.Asked.Select(AskInTurnAsync));
        await WriteAsync(claim, gateway.Abilities, answers, by, CancellationToken.None);
        return answers.Length;

        async Task<(Asked Asked, PlaceOutcome Outcome)> AskInTurnAsync(Asked asked)
        {
            await free.WaitAsync(CancellationToken.None);
            try
            {
                return (asked, await AskAsync(gateway, claim.SupplierCode, asked));
            }
            finally
            {
                free.Release();
            }
        }
    }

    private static async Task<PlaceOutcome> AskAsync(ISupplierGateway gateway, string supplier, Asked asked)
    {
        if (asked.IsToLookUp)
        {
            switch (await gateway.FindByReferenceAsync(asked.Key, CancellationToken.None))
            {
                case FindOutcome.Found found:
                    return PlaceOutcome.Of(found.Order, quantity: 1);
                case FindOutcome.Unknown unknown:
                    return new PlaceOutcome.Unknown(unknown.Reason);
                case FindOutcome.Refused refused:
                    return new PlaceOutcome.Unknown(refused.Fault.Words);
                default:
                    break; // it has no such order: placed under the same reference
            }
        }

        var order = new PlaceOrder(asked.Key, supplier, $"{asked.RewardId:n}", asked.Value, 1, asked.To);
        return await gateway.PlaceAsync(order, CancellationToken.None);
    }

    /// <summary>ExecuteUpdate: of several nodes each placement is claimed by one; the tries are counted with it, before any call.</summary>
    private async Task<Claim?> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var due = db
            .OrderPlacements.Where(p =>
                p.State == PlacementState.Waiting || p.State == PlacementState.Accepted || p.State == PlacementState.Unknown
            )
            .Where(p => p.NextAttemptAtUtc <= now && (p.ClaimedUntilUtc == null || p.ClaimedUntilUtc <= now))
            .Where(p =>
                p.State != PlacementState.Waiting
                || db.AllocationFiles.Any(f =>
                    f.Id == p.FileId && (f.State == AllocationState.Running || f.State == AllocationState.Finished)
                )
            )
            .Where(p => !db.SupplierPaces.Any(s => s.SupplierId == p.SupplierId && (s.StoppedAtUtc != null || s.RestsUntilUtc > now)));
        var first = await due.OrderBy(p => p.NextAttemptAtUtc)
            .ThenBy(p => p.OrderId)
            .Select(p => (Guid?)p.SupplierId)
            .FirstOrDefaultAsync(ct);
        if (first is not { } supplierId)
        {
            return null;
        }

        var code = await db.Suppliers.Where(s => s.Id == supplierId).Select(s => s.Code).SingleAsync(ct);
        var isAway = await db.SupplierPaces.AnyAsync(p => p.SupplierId == supplierId && p.Silences > 0, ct);
        var most = isAway ? 1 : Math.Min(Batch, gateways.Of(code).Abilities.PlacesAMinute ?? Batch); // one order finds out whether it is back
        var ids = await due.Where(p => p.SupplierId == supplierId)
            .OrderBy(p => p.NextAttemptAtUtc)
            .ThenBy(p => p.OrderId)
            .Select(p => p.OrderId)
            .Take(most)
            .ToListAsync(ct);
        var token = Guid.NewGuid();
        await due.Where(p => ids.Contains(p.OrderId))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(p => p.Claim, token)
                        .SetProperty(p => p.ClaimedUntilUtc, now + Lease)
                        .SetProperty(p => p.Tries, p => p.Tries + 1),
                ct
            );
        var mine = await db
            .OrderPlacements.AsNoTracking()
            .Where(p => p.Claim == token)
            .Join(db.Orders, p => p.OrderId, o => o.Id, (p, o) => new { Placement = p, Order = o })
            .Join(
                db.Recipients,
                x => x.Order.RecipientId,
                r => r.Id,
                (x, r) =>
                    new
                    {
                        x.Placement,
                        x.Order.RewardId,
                        x.Order.Value,
                        To = new SupplierContact(r.Name, r.Email, r.Phone),
                    }
            )
            .OrderBy(x => x.Placement.OrderId)
            .ToListAsync(ct);
        return new Claim(
            token,
            supplierId,
            code,
            now,
            mine.ConvertAll(x => new Asked(
                x.Placement.OrderId,
                x.Placement.FileId,
                x.Placement.Key,
                x.Placement.IsToLookUp,
                x.RewardId,
                x.Value,
                x.To
            ))
        );
    }

    /// <summary>Only what is still claimed by this batch: whoever took over looks it up.</summary>
    private async Task WriteAsync(
        Claim claim,
        SupplierAbilities abilities,
        IReadOnlyList<(Asked Asked, PlaceOutcome Outcome)> answers,
        Actor by,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var placements = await db.OrderPlacements.Where(p => p.Claim == claim.Token).ToDictionaryAsync(p => p.OrderId, ct);
        var ids = placements.Keys.ToList();
        var orders = await db.Orders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var pace = await db.SupplierPaces.SingleOrDefaultAsync(p => p.SupplierId == claim.SupplierId, ct);
        var issued = new List<Order>();
        foreach (var (asked, outcome) in answers.Where(a => placements.ContainsKey(a.Asked.OrderId)))
        {
            var (placement, order) = (placements[asked.OrderId], orders[asked.OrderId]);
            switch (outcome)
            {
                case PlaceOutcome.Fulfilled { Order: var done }:
                    Issue(db, order, done, by, now);
                    placement.Succeed(done.Order.Raw);
                    issued.Add(order);
                    break;
                case PlaceOutcome.Accepted:
                    placement.Accept("It has the order, and has not issued it yet.", now);
                    break;
                case PlaceOutcome.Partial:
                    placement.Accept("It has issued a part of the order.", now);
                    break;
                case PlaceOutcome.Unknown unknown:
                    placement.LoseAnswer(unknown.Reason, now);
                    break;
                case PlaceOutcome.Rejected { Fault: var fault }:
                    Refuse(placement, fault, now);
                    if (fault.Class is SupplierFaultClass.RateLimited or SupplierFaultClass.StopSender)
                    {
                        db.AddOnce(ref pace, claim.SupplierId);
                        Slow(pace!, fault, placement, now);
                    }

                    break;
                default:
                    throw new InvalidOperationException($"{outcome} is no answer to an order.");
            }
        }

        if (Silence(answers) is { } silence)
        {
            db.AddOnce(ref pace, claim.SupplierId);
            pace!.Miss(now, silence);
        }
        else
        {
            pace?.Hear();
        }

        if (abilities.PlacesAMinute is { } most)
        {
            db.AddOnce(ref pace, claim.SupplierId);
            var rests = claim.AtUtc + TimeSpan.FromMinutes((double)answers.Count / most);
            if (!(pace!.RestsUntilUtc >= rests))
            {
                pace.Rest(rests, pace.Words);
            }
        }

        if (issued.Count > 0)
        {
            await DeliverAsync(db, issued, now, ct);
            await AuditAsync(db, placements, issued, by, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private void Issue(PlumDbContext db, Order order, SupplierOrder done, Actor by, DateTime now)
    {
        var voucher = done.Vouchers is [var only, ..] ? only : null;
        var secret = voucher is null ? null : vault.Seal(order.Id, voucher.Code, voucher.Pin);
        order.Issue(done.SupplierReference, secret?.Text, secret?.Last4, now, voucher?.ValidUntilUtc);
        db.Add(OrderEvent.Of(order.Id, order.Status, "Issued", by, now, done.SupplierReference));
    }

    /// <summary>To the address that the row gave, by its channel or else the programme's.</summary>
    private static async Task DeliverAsync(PlumDbContext db, IReadOnlyList<Order> issued, DateTime now, CancellationToken ct)
    {
        var (ids, programmes) = (issued.Select(o => o.Id).ToList(), issued.Select(o => o.ProgrammeId).Distinct().ToList());
        var rows = await db
            .AllocationRows.AsNoTracking()
            .Where(r => ids.Contains(r.OrderId!.Value))
            .ToDictionaryAsync(r => r.OrderId!.Value, ct);
        var usual = await db.Programmes.Where(p => programmes.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DefaultChannel, ct);
        await DeliveryQueueing.QueueAllAsync(
            db,
            issued.Select(order =>
            {
                var row = rows[order.Id];
                var channel = row.Channel ?? usual[order.ProgrammeId];
                return new QueuedDelivery(
                    order.ClientId,
                    order.ProgrammeId,
                    order.Id,
                    order.RecipientId,
                    channel,
                    DeliveryQueueing.AddressOf(channel, row.Email, row.Phone)
                        ?? throw new InvalidOperationException($"{OrderReference.Of(order.Id)} has no address for {channel}."),
                    row.Language,
                    row.Message,
                    row.FileId
                );
            }),
            now,
            ct
        );
    }

    private static void Refuse(OrderPlacement placement, SupplierFault fault, DateTime now)
    {
        var words = $"{fault.Words} ({fault.Code})";
        switch (fault.Class)
        {
            case SupplierFaultClass.RateLimited or SupplierFaultClass.Transient:
                placement.Postpone(words, fault.After ?? OrderPlacement.After(placement.Tries), now);
                break;
            case SupplierFaultClass.StopSender:
                placement.Postpone(words, TimeSpan.Zero, now); // nothing goes to this supplier until a person lets it go on
                break;
            default:
                placement.Fail(words);
                break;
        }
    }

    /// <summary>What the last of them said, when not one answer counts: the supplier is away, rather than one order in trouble.</summary>
    private static string? Silence(IReadOnlyList<(Asked Asked, PlaceOutcome Outcome)> answers)
    {
        string? last = null;
        foreach (var (_, outcome) in answers)
        {
            switch (outcome)
            {
                case PlaceOutcome.Unknown unknown:
                    last = unknown.Reason;
                    break;
                case PlaceOutcome.Rejected { Fault: { Class: SupplierFaultClass.Transient } fault }:
                    last = $"{fault.Words} ({fault.Code})";
                    break;
                default:
                    return null;
            }
        }

        return last;
    }

    private static void Slow(SupplierPace pace, SupplierFault fault, OrderPlacement placement, DateTime now)
    {
        var words = $"{fault.Words} ({fault.Code})";
        if (fault.Class == SupplierFaultClass.StopSender)
        {
            pace.Stop(now, words);
        }
        else
        {
            pace.Rest(placement.NextAttemptAtUtc, words);
        }
    }

    /// <summary>One line a file: each order's own line stands in its history.</summary>
    private static async Task AuditAsync(
        PlumDbContext db,
        Dictionary<long, OrderPlacement> placements,
        IReadOnlyList<Order> issued,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        foreach (var group in issued.GroupBy(o => placements[o.Id].FileId))
        {
            var file = await db.AllocationFiles.Where(f => f.Id == group.Key).Select(f => new { f.Number, f.ClientId }).SingleAsync(ct);
            db.Add(
                AuditEntry.For(
                    AllocationText.Room,
                    AllocationReference.Of(file.Number),
                    "Orders issued",
                    by,
                    now,
                    file.ClientId,
                    $"{group.Count()} orders, {OrderReference.Of(group.Min(o => o.Id))} to {OrderReference.Of(group.Max(o => o.Id))}"
                )
            );
        }
    }

    private sealed record Claim(Guid Token, Guid SupplierId, string SupplierCode, DateTime AtUtc, IReadOnlyList<Asked> Asked);

    private sealed record Asked(long OrderId, Guid FileId, string Key, bool IsToLookUp, Guid RewardId, Money Value, SupplierContact To);
}

internal static class SupplierPaces
{
    public static void AddOnce(this PlumDbContext db, ref SupplierPace? pace, Guid supplierId)
    {
        if (pace is null)
        {
            pace = SupplierPace.Of(supplierId);
            db.Add(pace);
        }
    }
}
