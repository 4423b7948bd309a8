using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Jobs;

/// <param name="Job">Its key, <c>group.name</c>.</param>
public sealed record RunJob(string Job);

/// <summary>Who asked for which job out of its turn. The scheduler keeps what became of it.</summary>
public sealed class JobService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<Outcome> AskAsync(RunJob command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.RunJobs) is { } refused)
        {
            return refused;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Add(AuditEntry.For("Jobs", command.Job, "Asked to run", by, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(ct);
        return new Outcome.Done(command.Job);
    }
}
