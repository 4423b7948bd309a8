using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Tickets;

namespace Plum.Domain.Demonstration;

public sealed record PlannedPerson(Guid Id, string Email, string Name, Role Role, string TimeZoneId);

public sealed record PlannedRecipient(
    long Id,
    PlannedClient Client,
    string Name,
    string FirstName,
    string Email,
    string? Phone,
    string? EmployeeNumber,
    string Country
);

/// <param name="VoucherCode">In clear: whoever stores it seals it. Null when the supplier issued none.</param>
public sealed record PlannedOrder(
    long Id,
    PlannedRecipient Recipient,
    bool IsFirstOfRecipient,
    PlannedProgramme Programme,
    PlannedReward Reward,
    long Value,
    Tender PaidWith,
    OrderStatus Status,
    string? SupplierReference,
    string? VoucherCode,
    string? VoucherPin,
    DateTime PlacedAtUtc,
    DateTime? IssuedAtUtc,
    DateTime? ExpiresAtUtc,
    IReadOnlyList<PlannedOrderEvent> Events
);

public sealed record PlannedOrderEvent(long OrderId, DateTime AtUtc, OrderStatus Status, string What, string Who, string? Note = null);

public sealed record PlannedEvent(
    long TicketId,
    DateTime AtUtc,
    TicketEventKind Kind,
    Guid? UserId,
    string Who,
    string? From = null,
    string? To = null,
    string? Note = null
);

public sealed record PlannedEscalation(
    long TicketId,
    Guid ClientId,
    SupportLevel From,
    SupportLevel To,
    string Reason,
    DateTime AtUtc,
    PlannedPerson By,
    DateTime? TakenUpAtUtc
);

public sealed record PlannedMessage(
    long TicketId,
    DateTime AtUtc,
    MessageKind Kind,
    Guid? UserId,
    string Who,
    string Body,
    IntakeChannel? Via
);

/// <summary>A ticket as it stands now, with all that happened to it in order.</summary>
public sealed class PlannedTicket
{
    public required long Id { get; init; }
    public required PlannedClient Client { get; init; }
    public PlannedProgramme? Programme { get; init; }
    public PlannedRecipient? Recipient { get; init; }
    public PlannedOrder? Order { get; init; }
    public required PlannedCategory Category { get; init; }
    public required IntakeChannel Channel { get; init; }
    public required DateTime CreatedAtUtc { get; init; }
    public Severity Severity { get; set; }
    public string Disposition { get; set; } = "";
    public Stage Stage { get; set; }
    public WaitingOn WaitingOn { get; set; }
    public PlannedPerson? Owner { get; set; }
    public SupportLevel Level { get; set; } = SupportLevel.L1;
    public string Subject { get; set; } = "";
    public DateTime UpdatedAtUtc { get; set; }
    public DateTime? HandedOverAtUtc { get; set; }
    public DateTime? AcceptedAtUtc { get; set; }
    public DateTime? FirstRespondedAtUtc { get; set; }
    public DateTime? FirstResolvedAtUtc { get; set; }
    public DateTime? ResolvedAtUtc { get; set; }
    public DateTime? ReopenedAtUtc { get; set; }
    public int ReopenCount { get; set; }
    public long? MergedIntoId { get; set; }
    public long? RepeatOfId { get; set; }
    public long? DuplicateOfId { get; set; }
    public int? CsatScore { get; set; }
    public DateTime? CsatAskedAtUtc { get; set; }
    public DateTime? CsatAtUtc { get; set; }
    public int Version { get; set; }

    /// <summary>Its own, and now and then one of another ticket that it was merged into.</summary>
    public List<PlannedEvent> Events { get; } = [];
    public List<PlannedMessage> Messages { get; } = [];

    public List<PlannedEscalation> Escalations { get; } = [];

    /// <summary>Who accepted what the client handed over.</summary>
    public PlannedPerson? AcceptedBy { get; set; }

    /// <summary>What the ticket's solution did to its order.</summary>
    public List<PlannedOrderEvent> Aftermath { get; } = [];
}
