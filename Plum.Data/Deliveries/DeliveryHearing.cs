using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>
/// Takes in what providers tell afterwards: late, twice and in any order. Each notice is kept once, by the provider's id of it; where the delivery
/// stands follows from all that was told of its last attempt. Whether a notice is the provider's own was checked before.
/// </summary>
public sealed class DeliveryHearing(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int Chunk = 200;

    /// <returns>How many were new. One of a message that Plum does not know is left aside: the provider may serve others too.</returns>
    public async Task<int> HearAsync(string provider, IReadOnlyList<ProviderNotice> notices, Actor by, CancellationToken ct)
    {
        var kept = 0;
        foreach (var chunk in notices.DistinctBy(n => n.EventId, StringComparer.Ordinal).Chunk(Chunk))
        {
            try
            {
                kept += await KeepAsync(provider, chunk, by, ct);
            }
            catch (DbUpdateException) // the same callback on two connections at once, or a person at work on the same delivery: once more
            {
                kept += await KeepAsync(provider, chunk, by, ct);
            }
        }

        return kept;
    }

    private async Task<int> KeepAsync(string provider, ProviderNotice[] notices, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var told = await FindAsync(db, provider, notices, ct);
        var ids = told.Select(t => t.DeliveryId).Distinct().ToList();
        var deliveries = await db.Deliveries.AsTracking().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        var events = await db.DeliveryEvents.AsNoTracking().Where(e => ids.Contains(e.DeliveryId)).ToListAsync(ct);
        foreach (var (deliveryId, number, notice) in told)
        {
            var heard = DeliveryEvent.Of(deliveryId, number, provider, notice, now);
            db.Add(heard);
            events.Add(heard);
        }

        foreach (var delivery in deliveries)
        {
            var news = told.Where(t => t.DeliveryId == delivery.Id).Select(t => t.Notice).ToList();
            delivery.Hear(events.FindAll(e => e.DeliveryId == delivery.Id), news, Random.Shared.NextDouble(), now);
        }

        if (told.FirstOrDefault(t => t.Notice.Verdict?.Fault == DeliveryFault.Sender).Notice is { } fault)
        {
            await DeliveryRecording.PauseAsync(db, provider, fault.Code ?? "", fault.Words ?? fault.RawStatus, by, now, ct);
        }

        // ExecuteUpdate: by the number. Whom the provider speaks of, it has taken, even if the sender died before it heard so.
        foreach (var number in told.GroupBy(t => t.Number, t => t.DeliveryId))
        {
            var of = number.Distinct().ToList();
            await db
                .DeliveryAttempts.Where(a => of.Contains(a.DeliveryId) && a.Number == number.Key && a.Outcome == AttemptOutcome.Open)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Outcome, AttemptOutcome.Taken).SetProperty(a => a.EndedAtUtc, now), ct);
        }

        if (told.Count > 0)
        {
            db.Add(DeliveryAudit.Line(provider, $"Heard {told.Count} notices of deliveries", by, now));
        }

        await db.SaveChangesAsync(ct);
        await DeliveryAftermath.SettleAsync(db, [.. deliveries.Where(d => d.State == DeliveryState.Failed).Select(d => d.Id)], by, now, ct);
        await DeliveryAftermath.FollowAsync(
            db,
            [.. deliveries.Where(d => d.State == DeliveryState.Delivered).Select(d => d.OrderId)],
            isDelivered: true,
            by,
            now,
            ct
        );
        await transaction.CommitAsync(ct);
        return told.Count;
    }

    /// <summary>The new ones of messages that this provider was given: a key that came back, else its own number of the message.</summary>
    private static async Task<List<(long DeliveryId, int Number, ProviderNotice Notice)>> FindAsync(
        PlumDbContext db,
        string provider,
        ProviderNotice[] notices,
        CancellationToken ct
    )
    {
        var eventIds = notices.Select(n => n.EventId).ToList();
        var known = (
            await db
                .DeliveryEvents.Where(e => e.Provider == provider && eventIds.Contains(e.EventId))
                .Select(e => e.EventId)
                .ToListAsync(ct)
        ).ToHashSet(StringComparer.Ordinal);
        var fresh = notices.Where(n => !known.Contains(n.EventId)).ToList();
        var ids = fresh.Select(n => DeliveryKey.Parse(n.Key)?.DeliveryId).OfType<long>().Distinct().ToList();
        var numbers = fresh
            .Where(n => DeliveryKey.Parse(n.Key) is null)
            .Select(n => n.ProviderMessageId)
            .OfType<string>()
            .Distinct()
            .ToList();
        var attempts = await db
            .DeliveryAttempts.AsNoTracking()
            .Where(a =>
                a.Provider == provider
                && (ids.Contains(a.DeliveryId) || (a.ProviderMessageId != null && numbers.Contains(a.ProviderMessageId)))
            )
            .Select(a => new
            {
                a.DeliveryId,
                a.Number,
                a.ProviderMessageId,
            })
            .ToListAsync(ct);
        var byKey = attempts.Select(a => (a.DeliveryId, a.Number)).ToHashSet();
        var byNumber = attempts
            .Where(a => a.ProviderMessageId is not null)
            .DistinctBy(a => a.ProviderMessageId)
            .ToDictionary(a => a.ProviderMessageId!, a => (a.DeliveryId, a.Number), StringComparer.Ordinal);
        var found = new List<(long, int, ProviderNotice)>();
        foreach (var notice in fresh)
        {
            if (DeliveryKey.Parse(notice.Key) is { } key)
            {
                if (byKey.Contains(key))
                {
                    found.Add((key.DeliveryId, key.Attempt, notice));
                }
            }
            else if (notice.ProviderMessageId is { } number && byNumber.TryGetValue(number, out var at))
            {
                found.Add((at.DeliveryId, at.Number, notice));
            }
        }

        return found;
    }
}
