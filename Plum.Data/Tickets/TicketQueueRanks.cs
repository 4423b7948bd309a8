using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>In what order the values of a column stand, as the database itself sorts their names; values of one name stand together.</summary>
internal static class TicketQueueRanks
{
    public static async Task<IReadOnlyList<IReadOnlyList<object>>> OfAsync(PlumDbContext db, TicketSort by, CancellationToken ct) =>
        by switch
        {
            TicketSort.Severity => Words<Severity>(),
            TicketSort.Channel => Words<IntakeChannel>(),
            TicketSort.WaitingOn => Words<WaitingOn>(),
            TicketSort.Level => Words<SupportLevel>(),
            TicketSort.Client => Alike(await db.Clients.OrderBy(c => c.Name).Select(c => new Ranked<Guid>(c.Id, c.Name)).ToListAsync(ct)),
            TicketSort.Programme => Alike(
                await db.Programmes.OrderBy(p => p.Name).Select(p => new Ranked<Guid>(p.Id, p.Name)).ToListAsync(ct)
            ),
            TicketSort.Category => Alike(
                await db.Categories.OrderBy(c => c.Name).Select(c => new Ranked<Guid>(c.Id, c.Name)).ToListAsync(ct)
            ),
            TicketSort.Owner => Alike(
                await db.Users.OrderBy(u => u.DisplayName).Select(u => new Ranked<Guid>(u.Id, u.DisplayName)).ToListAsync(ct)
            ),
            TicketSort.Disposition => Alike(
                await db.Dispositions.OrderBy(d => d.SortOrder).Select(d => new Ranked<string>(d.Code, d.SortOrder)).ToListAsync(ct)
            ),
            _ => [],
        };

    /// <summary>Enums are stored as words, and sorted so.</summary>
    private static IReadOnlyList<IReadOnlyList<object>> Words<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().OrderBy(v => v.ToString(), StringComparer.Ordinal).Select(v => (IReadOnlyList<object>)[v])];

    private static List<IReadOnlyList<object>> Alike<T>(List<Ranked<T>> sorted)
        where T : notnull
    {
        var groups = new List<IReadOnlyList<object>>();
        for (var from = 0; from < sorted.Count; )
        {
            var to = from + 1;
            while (to < sorted.Count && sorted[to].Rank.Equals(sorted[from].Rank))
            {
                to++;
            }

            groups.Add([.. sorted[from..to].Select(r => (object)r.Value)]);
            from = to;
        }

        return groups;
    }

    private sealed record Ranked<T>(T Value, object Rank);
}
