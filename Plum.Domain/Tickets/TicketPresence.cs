namespace Plum.Domain.Tickets;

/// <summary>One open ticket page: kept in a table, so that every node sees who looks on whichever node.</summary>
public sealed class TicketPresence
{
    /// <summary>A page says that it is still there this often.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(8);

    /// <summary>A page that has not said so for this long is gone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(25);

    private TicketPresence() { } // EF Core

    /// <summary>Of the open page, not of the person: one may have two.</summary>
    public Guid Id { get; private init; }
    public long TicketId { get; private init; }
    public Guid UserId { get; private init; }
    public string Who { get; private init; } = "";
    public bool IsTyping { get; private set; }
    public DateTime SeenAtUtc { get; private set; }

    public static TicketPresence Enter(Guid id, long ticketId, Guid userId, string who, bool isTyping, DateTime nowUtc) =>
        new()
        {
            Id = id,
            TicketId = ticketId,
            UserId = userId,
            Who = who,
            IsTyping = isTyping,
            SeenAtUtc = nowUtc,
        };
}
