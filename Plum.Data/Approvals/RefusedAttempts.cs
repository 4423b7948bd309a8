using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>What was asked for in vain stands in the audit too: who, what, and why not.</summary>
internal static class RefusedAttempts
{
    /// <summary>Kept in a transaction of its own: that of the attempt is undone.</summary>
    /// <param name="subject">What it was about: a request's, a ticket's or an account's reference.</param>
    /// <param name="what">The attempt, as in "Refused: approval".</param>
    public static async Task<Outcome> AuditedAsync(
        this IDbContextFactory<PlumDbContext> contexts,
        Func<Task<Outcome>> attempt,
        string subject,
        string what,
        Actor by,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var outcome = await attempt();
        var why = outcome switch
        {
            Outcome.Refused(var refusal) => refusal.Message,
            Outcome.Stale => "It had changed since it was shown.",
            _ => null,
        };
        if (why is not null)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            db.Add(AuditEntry.For(RequestStep.Room, subject, $"Refused: {what}", by, clock.GetUtcNow().UtcDateTime, by.ClientId, Cut(why)));
            await db.SaveChangesAsync(ct);
        }

        return outcome;
    }

    private static string Cut(string why) => why.Length <= AuditEntry.WhyMaxLength ? why : why[..AuditEntry.WhyMaxLength];
}
