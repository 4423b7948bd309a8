using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>One ticket as its page shows it; the timeline is read beside it.</summary>
/// <param name="LastEventId">Of everything shown: what comes later is news.</param>
/// <param name="ShowsInternals">False for a client's contact, to whom nothing internal is shown.</param>
/// <param name="Others">The recipient's other tickets, newest first; <paramref name="OtherCount"/> counts all of them.</param>
public sealed record TicketSheet(
    long Id,
    int Version,
    long LastEventId,
    bool ShowsInternals,
    string Subject,
    TicketPlace Place,
    DispositionChoice Disposition,
    IReadOnlyList<DispositionChoice> Moves,
    Severity Severity,
    IntakeChannel Channel,
    SupportLevel Level,
    WaitingOn WaitingOn,
    Guid? OwnerId,
    string? OwnerName,
    TicketDates Dates,
    int ReopenCount,
    int? CsatScore,
    string? MergedInto,
    TicketRefusalsNow Cannot,
    IReadOnlyList<SlaCountdown> Clocks,
    RecipientCard? Recipient,
    OrderCard? Order,
    IReadOnlyList<LinkedTicketRow> Links,
    IReadOnlyList<OtherTicketRow> Others,
    int OtherCount,
    IReadOnlyList<ReplyAddress> Addresses
)
{
    public string Reference => TicketReference.Of(Id);

    public bool IsOpen => Disposition.Stage != Stage.Final;
}

public sealed record TicketPlace(
    Guid ClientId,
    string ClientCode,
    string ClientName,
    string ClientZone,
    Guid? ProgrammeId,
    string? ProgrammeName,
    Guid CategoryId,
    string CategoryName
);

public sealed record TicketDates(
    DateTime CreatedAtUtc,
    DateTime ReceivedAtUtc,
    DateTime UpdatedAtUtc,
    DateTime? HandedOverAtUtc,
    DateTime? AcceptedAtUtc,
    DateTime? FirstRespondedAtUtc,
    DateTime? ResolvedAtUtc,
    DateTime? ReopenedAtUtc
);

public sealed record DispositionChoice(string Code, string Label, Stage Stage);

/// <summary>What the entity itself answers when asked, so that a button is disabled by the rule that would refuse its command.</summary>
public sealed record TicketRefusalsNow(Refusal? Change, Refusal? Work, Refusal? Escalate, Refusal? Accept, Refusal? Reopen, Refusal? Rate);

/// <summary>One clock, with the client's opening hours around now and its due instant, so that a screen can count by itself.</summary>
/// <param name="Openings">Half-open, in order; between now and the due instant whichever is first, and two days beyond the later.</param>
public sealed record SlaCountdown(
    SlaTarget Target,
    DateTime? DueAtUtc,
    DateTime? WarnAtUtc,
    DateTime? PausedSinceUtc,
    DateTime? MetAtUtc,
    DateTime? EndedAtUtc,
    DateTime? BreachedAtUtc,
    int TargetMinutes,
    int UsedMinutes,
    IReadOnlyList<OpenHours> Openings
)
{
    public bool IsRunning => MetAtUtc is null && EndedAtUtc is null && PausedSinceUtc is null && DueAtUtc is not null;
}

public readonly record struct OpenHours(DateTime FromUtc, DateTime ToUtc);

/// <summary>Contact details are null for whoever may not see orders.</summary>
public sealed record RecipientCard(
    long Id,
    string Name,
    string? Email,
    string? Phone,
    string? EmployeeNumber,
    string? Country,
    int OrderCount
);

public sealed record OrderCard(
    long Id,
    string Brand,
    string Reward,
    Money Value,
    Tender PaidWith,
    OrderStatus Status,
    string Supplier,
    string? SupplierReference,
    string? VoucherLast4,
    DateTime PlacedAtUtc,
    DateTime? IssuedAtUtc,
    DateTime? ExpiresAtUtc,
    IReadOnlyList<OrderHistoryRow> History
)
{
    public string Reference => OrderReference.Of(Id);
}

public sealed record OrderHistoryRow(DateTime AtUtc, OrderStatus Status, string What, string Who, string? Note);

/// <param name="Kind">Null where recognition found a repeat: "Repeat of".</param>
/// <param name="IsReversed">The link was made on the other ticket.</param>
public sealed record LinkedTicketRow(long Id, LinkKind? Kind, bool IsReversed, string Subject, string Disposition, bool IsOpen)
{
    public string Reference => TicketReference.Of(Id);

    public string Words =>
        Kind is { } kind ? (IsReversed ? TicketWords.Reversed(kind) : TicketWords.Of(kind))
        : IsReversed ? "Repeated by"
        : "Repeat of";
}

public sealed record OtherTicketRow(long Id, string Subject, string Disposition, bool IsOpen, bool IsSameCategory, DateTime CreatedAtUtc)
{
    public string Reference => TicketReference.Of(Id);
}
