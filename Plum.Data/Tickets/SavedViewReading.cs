using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal static class SavedViewReading
{
    /// <summary>One's own, and what others share with those who see the same clients.</summary>
    public static IQueryable<SavedView> VisibleTo(this IQueryable<SavedView> views, Actor by) =>
        by.PartnerId is not null
            ? views.Where(_ => false)
            : views.Where(v => v.ClientId == by.ClientId && (v.IsShared || v.OwnerId == by.UserId));

    /// <summary>The standard views and the saved ones that the actor sees, as the actor has arranged them, and the key of their first.</summary>
    public static async Task<(IReadOnlyList<TicketTab> Tabs, string First)> TabsAsync(this PlumDbContext db, Actor by, CancellationToken ct)
    {
        var saved = await db.SavedViews.AsNoTracking().VisibleTo(by).OrderBy(v => v.Name).ThenBy(v => v.Id).ToListAsync(ct);
        var arranged = await db.QueueTabs.AsNoTracking().SingleOrDefaultAsync(t => t.UserId == by.UserId, ct);
        var usual = StandardViews
            .List.Select(v => new TicketTab(v, 0))
            .Concat(saved.Select(v => new TicketTab(v.Read(), 0, v.Version, v.OwnerId == by.UserId)))
            .ToList();
        var places = (arranged?.Sequence ?? []).Select((key, at) => (key, at)).DistinctBy(p => p.key).ToDictionary(p => p.key, p => p.at);
        var tabs = usual.OrderBy(t => places.GetValueOrDefault(t.View.Key, int.MaxValue)).ToList();
        var first = arranged is not null && tabs.Exists(t => t.View.Key == arranged.First) ? arranged.First : StandardViews.Mine;
        return (tabs, first);
    }
}
