using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <param name="Client">Its code.</param>
/// <param name="File">The number of the allocation file that the orders came from.</param>
/// <param name="Code">The provider's code, whole.</param>
/// <param name="Text">An order's reference, an address from its beginning, or a part of the recipient's name.</param>
public sealed record DeliveryFilter(
    DeliveryState? State = DeliveryState.Failed,
    string? Client = null,
    Guid? ProgrammeId = null,
    long? File = null,
    DeliveryChannel? Channel = null,
    DeliveryFault? Fault = null,
    string? Code = null,
    string? Text = null
);

/// <param name="Before">The id that the page before ended with; null is the first page.</param>
public sealed record DeliveryListQuery(DeliveryFilter Filter, long? Before = null, int Take = 50);

/// <param name="Next">What the next page asks with; null when there is none.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryRow> Rows, long? Next)
{
    public static DeliveryPage Nothing { get; } = new([], null);
}

public sealed record DeliveryRow(
    long Id,
    long OrderId,
    Guid ClientId,
    string ClientCode,
    string Programme,
    long RecipientId,
    string Recipient,
    DeliveryChannel Channel,
    string Address,
    DeliveryState State,
    DeliveryFault? Fault,
    string? Code,
    string? Words,
    int Attempts,
    string? Provider,
    DateTime QueuedAtUtc,
    DateTime? SentAtUtc,
    DateTime? DeliveredAtUtc,
    DateTime? OpenedAtUtc,
    DateTime? FailedAtUtc,
    long? TicketId,
    int Version
)
{
    public string Order => OrderReference.Of(OrderId);
}

/// <summary>One delivery with all that was tried and told.</summary>
public sealed record DeliveryView(
    DeliveryRow Row,
    string? Message,
    string? Language,
    IReadOnlyList<DeliveryTry> Tries,
    IReadOnlyList<DeliveryTold> Told,
    Refusal? CannotResend
);

public sealed record DeliveryTry(
    int Number,
    string Provider,
    string Address,
    AttemptOutcome Outcome,
    string? ProviderMessageId,
    string? Code,
    string? Words,
    DateTime StartedAtUtc,
    DateTime? EndedAtUtc
);

public sealed record DeliveryTold(
    int Number,
    string Provider,
    DeliveryEventKind Kind,
    string RawStatus,
    string? Code,
    string? Words,
    DateTime AtUtc,
    DateTime HeardAtUtc
);

/// <param name="Failed">By what is to be done about them.</param>
public sealed record DeliveryCounts(IReadOnlyDictionary<DeliveryFault, int> Failed, IReadOnlyList<PausedProvider> Paused)
{
    public int Total => Failed.Values.Sum();
}

public sealed record PausedProvider(string Provider, string Code, string Words, DateTime AtUtc);

/// <param name="Address">A corrected one; null sends to the one it has.</param>
public sealed record ResendDelivery(long Id, int Version, string? Address = null);

public sealed record ReplaceChannel(long Id, int Version, DeliveryChannel Channel);

/// <summary>What is done with each of many.</summary>
public abstract record Mend
{
    private Mend() { }

    public sealed record Again : Mend;

    /// <summary>In each address the text is replaced, without regard to case, and what has changed is sent again.</summary>
    public sealed record Replace(string Find, string With) : Mend;

    public sealed record OtherChannel(DeliveryChannel Channel) : Mend;

    /// <param name="ById">To where each is sent again.</param>
    public sealed record Addresses(IReadOnlyDictionary<long, string> ById) : Mend;
}

public sealed record MendDeliveries(IReadOnlyList<long> Ids, Mend How)
{
    public const int Most = 10_000;
}

public sealed record Mended(long Id, string Order, Outcome Outcome);

public sealed record OpenDeliveryTicket(long Id);

public sealed record ResumeProvider(string Provider);
