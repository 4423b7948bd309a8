using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Domain.Shared;

namespace Plum.Data.Shared;

internal static class Saving
{
    // https://www.sqlite.org/rescode.html#constraint_unique and #constraint_primarykey
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors: a unique index, a unique constraint
    private const int SqlServerUniqueIndex = 2601;
    private const int SqlServerUniqueConstraint = 2627;

    /// <summary>Makes the save fail unless the row is still as the person saw it.</summary>
    public static void Expect<T>(this PlumDbContext db, T row, int seenVersion)
        where T : class, IVersioned => db.Entry(row).Property(r => r.Version).OriginalValue = seenVersion;

    /// <param name="taken">What to answer when somebody else took the same unique name or code a moment before.</param>
    public static async Task<Outcome> SaveAsync(this PlumDbContext db, Outcome.Done done, CancellationToken ct, Refusal? taken = null)
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
        catch (DbUpdateException e) when (taken is not null && IsTaken(e))
        {
            return taken;
        }
    }

    private static bool IsTaken(DbUpdateException e) =>
        e.InnerException
            is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey }
                or SqlException { Number: SqlServerUniqueIndex or SqlServerUniqueConstraint };
}
