using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What a queue page asks for: a view, what the address says beyond it, and which page.</summary>
/// <param name="View">Key of a view; null takes the person's own first one.</param>
/// <param name="Beyond">Pairs of the filter that replace the view's own; an empty value takes one away.</param>
/// <param name="Order">Null takes the view's.</param>
/// <param name="Page">From 1; a page past the last one gives the last.</param>
/// <param name="ZoneId">IANA id of the viewer's zone, in which days begin and end; UTC when null or unknown.</param>
public sealed record TicketQueueQuery(
    string? View = null,
    IReadOnlyDictionary<string, string>? Beyond = null,
    TicketOrder? Order = null,
    int Page = 1,
    string? ZoneId = null
);

/// <param name="Unread">A sentence for each part of the address that could not be read.</param>
/// <param name="IsNarrowed">The filter is not the view's own.</param>
/// <param name="First">Key of the view that opens when the address names none.</param>
public sealed record TicketQueueView(
    TicketView View,
    TicketFilter Filter,
    TicketOrder Order,
    IReadOnlyList<TicketRow> Rows,
    int Total,
    int Page,
    IReadOnlyList<TicketTab> Tabs,
    IReadOnlyList<string> Unread,
    bool IsNarrowed,
    DateTime AtUtc,
    string First = StandardViews.Mine
)
{
    public const int Size = 50;
}

/// <summary>A view with how many tickets it holds now.</summary>
public sealed record TicketTab(TicketView View, int Count, int Version = 0, bool IsMine = false);

/// <summary>A line of the queue.</summary>
public sealed record TicketRow(
    long Id,
    string Subject,
    string Disposition,
    string DispositionLabel,
    Stage Stage,
    Severity Severity,
    IntakeChannel Channel,
    WaitingOn WaitingOn,
    SupportLevel Level,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    string? Programme,
    string? Recipient,
    Guid? OwnerId,
    string? Owner,
    string Category,
    string? Brand,
    long? OrderId,
    DateTime CreatedAtUtc,
    DateTime UpdatedAtUtc,
    DateTime? ResolvedAtUtc,
    SlaTarget? NextTarget,
    DateTime? NextDueAtUtc,
    DateTime? NextWarnAtUtc,
    bool IsSlaPaused,
    SlaTargets BreachedTargets,
    bool IsRepeat,
    bool IsDuplicate,
    int Version
)
{
    public bool IsOpen => Stage != Stage.Final;

    public string Reference => TicketReference.Of(Id);

    /// <summary>Null once the ticket is final.</summary>
    public SlaState? SlaAt(DateTime nowUtc) => IsOpen ? SlaStates.Of(NextDueAtUtc, NextWarnAtUtc, IsSlaPaused, nowUtc) : null;
}

/// <summary>One value that a filter or a bulk edit may take.</summary>
/// <param name="Group">The key of what it belongs to: of a programme its client.</param>
public sealed record TicketChoice(string Key, string Label, string? Group = null, bool IsActive = true);

/// <summary>The values of the filters that are rows of the database, in the order of their labels.</summary>
public sealed record TicketChoices(
    IReadOnlyList<TicketChoice> Clients,
    IReadOnlyList<TicketChoice> Programmes,
    IReadOnlyList<TicketChoice> Dispositions,
    IReadOnlyList<TicketChoice> Categories,
    IReadOnlyList<TicketChoice> Owners,
    IReadOnlyList<TicketChoice> Brands,
    IReadOnlyList<TicketChoice> Suppliers
);
