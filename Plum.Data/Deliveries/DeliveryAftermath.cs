using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>What follows from deliveries that have just failed or arrived, in the transaction that says so. The caller writes the audit.</summary>
internal static class DeliveryAftermath
{
    /// <summary>Of those that stand as failed: stops who wants no more, tries the programme's other channel, and lets the orders follow.</summary>
    public static async Task SettleAsync(PlumDbContext db, IReadOnlyCollection<long> ids, Actor by, DateTime nowUtc, CancellationToken ct)
    {
        var failed = await db.Deliveries.AsTracking().Where(d => ids.Contains(d.Id) && d.State == DeliveryState.Failed).ToListAsync(ct);
        await StopAsync(db, failed, by, nowUtc, ct);
        await FallBackAsync(db, failed, by, nowUtc, ct);
        await db.SaveChangesAsync(ct);
        await FollowAsync(
            db,
            [.. failed.Where(d => d.State == DeliveryState.Failed).Select(d => d.OrderId)],
            isDelivered: false,
            by,
            nowUtc,
            ct
        );
    }

    /// <summary>Lets orders follow their deliveries: those that stand where a delivery moves them.</summary>
    public static async Task FollowAsync(
        PlumDbContext db,
        IReadOnlyCollection<long> orderIds,
        bool isDelivered,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        if (orderIds.Count == 0)
        {
            return;
        }

        var next = isDelivered ? OrderStatus.Delivered : OrderStatus.DeliveryFailed;
        var from = Order.Deliverable.Where(s => s != next).ToList();
        var moved = await db.Orders.Where(o => orderIds.Contains(o.Id) && from.Contains(o.Status)).Select(o => o.Id).ToListAsync(ct);

        // ExecuteUpdate: by the batch; as Order.FollowDelivery has it.
        await db
            .Orders.Where(o => moved.Contains(o.Id) && from.Contains(o.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, next).SetProperty(o => o.Version, o => o.Version + 1), ct);
        using var tables = new BulkTables(db);
        var events = tables.Into<long, OrderEvent>(columns =>
            columns
                .Long(nameof(OrderEvent.OrderId), id => id)
                .Time(nameof(OrderEvent.AtUtc), _ => nowUtc)
                .Name<OrderStatus>(nameof(OrderEvent.Status), _ => next)
                .Text(nameof(OrderEvent.What), _ => isDelivered ? "Delivered" : "Delivery failed")
                .Text(nameof(OrderEvent.Who), _ => by.Name)
        );
        await events.AddAsync(moved, ct);
        await tables.FlushAsync(ct);
    }

    private static async Task StopAsync(PlumDbContext db, List<Delivery> failed, Actor by, DateTime nowUtc, CancellationToken ct)
    {
        var never = failed.Where(d => d.Fault == DeliveryFault.Never).Select(d => d.RecipientId).ToHashSet();
        if (never.Count == 0)
        {
            return;
        }

        var recipients = await db.Recipients.AsTracking().Where(r => never.Contains(r.Id) && r.OptedOutAtUtc == null).ToListAsync(ct);
        foreach (var recipient in recipients)
        {
            recipient.Stop(nowUtc, recipient.LeftOn);
            db.Add(DeliveryAudit.Line($"Recipient {recipient.Id}", "Opted out by the provider's word", by, nowUtc, recipient.ClientId));
        }
    }

    private static async Task FallBackAsync(PlumDbContext db, List<Delivery> failed, Actor by, DateTime nowUtc, CancellationToken ct)
    {
        var candidates = failed
            .Where(d => d is { Turn: 0, Fault: DeliveryFault.Recipient or DeliveryFault.Route or DeliveryFault.Passing })
            .ToList();
        if (candidates.Count == 0)
        {
            return;
        }

        var programmes = candidates.Select(d => d.ProgrammeId).Distinct().ToList();
        var others = await db
            .ProgrammeDeliveries.Where(s => programmes.Contains(s.ProgrammeId) && s.Fallback != null)
            .ToDictionaryAsync(s => s.ProgrammeId, s => s.Fallback!.Value, ct);
        candidates = candidates.FindAll(d => others.TryGetValue(d.ProgrammeId, out var other) && other != d.Channel);
        var people = candidates.Select(d => d.RecipientId).Distinct().ToList();
        var recipients = await db
            .Recipients.AsNoTracking()
            .Where(r => people.Contains(r.Id) && r.OptedOutAtUtc == null)
            .ToDictionaryAsync(r => r.Id, ct);
        foreach (var delivery in candidates.Where(d => recipients.ContainsKey(d.RecipientId)))
        {
            var (recipient, channel) = (recipients[delivery.RecipientId], others[delivery.ProgrammeId]);
            var address = DeliveryQueueing.AddressOf(channel, recipient.Email, recipient.Phone);
            if (DeliveryRefusals.ForAddress(channel, address) is null)
            {
                Replace(db, delivery, channel, address!, by, nowUtc);
            }
        }
    }

    /// <summary>The same order by another channel: a delivery that takes this one's place.</summary>
    internal static Delivery Replace(
        PlumDbContext db,
        Delivery delivery,
        Plum.Domain.Clients.DeliveryChannel channel,
        string address,
        Actor by,
        DateTime nowUtc
    )
    {
        delivery.Withdraw($"Sent by {DeliveryWords.Of(channel)} instead");
        var next = Delivery.Queue(
            new QueuedDelivery(
                delivery.ClientId,
                delivery.ProgrammeId,
                delivery.OrderId,
                delivery.RecipientId,
                channel,
                address,
                delivery.Language,
                delivery.Message,
                delivery.AllocationFileId,
                Turn: delivery.Turn + 1
            ),
            nowUtc
        );
        db.Add(next);
        db.Add(DeliveryAudit.Of(delivery, $"Sent by {DeliveryWords.Of(channel)} instead", by, nowUtc));
        return next;
    }
}
