using Microsoft.EntityFrameworkCore;
using Plum.Domain.Shared;

namespace Plum.Data.Shared;

internal static class Saving
{
    /// <summary>Makes the save fail unless the row is still as the person saw it.</summary>
    public static void Expect<T>(this PlumDbContext db, T row, int seenVersion)
        where T : class, IVersioned => db.Entry(row).Property(r => r.Version).OriginalValue = seenVersion;

    public static async Task<Outcome> SaveAsync(this PlumDbContext db, Outcome.Done done, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Outcome.Stale();
        }
    }
}
