using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>
/// The step by which an order comes to be delivered; for whoever issues orders, in the transaction that issues them. An order has its first
/// delivery once: a second one fails by the unique index on order and turn, and so does the whole save.
/// </summary>
internal static class DeliveryQueueing
{
    /// <summary>Queues one order, by the channel given, else the programme's. The caller saves, with its audit entry.</summary>
    /// <param name="channel">The row's own.</param>
    /// <returns>Null when it is queued.</returns>
    public static async Task<Refusal?> QueueAsync(
        PlumDbContext db,
        Order order,
        DateTime nowUtc,
        CancellationToken ct,
        DeliveryChannel? channel = null,
        string? language = null,
        string? message = null,
        Guid? allocationFileId = null,
        DateTime? dueAtUtc = null
    )
    {
        if (!order.IsDeliverable)
        {
            return DeliveryRefusals.OrderGone;
        }

        var recipient = await db.Recipients.AsNoTracking().SingleAsync(r => r.Id == order.RecipientId, ct);
        var by = channel ?? await db.Programmes.Where(p => p.Id == order.ProgrammeId).Select(p => p.DefaultChannel).SingleAsync(ct);
        if (recipient.OptedOutAtUtc is not null)
        {
            return DeliveryRefusals.OptedOut;
        }

        var address = AddressOf(by, recipient.Email, recipient.Phone);
        if (DeliveryRefusals.ForAddress(by, address) is { } wrong)
        {
            return wrong;
        }

        db.Add(
            Delivery.Queue(
                new QueuedDelivery(
                    order.ClientId,
                    order.ProgrammeId,
                    order.Id,
                    order.RecipientId,
                    by,
                    address!,
                    language,
                    message,
                    allocationFileId,
                    dueAtUtc
                ),
                nowUtc
            )
        );
        return null;
    }

    /// <summary>
    /// An order that was issued in another's place goes the way that one went, to where its recipient is reached now; what was not yet sent of the
    /// former is withdrawn. The caller saves, with its audit entry.
    /// </summary>
    /// <returns>Why nothing is sent; null when it is queued.</returns>
    public static async Task<Refusal?> QueueInPlaceOfAsync(
        PlumDbContext db,
        Order former,
        Order order,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        await WithdrawAsync(db, former.Id, $"{OrderReference.Of(order.Id)} was issued in its place.", ct);
        var last = await db
            .Deliveries.AsNoTracking()
            .Where(d => d.OrderId == former.Id)
            .OrderByDescending(d => d.Turn)
            .Select(d => new
            {
                d.Channel,
                d.Language,
                d.Message,
            })
            .FirstOrDefaultAsync(ct);
        return await QueueAsync(db, order, nowUtc, ct, last?.Channel, last?.Language, last?.Message);
    }

    /// <summary>Whatever waits of an order that is no longer to be delivered, waits no more: neither for its next attempt nor for a person.</summary>
    public static Task WithdrawAsync(PlumDbContext db, long orderId, string why, CancellationToken ct) =>
        // ExecuteUpdate: by compare-and-set. What a sender has claimed at this moment goes out, and its link opens nothing.
        db
            .Deliveries.Where(d => d.OrderId == orderId && (d.State == DeliveryState.Queued || d.State == DeliveryState.Failed))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.State, DeliveryState.Withdrawn)
                        .SetProperty(d => d.Words, why)
                        .SetProperty(d => d.Version, d => d.Version + 1),
                ct
            );

    /// <summary>Queues orders by the thousand, in the caller's transaction and past the change tracker. Addresses were checked with the rows.</summary>
    /// <returns>How many were queued.</returns>
    public static async Task<int> QueueAllAsync(PlumDbContext db, IEnumerable<QueuedDelivery> all, DateTime nowUtc, CancellationToken ct)
    {
        using var tables = new BulkTables(db);
        var deliveries = tables.Into<QueuedDelivery, Delivery>(columns =>
            columns
                .Guid(nameof(Delivery.ClientId), d => d.ClientId)
                .Guid(nameof(Delivery.ProgrammeId), d => d.ProgrammeId)
                .Long(nameof(Delivery.OrderId), d => d.OrderId)
                .Long(nameof(Delivery.Turn), d => d.Turn)
                .Long(nameof(Delivery.RecipientId), d => d.RecipientId)
                .Guid(nameof(Delivery.AllocationFileId), d => d.AllocationFileId)
                .Name<DeliveryChannel>(nameof(Delivery.Channel), d => d.Channel)
                .Text(nameof(Delivery.Address), d => DeliveryRefusals.Neat(d.Channel, d.Address))
                .Text(nameof(Delivery.Language), d => d.Language)
                .Text(nameof(Delivery.Message), d => d.Message)
                .Name<DeliveryState>(nameof(Delivery.State), _ => DeliveryState.Queued)
                .Time(nameof(Delivery.QueuedAtUtc), _ => nowUtc)
                .Time(nameof(Delivery.DueAtUtc), d => d.DueAtUtc ?? nowUtc)
        );
        var count = 0;
        foreach (var delivery in all)
        {
            await deliveries.AddAsync(delivery, ct);
            count++;
        }

        await tables.FlushAsync(ct);
        return count;
    }

    /// <summary>Where the channel reaches a person; null where they have no such address.</summary>
    public static string? AddressOf(DeliveryChannel channel, string? email, string? phone) =>
        channel == DeliveryChannel.Email ? email : phone;
}
