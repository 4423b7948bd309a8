using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What a query comes to, once its view is known.</summary>
internal sealed record TicketQueueAsked(TicketView View, TicketFilter Filter, TicketOrder Order, IReadOnlyList<string> Unread)
{
    public static TicketQueueAsked Of(TicketQueueQuery query, IReadOnlyList<TicketView> views, string first)
    {
        var beyond = query.Beyond ?? new Dictionary<string, string>();
        var known = views.FirstOrDefault(v => v.Key == query.View);

        // An address with filters but without a view stands for itself: a link from a report or another page.
        var view = known ?? views.First(v => v.Key == (query.View is null && beyond.Count == 0 ? first : StandardViews.All));
        var pairs = new Dictionary<string, string>(TicketFilterText.Write(view.Filter), StringComparer.Ordinal);
        foreach (var (key, value) in beyond)
        {
            pairs[key] = value;
        }

        var (filter, unread) = TicketFilterText.Read(pairs);
        return new TicketQueueAsked(
            view,
            filter,
            query.Order ?? view.Order,
            known is null && query.View is not null
                ? ["That view is gone, or was never shared with you; all tickets are shown.", .. unread]
                : unread
        );
    }
}
