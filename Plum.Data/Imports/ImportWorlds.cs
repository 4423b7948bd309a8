using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Imports;

namespace Plum.Data.Imports;

internal static class ImportWorlds
{
    public static async Task<ImportWorld> OfAsync(PlumDbContext db, Client client, CancellationToken ct) =>
        new(
            client.TimeZoneId,
            await db
                .Categories.AsNoTracking()
                .Where(c => c.IsActive)
                .Select(c => new ImportCategory(c.Id, c.Name, c.DefaultSeverity, c.FirstDisposition))
                .ToListAsync(ct),
            await db.Dispositions.AsNoTracking().ToListAsync(ct),
            [
                .. (await db.Programmes.AsNoTracking().Where(p => p.ClientId == client.Id).ToListAsync(ct)).Select(p =>
                    (p.Id, p.Code, p.Name)
                ),
            ]
        );
}
