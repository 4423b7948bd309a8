using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Data.Clients;

/// <summary>What the actor may know of: the first narrowing of every query in this room.</summary>
internal static class ClientVisibility
{
    public static IQueryable<Client> VisibleTo(this IQueryable<Client> clients, Actor by) =>
        by.PartnerId is not null ? clients.Where(_ => false)
        : by.ClientId is { } own ? clients.Where(c => c.Id == own)
        : clients;

    public static IQueryable<Programme> VisibleTo(this IQueryable<Programme> programmes, Actor by) =>
        by.PartnerId is not null ? programmes.Where(_ => false)
        : by.ClientId is { } own ? programmes.Where(p => p.ClientId == own)
        : programmes;

    public static IQueryable<Contact> VisibleTo(this IQueryable<Contact> contacts, Actor by) =>
        by.PartnerId is not null ? contacts.Where(_ => false)
        : by.ClientId is { } own ? contacts.Where(c => c.ClientId == own)
        : contacts;
}
