using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Orders;

/// <summary>What the actor may know of: the first narrowing of every query in this room.</summary>
internal static class OrderVisibility
{
    public static IQueryable<Order> VisibleTo(this IQueryable<Order> orders, Actor by) =>
        by.PartnerId is not null ? orders.Where(_ => false)
        : by.ClientId is { } own ? orders.Where(o => o.ClientId == own)
        : orders;

    public static IQueryable<Recipient> VisibleTo(this IQueryable<Recipient> recipients, Actor by) =>
        by.PartnerId is not null ? recipients.Where(_ => false)
        : by.ClientId is { } own ? recipients.Where(r => r.ClientId == own)
        : recipients;
}
