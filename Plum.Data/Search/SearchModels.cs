using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Search;

/// <summary>What was found, at most <see cref="SearchService.MostPerGroup"/> of each kind, the likeliest first.</summary>
public sealed record SearchResult(
    IReadOnlyList<TicketHit> Tickets,
    IReadOnlyList<OrderHit> Orders,
    IReadOnlyList<RecipientHit> Recipients,
    IReadOnlyList<ClientHit> Clients
)
{
    public static readonly SearchResult Nothing = new([], [], [], []);

    public bool IsNothing => Tickets.Count + Orders.Count + Recipients.Count + Clients.Count == 0;
}

public sealed record TicketHit(long Id, string Subject, string Disposition, Stage Stage, string ClientCode, string? Recipient)
{
    public string Reference => TicketReference.Of(Id);
}

public sealed record OrderHit(
    long Id,
    string Reward,
    Money Value,
    OrderStatus Status,
    string Recipient,
    string ClientCode,
    string? VoucherLast4
)
{
    public string Reference => OrderReference.Of(Id);
}

public sealed record RecipientHit(long Id, string Name, string? Email, string? Phone, string ClientCode, int OpenTickets);

public sealed record ClientHit(string Code, string Name, bool IsActive);
