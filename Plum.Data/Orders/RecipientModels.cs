namespace Plum.Data.Orders;

public enum RecipientSort
{
    Name,
    Email,
    Client,
}

public sealed record RecipientListQuery(
    int Skip = 0,
    int Take = 50,
    RecipientSort Sort = RecipientSort.Name,
    bool Descending = false,
    string? Search = null,
    Guid? ClientId = null
);

public sealed record RecipientRow(
    long Id,
    string Name,
    string? Email,
    string? Phone,
    string? EmployeeNumber,
    string? Country,
    string ClientCode,
    int Version
);

public sealed record RecipientView(
    long Id,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    string Name,
    string? Email,
    string? Phone,
    string? EmployeeNumber,
    string? Country,
    int Version
)
{
    public int OrderCount { get; init; }

    /// <summary>Since when the person may be sent nothing; null when they may.</summary>
    public DateTime? OptedOutAtUtc { get; init; }
    public DateOnly? LeftOn { get; init; }

    /// <summary>The newest; all of them are in the list of orders.</summary>
    public IReadOnlyList<OrderRow> Orders { get; init; } = [];
    public IReadOnlyList<RelatedTicket> Tickets { get; init; } = [];
}

/// <summary>A recipient as a form offers it.</summary>
public sealed record RecipientChoice(long Id, Guid ClientId, string ClientCode, string Name, string? Email, string? Phone);

public sealed record CorrectRecipient(
    long Id,
    int SeenVersion,
    string Name,
    string? Email,
    string? Phone,
    string? EmployeeNumber,
    string? Country
);

/// <summary>Whether the person may be sent rewards at all.</summary>
/// <param name="LeftOn">The last day with the client; null when they are there.</param>
public sealed record StopRecipient(long Id, int SeenVersion, bool IsOptedOut, DateOnly? LeftOn);
