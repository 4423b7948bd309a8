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
}
