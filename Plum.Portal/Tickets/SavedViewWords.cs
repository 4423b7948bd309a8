using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>How the screens speak of views, and what of the queue a view takes with it.</summary>
internal static class SavedViewWords
{
    public static string Of(ViewKind kind) =>
        kind switch
        {
            ViewKind.Standard => "Standard",
            ViewKind.Shared => "Shared",
            _ => "Mine",
        };

    public static string? About(TicketTab tab) =>
        tab.View.Kind switch
        {
            ViewKind.Standard => null,
            ViewKind.Shared => tab.IsMine ? "Shared by you" : "Shared with you",
            _ => "Yours alone",
        };

    /// <summary>A courtesy: the service asks the same.</summary>
    public static bool CanChange(TicketTab tab, Actor by) =>
        tab.View.Kind switch
        {
            ViewKind.Standard => false,
            ViewKind.Shared => by.May(Act.ShareViews),
            _ => tab.IsMine,
        };

    public static Guid Id(TicketTab tab) => Guid.ParseExact(tab.View.Key, "n");

    /// <summary>What is on the screen, as the terms of a view.</summary>
    public static SavedViewTerms Shown(TicketQueueView queue, TicketQueueAddress address, string name, bool isShared) =>
        new(name, queue.Filter, queue.Order, address.Columns ?? queue.View.Columns, isShared);

    /// <summary>The view as it was saved.</summary>
    public static SavedViewTerms Terms(TicketTab tab) =>
        new(tab.View.Name, tab.View.Filter, tab.View.Order, tab.View.Columns, tab.View.Kind == ViewKind.Shared);
}
