using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Tickets;

internal static class MergedTickets
{
    private const int Deepest = 50;

    /// <summary>The ticket and every one that was merged into it, directly or by way of another.</summary>
    public static async Task<List<long>> WithAsync(PlumDbContext db, long ticketId, CancellationToken ct)
    {
        var (family, generation) = (new List<long> { ticketId }, new List<long> { ticketId });
        for (var depth = 0; depth < Deepest && generation.Count > 0; depth++)
        {
            var parents = generation;
            generation = await db.Tickets.Where(t => parents.Contains(t.MergedIntoId!.Value)).Select(t => t.Id).ToListAsync(ct);
            family.AddRange(generation);
        }

        return family;
    }
}
