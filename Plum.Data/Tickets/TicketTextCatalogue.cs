using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Tickets;

/// <summary>Whether SQL Server keeps a full-text index of subjects and messages: the migration makes one where the feature is installed.</summary>
internal static class TicketTextCatalogue
{
    public static async Task<bool> ExistsAsync(PlumDbContext db, CancellationToken ct) =>
        (
            await db
                .Database.SqlQuery<int>(
                    $"SELECT CAST(COALESCE(OBJECTPROPERTY(OBJECT_ID(N'Tickets'), 'TableHasActiveFulltextIndex'), 0) AS int) AS Value"
                )
                .ToListAsync(ct)
        )[0] == 1;
}
