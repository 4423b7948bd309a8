using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Shared;

namespace Plum.Data.Sla;

public sealed class SlaService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>
    /// Records the warnings and breaches that have come, each as the instant at which it came, with an event and a notice; and
    /// reckons again the tickets whose policy or calendar changed. At most <paramref name="batch"/> tickets; safe to run twice.
    /// </summary>
    /// <returns>How many tickets were looked at.</returns>
    public Task<int> FlagDueAsync(int batch, Actor by, CancellationToken ct) =>
        by.UserId is null
            ? SlaBatch.SweepAsync(contexts, batch, clock.GetUtcNow().UtcDateTime, ct)
            : throw new InvalidOperationException("Clocks are flagged by a job.");
}
