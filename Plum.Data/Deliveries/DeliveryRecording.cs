using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>Writes down what became of a batch, by groups of the same result: a thousand that went well are one statement.</summary>
public sealed class DeliveryRecording(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <param name="outcomes">Null of what was not begun: the sender was stopped.</param>
    /// <param name="jitter">0 to 1; see <see cref="RetryWaits"/>.</param>
    public async Task RecordAsync(
        IDeliverySender sender,
        Guid claim,
        IReadOnlyList<(ClaimedDelivery Delivery, SendOutcome? Outcome)> outcomes,
        Func<double> jitter,
        Actor by,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var group in outcomes.GroupBy(o => (AttemptEnd.Of(o.Outcome), o.Delivery.Attempt)))
        {
            var ((end, number), ids) = (group.Key, group.Select(o => o.Delivery.Id).ToList());
            var heard = end.Outcome == AttemptOutcome.Taken ? AttemptOutcome.Taken : AttemptOutcome.Open; // a callback may have come first, without the provider's number

            // ExecuteUpdate: by the group; only this claim holds these attempts open.
            await db
                .DeliveryAttempts.Where(a =>
                    ids.Contains(a.DeliveryId) && a.Number == number && (a.Outcome == AttemptOutcome.Open || a.Outcome == heard)
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(a => a.Outcome, end.Outcome)
                            .SetProperty(a => a.EndedAtUtc, now)
                            .SetProperty(a => a.ProviderMessageId, end.ProviderMessageId)
                            .SetProperty(a => a.RawStatus, end.RawStatus)
                            .SetProperty(a => a.Code, end.Code)
                            .SetProperty(a => a.Words, end.Words),
                    ct
                );
        }

        foreach (var group in outcomes.GroupBy(o => DeliveryResult.Of(o.Delivery.Tries, o.Outcome, sender.HonoursKeys, jitter(), now)))
        {
            await SetAsync(db, claim, group.Key, [.. group.Select(o => o.Delivery.Id)], now, ct);
        }

        var taken = outcomes.Where(o => o.Outcome is SendOutcome.Taken { IsDelivered: true }).ToList();
        await DeliveryAftermath.FollowAsync(db, [.. taken.Select(o => o.Delivery.OrderId)], isDelivered: true, by, now, ct);
        var refused = outcomes.Where(o => o.Outcome is not SendOutcome.Taken and not null).Select(o => o.Delivery.Id).ToList();
        if (refused.Count > 0)
        {
            await DeliveryAftermath.SettleAsync(db, refused, by, now, ct);
        }

        if (
            outcomes.Select(o => o.Outcome).OfType<SendOutcome.Refused>().FirstOrDefault(r => r.Verdict.Fault == DeliveryFault.Sender) is
            { } fault
        )
        {
            await PauseAsync(db, sender.Name, fault.Code, fault.Words, by, now, ct);
        }

        db.Add(
            DeliveryAudit.Line(
                sender.Name,
                $"Tried {outcomes.Count} deliveries, {outcomes.Count(o => o.Outcome is SendOutcome.Taken)} taken",
                by,
                now
            )
        );
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Nothing leaves by a provider at which our own account is in trouble, until a person resumes it.</summary>
    internal static async Task PauseAsync(
        PlumDbContext db,
        string provider,
        string code,
        string words,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        if (!await db.ProviderPauses.AnyAsync(p => p.Provider == provider, ct))
        {
            db.Add(ProviderPause.Of(provider, code, words, nowUtc));
            db.Add(DeliveryAudit.Line(provider, "Paused: our account there is in trouble", by, nowUtc, why: $"{code} {words}"));
        }
    }

    // ExecuteUpdate: by the group, and only what this claim still holds; a callback that came first has the last word.
    private static Task SetAsync(PlumDbContext db, Guid claim, DeliveryResult to, List<long> ids, DateTime now, CancellationToken ct)
    {
        var (sent, delivered, failed) = (
            to.State is DeliveryState.Sent or DeliveryState.Delivered ? now : (DateTime?)null,
            to.State == DeliveryState.Delivered ? now : (DateTime?)null,
            to.State == DeliveryState.Failed ? now : (DateTime?)null
        );
        Guid? holder = null;
        return db
            .Deliveries.Where(d => ids.Contains(d.Id) && d.Claim == claim && d.State == DeliveryState.Sending)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.State, to.State)
                        .SetProperty(d => d.Claim, holder)
                        .SetProperty(d => d.DueAtUtc, to.DueAtUtc)
                        .SetProperty(d => d.Tries, d => d.Tries - to.TriesGivenBack)
                        .SetProperty(d => d.Fault, to.Fault)
                        .SetProperty(d => d.Code, to.Code)
                        .SetProperty(d => d.Words, to.Words)
                        .SetProperty(d => d.SentAtUtc, d => sent ?? d.SentAtUtc)
                        .SetProperty(d => d.DeliveredAtUtc, delivered)
                        .SetProperty(d => d.FailedAtUtc, failed)
                        .SetProperty(d => d.Version, d => d.Version + 1),
                ct
            );
    }
}
