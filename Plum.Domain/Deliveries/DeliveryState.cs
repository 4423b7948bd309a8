namespace Plum.Domain.Deliveries;

/// <summary>How far one order has come over one channel. That the recipient opened it is an instant beside it.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its first or next attempt.</summary>
    Queued = 1,

    /// <summary>Claimed by a sender; its attempt is stored.</summary>
    Sending = 2,

    /// <summary>The provider has taken it.</summary>
    Sent = 3,
    Delivered = 4,

    /// <summary>A person decides: nothing more happens by itself.</summary>
    Failed = 5,

    /// <summary>Its order was cancelled, or another delivery took its place, before it arrived.</summary>
    Withdrawn = 6,
}

/// <summary>The one table of moves.</summary>
public static class DeliveryMoves
{
    // A provider's word comes late, twice and out of order: what was failed may turn out delivered, and what was delivered may bounce.
    private static readonly Dictionary<DeliveryState, DeliveryState[]> Table = new()
    {
        [DeliveryState.Queued] = [DeliveryState.Sending, DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Withdrawn],
        [DeliveryState.Sending] = [DeliveryState.Queued, DeliveryState.Sent, DeliveryState.Delivered, DeliveryState.Failed],
        [DeliveryState.Sent] = [DeliveryState.Queued, DeliveryState.Delivered, DeliveryState.Failed],
        [DeliveryState.Delivered] = [DeliveryState.Failed],
        [DeliveryState.Failed] = [DeliveryState.Queued, DeliveryState.Sent, DeliveryState.Delivered, DeliveryState.Withdrawn],
        [DeliveryState.Withdrawn] = [DeliveryState.Delivered],
    };

    public static bool May(DeliveryState from, DeliveryState to) => Table[from].Contains(to);
}
