using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Jobs;

/// <summary>Clears away what is of use to nobody any more: sessions long over, glances at tickets, files that were never sent.</summary>
public sealed class LeftoverSweep(IDbContextFactory<PlumDbContext> contexts, FileStore files, TimeProvider clock)
{
    public static readonly TimeSpan SessionsKept = TimeSpan.FromDays(90);
    public static readonly TimeSpan GlancesKept = TimeSpan.FromDays(1);
    public static readonly TimeSpan UnsentFilesKept = TimeSpan.FromDays(30);
    private const int AtOnce = 200;

    public async Task<Swept> SweepAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (ended, begun, glanced) = (now - SessionsKept, now - SessionsKept - SignInRules.SessionLasts, now - GlancesKept);

        // ExecuteDelete: of neither is there anything to audit. What was done in a session is audited where it was done.
        var sessions = await db.UserSessions.Where(s => s.EndedAtUtc < ended || s.StartedAtUtc < begun).ExecuteDeleteAsync(ct);
        var glances = await db.TicketPresences.Where(p => p.SeenAtUtc < glanced).ExecuteDeleteAsync(ct);
        var unsent = 0;
        for (int cleared; (cleared = await ClearFilesAsync(now - UnsentFilesKept, by, now, ct)) > 0; )
        {
            unsent += cleared;
        }

        return new Swept(sessions, glances, unsent);
    }

    /// <summary>The row goes first: a file without its row is found by nobody, a row without its file would be an error on a page.</summary>
    private async Task<int> ClearFilesAsync(DateTime before, Actor by, DateTime now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var unsent = await db
            .TicketAttachments.Where(f => f.MessageId == null && f.AtUtc < before)
            .OrderBy(f => f.AtUtc)
            .Take(AtOnce)
            .ToListAsync(ct);
        foreach (var file in unsent)
        {
            db.Remove(file);
            db.Add(AuditEntry.For("Tickets", file.Id.ToString(), "Cleared a file that was never sent", by, now));
        }

        await db.SaveChangesAsync(ct);
        unsent.ForEach(f => files.Delete(f.StoredName));
        return unsent.Count;
    }
}

/// <summary>How many of each were cleared away.</summary>
public sealed record Swept(int Sessions, int Glances, int UnsentFiles)
{
    public int All => Sessions + Glances + UnsentFiles;
}
