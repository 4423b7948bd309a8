using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Who looks at a ticket and who types on it. A hint between colleagues: no audit, no version, gone by itself.</summary>
public sealed class PresenceService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Says that the page is still open. Call it every <see cref="TicketPresence.Heartbeat"/>, and at once when typing begins or ends.</summary>
    public async Task BeatAsync(PresenceBeat beat, Actor by, CancellationToken ct)
    {
        if (by.UserId is not { } userId || !by.May(Act.ReadTickets) || !by.SeesInternals())
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Tickets.VisibleTo(by).AnyAsync(t => t.Id == beat.TicketId, ct))
        {
            return;
        }

        // ExecuteUpdate: one page owns its row, and nobody audits a glance.
        var there = await db
            .TicketPresences.Where(p => p.Id == beat.PageId && p.UserId == userId && p.TicketId == beat.TicketId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SeenAtUtc, now).SetProperty(p => p.IsTyping, beat.IsTyping), ct);
        if (there == 0)
        {
            db.Add(TicketPresence.Enter(beat.PageId, beat.TicketId, userId, by.Name, beat.IsTyping, now));
            await db.SaveChangesAsync(ct);
        }
    }

    public async Task LeaveAsync(Guid pageId, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.TicketPresences.Where(p => p.Id == pageId && p.UserId == by.UserId).ExecuteDeleteAsync(ct);
    }

    /// <summary>Who is on these tickets now, oneself included; several pages of one person are one row.</summary>
    public async Task<IReadOnlyList<PresenceRow>> ReadAsync(IReadOnlyCollection<long> ticketIds, CancellationToken ct)
    {
        if (ticketIds.Count == 0)
        {
            return [];
        }

        var alive = clock.GetUtcNow().UtcDateTime - TicketPresence.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db
            .TicketPresences.Where(p => ticketIds.Contains(p.TicketId) && p.SeenAtUtc > alive)
            .Select(p => new PresenceRow(p.TicketId, p.UserId, p.Who, p.IsTyping))
            .ToListAsync(ct);
        return
        [
            .. rows.GroupBy(p => (p.TicketId, p.UserId))
                .Select(g => g.First() with { IsTyping = g.Any(p => p.IsTyping) })
                .OrderBy(p => p.Who, StringComparer.CurrentCulture)
                .ThenBy(p => p.UserId),
        ];
    }

    /// <summary>Forgets the pages that are gone. Safe to run twice.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var dead = clock.GetUtcNow().UtcDateTime - TicketPresence.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.TicketPresences.Where(p => p.SeenAtUtc <= dead).ExecuteDeleteAsync(ct);
    }
}

/// <param name="PageId">Of the open page, made when it was opened.</param>
public sealed record PresenceBeat(Guid PageId, long TicketId, bool IsTyping);

public sealed record PresenceRow(long TicketId, Guid UserId, string Who, bool IsTyping);
