using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Data.Tickets;

/// <summary>What every command on one ticket has in common: right, ticket, version, step, one save.</summary>
internal static class TicketWork
{
    private const int Tries = 5;

    /// <param name="seenVersion">Null for what only adds (a note, a file): such a command overwrites nothing, and so is tried again when somebody
    /// else saved in between.</param>
    /// <param name="step">Changes the ticket, or says why not. It may run again, on a fresh context.</param>
    public static async Task<Outcome> OnTicketAsync(
        this IDbContextFactory<PlumDbContext> contexts,
        long ticketId,
        int? seenVersion,
        Act act,
        Actor by,
        DateTime nowUtc,
        Func<TicketScope, Task<Refusal?>> step,
        CancellationToken ct
    )
    {
        if (by.Lacks(act) is { } refused)
        {
            return refused;
        }

        for (var tries = 1; ; tries++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var ticket = await db.Tickets.VisibleTo(by).SingleOrDefaultAsync(t => t.Id == ticketId, ct);
            if (ticket is null)
            {
                return Refusals.NotFound;
            }

            if (seenVersion is { } seen)
            {
                if (seen != ticket.Version)
                {
                    return new Outcome.Stale(); // before the rule is asked: it would be asked about another ticket than the person saw
                }

                db.Expect(ticket, seen);
            }

            var scope = new TicketScope(db, ticket, by, nowUtc);
            if (await step(scope) is { } cannot)
            {
                return cannot;
            }

            await SlaStep.ReckonAsync(db, ticket, nowUtc, ct);
            var outcome = await db.SaveAsync(new Outcome.Done(scope.Reference), ct);
            if (outcome is not Outcome.Stale || seenVersion is not null || tries == Tries)
            {
                return outcome;
            }
        }
    }
}
