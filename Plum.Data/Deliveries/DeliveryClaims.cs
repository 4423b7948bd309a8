using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>
/// Takes what is due for one caller alone, and stores each attempt with its key before anything is called. What a process that died had claimed is
/// taken over once its claim has run out: by a provider that honours keys it is sent again under the same key, by any other it goes to a person.
/// </summary>
public sealed class DeliveryClaims(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <param name="most">How many are taken; each is called within <see cref="Delivery.ClaimLifetime"/>.</param>
    /// <returns>None when nothing is due, or the provider is paused.</returns>
    public async Task<ClaimedDeliveries> ClaimAsync(
        IDeliverySender sender,
        DeliveryChannel channel,
        int most,
        Actor by,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.ProviderPauses.AnyAsync(p => p.Provider == sender.Name, ct))
        {
            return ClaimedDeliveries.None;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claim = Guid.NewGuid();
        var lost = await TakeOverAsync(db, sender, channel, claim, most, by, now, ct);
        var due = await DueAsync(db, channel, most - lost, now, ct);
        var gone = due.Where(d => !Order.Deliverable.Contains(d.OrderStatus)).Select(d => d.Id).ToList();
        var stopped = due.Where(d => d.OptedOut && !gone.Contains(d.Id)).Select(d => d.Id).ToList();
        await LeaveAsync(db, gone, DeliveryState.Withdrawn, fault: null, DeliveryRefusals.OrderGone, now, ct);
        await LeaveAsync(db, stopped, DeliveryState.Failed, DeliveryFault.Never, DeliveryRefusals.OptedOut, now, ct);
        if (stopped.Count > 0)
        {
            await DeliveryAftermath.SettleAsync(db, stopped, by, now, ct);
        }

        var mine = due.Where(d => Order.Deliverable.Contains(d.OrderStatus) && !d.OptedOut).ToList();
        var ids = mine.ConvertAll(d => d.Id);
        if (ids.Count > 0)
        {
            // ExecuteUpdate: a claim, by compare-and-set.
            await db
                .Deliveries.Where(d => ids.Contains(d.Id) && d.State == DeliveryState.Queued)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(d => d.State, DeliveryState.Sending)
                            .SetProperty(d => d.Claim, claim)
                            .SetProperty(d => d.Provider, sender.Name)
                            .SetProperty(d => d.Attempts, d => d.Attempts + 1)
                            .SetProperty(d => d.Tries, d => d.Tries + 1)
                            .SetProperty(d => d.DueAtUtc, now + Delivery.ClaimLifetime)
                            .SetProperty(d => d.Version, d => d.Version + 1),
                    ct
                );
            await AttemptsAsync(db, mine, sender.Name, channel, now, ct);
        }

        var repeats = lost > 0 ? await RepeatsAsync(db, claim, channel, now, ct) : [];
        await transaction.CommitAsync(ct);
        return new ClaimedDeliveries(claim, [.. repeats, .. mine.Select(d => d with { Attempt = d.Attempt + 1, Tries = d.Tries + 1 })]);
    }

    private static async Task<int> TakeOverAsync(
        PlumDbContext db,
        IDeliverySender sender,
        DeliveryChannel channel,
        Guid claim,
        int most,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var left = db.Deliveries.Where(d => d.State == DeliveryState.Sending && d.Channel == channel && d.DueAtUtc <= now);
        var lost = await left.OrderBy(d => d.DueAtUtc).ThenBy(d => d.Id).Take(most).Select(d => new { d.Id, d.Provider }).ToListAsync(ct);
        var again = lost.Where(d => sender.HonoursKeys && d.Provider == sender.Name).Select(d => d.Id).ToList();
        var doubtful = lost.Select(d => d.Id).Except(again).ToList();
        if (again.Count > 0)
        {
            // ExecuteUpdate: a claim, by compare-and-set; the attempt and so its key stay.
            await left.Where(d => again.Contains(d.Id))
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(d => d.Claim, claim)
                            .SetProperty(d => d.DueAtUtc, now + Delivery.ClaimLifetime)
                            .SetProperty(d => d.Version, d => d.Version + 1),
                    ct
                );
        }

        if (doubtful.Count > 0)
        {
            const string words =
                "The sender stopped in the middle. The message may have left: look at the provider before it is sent again.";
            await db
                .DeliveryAttempts.Where(a => doubtful.Contains(a.DeliveryId) && a.Outcome == AttemptOutcome.Open)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(a => a.Outcome, AttemptOutcome.InDoubt)
                            .SetProperty(a => a.EndedAtUtc, now)
                            .SetProperty(a => a.Words, words),
                    ct
                );
            await LeaveAsync(db, doubtful, DeliveryState.Failed, DeliveryFault.InDoubt, new Refusal("in-doubt", words), now, ct);
            await DeliveryAftermath.SettleAsync(db, doubtful, by, now, ct);
        }

        return again.Count;
    }

    // ExecuteUpdate: by the batch, in the claim's transaction.
    private static async Task LeaveAsync(
        PlumDbContext db,
        List<long> ids,
        DeliveryState state,
        DeliveryFault? fault,
        Refusal why,
        DateTime now,
        CancellationToken ct
    )
    {
        if (ids.Count > 0)
        {
            DateTime? failed = state == DeliveryState.Failed ? now : null;
            await db
                .Deliveries.Where(d => ids.Contains(d.Id) && (d.State == DeliveryState.Queued || d.State == DeliveryState.Sending))
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(d => d.State, state)
                            .SetProperty(d => d.Claim, (Guid?)null)
                            .SetProperty(d => d.Fault, fault)
                            .SetProperty(d => d.Code, why.Code)
                            .SetProperty(d => d.Words, why.Message)
                            .SetProperty(d => d.FailedAtUtc, failed)
                            .SetProperty(d => d.Version, d => d.Version + 1),
                    ct
                );
        }
    }

    private static Task<List<ClaimedDelivery>> DueAsync(
        PlumDbContext db,
        DeliveryChannel channel,
        int most,
        DateTime now,
        CancellationToken ct
    ) =>
        Read(
                db,
                db.Deliveries.AsNoTracking()
                    .Where(d => d.State == DeliveryState.Queued && d.Channel == channel && d.DueAtUtc <= now)
                    .OrderBy(d => d.DueAtUtc)
                    .ThenBy(d => d.Id)
                    .Take(Math.Max(most, 0)),
                isRepeat: false
            )
            .ToListAsync(ct);

    private static Task<List<ClaimedDelivery>> RepeatsAsync(
        PlumDbContext db,
        Guid claim,
        DeliveryChannel channel,
        DateTime now,
        CancellationToken ct
    ) =>
        Read(
                db,
                db.Deliveries.AsNoTracking()
                    .Where(d =>
                        d.State == DeliveryState.Sending
                        && d.Channel == channel
                        && d.DueAtUtc == now + Delivery.ClaimLifetime
                        && d.Claim == claim
                    )
                    .Where(d => db.DeliveryAttempts.Any(a => a.DeliveryId == d.Id && a.Number == d.Attempts && a.StartedAtUtc < now)),
                isRepeat: true
            )
            .ToListAsync(ct);

    internal static IQueryable<ClaimedDelivery> Read(PlumDbContext db, IQueryable<Delivery> deliveries, bool isRepeat) =>
        from d in deliveries
        join o in db.Orders on d.OrderId equals o.Id
        join r in db.Recipients on d.RecipientId equals r.Id
        join w in db.Rewards on o.RewardId equals w.Id
        join b in db.Brands on o.BrandId equals b.Id
        join p in db.Programmes on d.ProgrammeId equals p.Id
        join c in db.Clients on d.ClientId equals c.Id
        select new ClaimedDelivery(
            d.Id,
            d.OrderId,
            d.ClientId,
            d.ProgrammeId,
            d.Channel,
            d.Address,
            d.Language,
            d.Message,
            d.Attempts,
            d.Tries,
            r.Name,
            r.OptedOutAtUtc != null,
            w.Name,
            b.Name,
            o.Value,
            o.Status,
            o.ExpiresAtUtc,
            p.Name,
            c.Name,
            isRepeat
        );

    private static async Task AttemptsAsync(
        PlumDbContext db,
        List<ClaimedDelivery> claimed,
        string provider,
        DeliveryChannel channel,
        DateTime now,
        CancellationToken ct
    )
    {
        using var tables = new BulkTables(db);
        var attempts = tables.Into<ClaimedDelivery, DeliveryAttempt>(columns =>
            columns
                .Long(nameof(DeliveryAttempt.DeliveryId), d => d.Id)
                .Long(nameof(DeliveryAttempt.Number), d => d.Attempt + 1)
                .Text(nameof(DeliveryAttempt.Provider), _ => provider)
                .Name<DeliveryChannel>(nameof(DeliveryAttempt.Channel), _ => channel)
                .Text(nameof(DeliveryAttempt.Address), d => d.Address)
                .Time(nameof(DeliveryAttempt.StartedAtUtc), _ => now)
                .Name<AttemptOutcome>(nameof(DeliveryAttempt.Outcome), _ => AttemptOutcome.Open)
        );
        await attempts.AddAsync(claimed, ct);
        await tables.FlushAsync(ct);
    }
}

/// <param name="Claim">Whose they are; what became of them is recorded under it.</param>
public sealed record ClaimedDeliveries(Guid Claim, IReadOnlyList<ClaimedDelivery> All)
{
    public static readonly ClaimedDeliveries None = new(Guid.Empty, []);
}

/// <param name="Attempt">The number of the attempt that is stored for it.</param>
/// <param name="IsRepeat">The same key may have been sent before.</param>
public sealed record ClaimedDelivery(
    long Id,
    long OrderId,
    Guid ClientId,
    Guid ProgrammeId,
    DeliveryChannel Channel,
    string Address,
    string? Language,
    string? Message,
    int Attempt,
    int Tries,
    string Recipient,
    bool OptedOut,
    string Reward,
    string Brand,
    Money Value,
    OrderStatus OrderStatus,
    DateTime? OrderExpiresAtUtc,
    string Programme,
    string Client,
    bool IsRepeat
);
