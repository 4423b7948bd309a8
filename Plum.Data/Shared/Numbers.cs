using Microsoft.EntityFrameworkCore;

namespace Plum.Data.Shared;

/// <summary>Where the next number of a public reference comes from: one row a sequence, taken inside the caller's transaction.</summary>
public sealed class NumberSequence
{
    public const int NameMaxLength = 40;

    public string Name { get; private init; } = "";
    public long Next { get; private init; }
}

internal static class Numbers
{
    public const string Allocations = nameof(Allocations);
    public const string Imports = nameof(Imports);
    public const string Tickets = nameof(Tickets);
    public const string Orders = nameof(Orders);
    public const string Recipients = nameof(Recipients);
    public const string Requests = nameof(Requests);

    /// <summary>Takes <paramref name="count"/> numbers in a row and returns the first. The caller's transaction holds the row until it ends,
    /// so numbers are in commit order; a rollback gives them back.</summary>
    public static async Task<long> TakeAsync(this PlumDbContext db, string name, int count, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Begin a transaction before taking a number.");
        }

        var next = db.Database.IsSqlite()
            ? db.Database.SqlQuery<long>($"UPDATE NumberSequences SET Next = Next + {count} WHERE Name = {name} RETURNING Next AS Value")
            : db.Database.SqlQuery<long>(
                $"UPDATE NumberSequences SET Next = Next + {count} OUTPUT inserted.Next AS Value WHERE Name = {name}"
            );

        return (await next.ToListAsync(ct)).Single() - count;
    }
}
