using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>Sessions as they stand in the database: asked at every request, and by every open page a few times a minute.</summary>
public sealed class SessionService(
    IDbContextFactory<PlumDbContext> contexts,
    AccessOptions options,
    TimeProvider clock,
    ILogger<SessionService> log
)
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>Whether the session still opens anything: it was not ended, is not too old, and its account is not disabled.</summary>
    /// <param name="seen">That something was done in it just now, which keeps it from idling out.</param>
    public async Task<bool> StandsAsync(Guid sessionId, Guid userId, bool seen, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await (
            from s in db.UserSessions.AsNoTracking()
            join u in db.Users on s.UserId equals u.Id
            where s.Id == sessionId && s.UserId == userId && u.DisabledAtUtc == null
            select new { Session = s, u.IsDemonstration }
        ).SingleOrDefaultAsync(ct);
        if (found is null || found.Session.IsOver(now) || (found.IsDemonstration && !options.AllowDemonstration))
        {
            return false;
        }

        if (seen && now - found.Session.SeenAtUtc >= Grain)
        {
            try
            {
                // ExecuteUpdate: many requests write this, nobody audits it, and a session that ended meanwhile must stay ended.
                await db
                    .UserSessions.Where(s => s.Id == sessionId && s.EndedAtUtc == null && s.SeenAtUtc < now)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAtUtc, now), ct);
            }
            catch (DbException e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(e, "A session's last use could not be noted"); // a long import holds the file; the next request notes it
            }
        }

        return true;
    }

    /// <summary>Whether the person has proved lately, in this session, to be who they are.</summary>
    public async Task<bool> IsConfirmedAsync(Guid sessionId, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.IsConfirmedAsync(sessionId, by, clock.GetUtcNow().UtcDateTime, ct);
    }

    /// <summary>One's own open sessions, the latest first.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(Guid thisSession, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return by.UserId is { } own ? await db.OpenSessionsAsync(own, thisSession, clock.GetUtcNow().UtcDateTime, ct) : [];
    }

    /// <summary>Signs out one of one's own sessions; saying it twice does no harm.</summary>
    public async Task<Outcome> EndAsync(Guid sessionId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.UserSessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == by.UserId, ct);
        if (session is null)
        {
            return Refusals.NotFound;
        }

        if (session.EndedAtUtc is null)
        {
            session.End(now);
            db.AuditEntries.Add(AuditEntry.For("Access", session.UserId.ToString(), "Signed out", by, now, by.ClientId));
        }

        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    /// <summary>Signs out everywhere but here.</summary>
    public async Task<Outcome> EndOthersAsync(Guid thisSession, Actor by, CancellationToken ct)
    {
        if (by.UserId is not { } own)
        {
            return Refusals.NotFound;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.EndSessionsAsync(own, now, except: thisSession, ct) > 0)
        {
            db.AuditEntries.Add(AuditEntry.For("Access", own.ToString(), "Signed out everywhere else", by, now, by.ClientId));
        }

        return await db.SaveAsync(new Outcome.Done(), ct);
    }
}

internal static class Sessions
{
    /// <summary>Ends them with the caller's save.</summary>
    public static async Task<int> EndSessionsAsync(this PlumDbContext db, Guid userId, DateTime now, Guid? except, CancellationToken ct)
    {
        var open = await db.UserSessions.Where(s => s.UserId == userId && s.EndedAtUtc == null && s.Id != except).ToListAsync(ct);
        open.ForEach(s => s.End(now));
        return open.Count;
    }

    public static async Task<bool> IsConfirmedAsync(this PlumDbContext db, Guid sessionId, Actor by, DateTime now, CancellationToken ct) =>
        await db.UserSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == by.UserId, ct) is { } session
        && session.IsConfirmed(now);

    public static async Task<IReadOnlyList<SessionRow>> OpenSessionsAsync(
        this PlumDbContext db,
        Guid userId,
        Guid? thisSession,
        DateTime now,
        CancellationToken ct
    )
    {
        var started = now - SignInRules.SessionLasts;
        var seen = now - SignInRules.SessionIdles;
        return await db
            .UserSessions.Where(s => s.UserId == userId && s.EndedAtUtc == null && s.StartedAtUtc > started && s.SeenAtUtc > seen)
            .OrderByDescending(s => s.SeenAtUtc)
            .ThenBy(s => s.Id)
            .Take(50)
            .Select(s => new SessionRow(s.Id, s.Way, s.Address, s.Browser, s.StartedAtUtc, s.SeenAtUtc, s.Id == thisSession))
            .ToListAsync(ct);
    }
}
