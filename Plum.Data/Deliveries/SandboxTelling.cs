using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>Tells of the sandbox's messages when it is time, by the way on which real providers' callbacks come.</summary>
public sealed class SandboxTelling(IDbContextFactory<PlumDbContext> contexts, DeliveryHearing hearing, TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>Killed in the middle it tells some of them again, which is what callbacks do.</summary>
    /// <returns>How many were told.</returns>
    public async Task<int> TellDueAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var told = 0;
        while (!ct.IsCancellationRequested)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var due = await db
                .SandboxCallbacks.AsNoTracking()
                .Where(c => c.DueAtUtc <= now)
                .OrderBy(c => c.DueAtUtc)
                .ThenBy(c => c.Id)
                .Take(Batch)
                .ToListAsync(ct);
            if (due.Count == 0)
            {
                break;
            }

            var keys = due.Select(c => c.Key).Distinct().ToList();
            var channels = await db
                .SandboxMessages.Where(m => keys.Contains(m.Key))
                .ToDictionaryAsync(m => m.Key, m => m.Channel, StringComparer.Ordinal, ct);
            await hearing.HearAsync(SandboxDelivery.SenderName, [.. due.Where(c => channels.ContainsKey(c.Key)).Select(Notice)], by, ct);
            var ids = due.ConvertAll(c => c.Id);
            await db.SandboxCallbacks.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct); // the sandbox's own, not ours: no audit
            told += due.Count;

            ProviderNotice Notice(SandboxCallback c) =>
                new(
                    c.EventId,
                    c.Key,
                    ProviderMessageId: null,
                    c.Kind,
                    c.Kind.ToString(),
                    c.Kind == DeliveryEventKind.Failed ? SandboxAnswer.VerdictOf(channels[c.Key], c.Code) : null,
                    c.Code,
                    c.Kind == DeliveryEventKind.Failed ? $"The sandbox failed it with {c.Code}, as it was told to." : null,
                    c.AtUtc
                );
        }

        return told;
    }
}
