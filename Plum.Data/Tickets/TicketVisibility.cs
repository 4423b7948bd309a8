using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal static class TicketVisibility
{
    /// <summary>The tickets that the actor may know of: the first narrowing of every query on tickets.</summary>
    public static IQueryable<Ticket> VisibleTo(this IQueryable<Ticket> tickets, Actor by) =>
        by.PartnerId is not null ? tickets.Where(_ => false)
        : by.ClientId is { } client ? tickets.Where(t => t.ClientId == client)
        : tickets;

    /// <summary>Whether notes, owners and levels are shown: to Plum's own people, and to a client's own agents; never to a client's contact.</summary>
    public static bool SeesInternals(this Actor by) => by.PartnerId is null && (by.ClientId is null || by.May(Act.WorkTickets));

    public static IQueryable<Ticket> Open(this IQueryable<Ticket> tickets) => tickets.Where(t => t.Stage != Stage.Final);
}
