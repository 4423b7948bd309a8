using Microsoft.EntityFrameworkCore;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>
/// What a recipient without an account sees by their link. Whatever is wrong with a link, the answer is the same nothing: unknown, forged, expired and
/// cancelled do not differ.
/// </summary>
public sealed class RewardOpening(IDbContextFactory<PlumDbContext> contexts, RewardLinks links, VoucherVault vault, TimeProvider clock)
{
    private static readonly Actor Recipient = new(UserId: null, "The recipient, by their link", new HashSet<Domain.Access.Act>());
    private static readonly OrderStatus[] Open =
    [
        OrderStatus.Issued,
        OrderStatus.Delivered,
        OrderStatus.DeliveryFailed,
        OrderStatus.Redeemed,
    ];

    /// <summary>What stands outside on the parcel. Reading it leaves no trace and opens nothing: mail scanners do it too.</summary>
    /// <returns>Null when there is nothing to open.</returns>
    public async Task<RewardGlance?> LookAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await ReadAsync(db, token, ct) is { } found ? found.Glance : null;
    }

    /// <summary>Hands the voucher out, and writes down that it was opened before it is shown.</summary>
    /// <returns>Null when there is nothing to open.</returns>
    public async Task<RewardContents?> OpenAsync(string? token, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await TryOpenAsync(token, ct);
            }
            catch (DbUpdateConcurrencyException) when (tries < 3)
            {
                // A callback at the same instant: read again.
            }
        }
    }

    private async Task<RewardContents?> TryOpenAsync(string? token, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await ReadAsync(db, token, ct) is not { } found)
        {
            return null;
        }

        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == found.OrderId, ct);
        var secret = order.VoucherSealed is null ? null : vault.Open(order.Id, order.VoucherSealed);
        if (order.VoucherSealed is not null && secret is null)
        {
            return null; // sealed by a key that is lost
        }

        var delivery = await db.Deliveries.AsTracking().SingleAsync(d => d.Id == found.DeliveryId, ct);
        var isFirst = delivery.OpenedAtUtc is null;
        delivery.Open(now);
        db.Add(DeliveryAudit.Of(delivery, isFirst ? "Opened by the recipient" : "Opened by the recipient again", Recipient, now));
        if (isFirst)
        {
            db.Add(OrderEvent.Of(order.Id, order.Status, "Opened by the recipient", Recipient, now));
        }

        await db.SaveChangesAsync(ct);
        await DeliveryAftermath.FollowAsync(db, [order.Id], isDelivered: true, Recipient, now, ct);
        await transaction.CommitAsync(ct);
        return new RewardContents(found.Glance, secret?.Code, secret?.Pin, OrderReference.Of(order.Id), order.ExpiresAtUtc);
    }

    private async Task<(long DeliveryId, long OrderId, RewardGlance Glance)?> ReadAsync(
        PlumDbContext db,
        string? token,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await links.ReadAsync(token, ct) is not { } link || link.LastDay < DateOnly.FromDateTime(now))
        {
            return null;
        }

        var row = await DeliveryClaims
            .Read(db, db.Deliveries.AsNoTracking().Where(d => d.Id == link.DeliveryId), isRepeat: false)
            .SingleOrDefaultAsync(ct);
        if (row is null || !Open.Contains(row.OrderStatus) || row.OrderExpiresAtUtc <= now)
        {
            return null;
        }

        var language =
            row.Language
            ?? await db.ProgrammeDeliveries.Where(s => s.ProgrammeId == row.ProgrammeId).Select(s => s.Language).SingleOrDefaultAsync(ct)
            ?? ProgrammeDelivery.UsualLanguage;
        return (
            row.Id,
            row.OrderId,
            new RewardGlance(row.Recipient, row.Client, row.Brand, row.Reward, row.Value, row.Message, language, link.LastDay)
        );
    }
}

/// <param name="LastDay">On which the link works.</param>
public sealed record RewardGlance(
    string Recipient,
    string Client,
    string Brand,
    string Reward,
    Money Value,
    string? Message,
    string Language,
    DateOnly LastDay
);

/// <param name="Code">Null of what has none, such as goods that are sent by post.</param>
public sealed record RewardContents(RewardGlance Glance, string? Code, string? Pin, string OrderReference, DateTime? ExpiresAtUtc)
{
    public override string ToString() => OrderReference; // never the code, in no log
}
