namespace Plum.Domain.Tickets;

/// <summary>How a queue is ordered. Whatever it is, ties end in the ticket's number.</summary>
public enum TicketSort
{
    /// <summary>The clock that is due first comes first; tickets without a running clock come last in either direction.</summary>
    Sla = 1,
    Number = 2,
    Created = 3,
    Updated = 4,
    Severity = 5,
    Disposition = 6,
    Client = 7,
    Programme = 8,
    Category = 9,
    Owner = 10,
    WaitingOn = 11,
    Level = 12,
    Channel = 13,
}

public readonly record struct TicketOrder(TicketSort By, bool Descending = false)
{
    public static readonly TicketOrder BySla = new(TicketSort.Sla);
    public static readonly TicketOrder Newest = new(TicketSort.Created, Descending: true);

    /// <summary><c>created</c>, or <c>-created</c> when it falls.</summary>
    public override string ToString() => (Descending ? "-" : "") + By.ToString().ToLowerInvariant();

    public static TicketOrder? Parse(string? text) =>
        text is { Length: > 1 }
        && Enum.TryParse<TicketSort>(text.TrimStart('-'), ignoreCase: true, out var by)
        && Enum.IsDefined(by)
        && !char.IsAsciiDigit(text.TrimStart('-')[0])
            ? new TicketOrder(by, text[0] == '-')
            : null;
}

/// <summary>A column of the queue that one may show or hide. The reference always shows.</summary>
public enum TicketColumn
{
    Sla = 1,
    Severity = 2,
    Disposition = 3,
    Subject = 4,
    Recipient = 5,
    Client = 6,
    Programme = 7,
    Category = 8,
    Brand = 9,
    Channel = 10,
    WaitingOn = 11,
    Level = 12,
    Owner = 13,
    Created = 14,
    Updated = 15,
    Age = 16,
}

public static class TicketColumns
{
    public static IReadOnlyList<TicketColumn> Usual { get; } =
    [
        TicketColumn.Sla,
        TicketColumn.Severity,
        TicketColumn.Disposition,
        TicketColumn.Subject,
        TicketColumn.Recipient,
        TicketColumn.Client,
        TicketColumn.Owner,
        TicketColumn.Age,
    ];

    public static string Write(IEnumerable<TicketColumn> columns) => string.Join(',', columns.Select(c => c.ToString().ToLowerInvariant()));

    /// <summary>Unknown names are left out; null when none is left.</summary>
    public static IReadOnlyList<TicketColumn>? Read(string? text)
    {
        var columns = (text ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => Enum.TryParse<TicketColumn>(name, ignoreCase: true, out var c) && Enum.IsDefined(c) ? c : default)
            .Where(c => c != default)
            .Distinct()
            .ToList();
        return columns.Count == 0 ? null : columns;
    }
}

/// <summary>A tab of the queue.</summary>
/// <param name="Key">Of a standard view a word, of a saved one its id.</param>
public sealed record TicketView(
    string Key,
    string Name,
    TicketFilter Filter,
    TicketOrder Order,
    IReadOnlyList<TicketColumn> Columns,
    ViewKind Kind
);

public enum ViewKind
{
    /// <summary>In code; nobody can change or delete it.</summary>
    Standard = 1,
    Personal = 2,
    Shared = 3,
}

public static class StandardViews
{
    public const string Mine = "mine";
    public const string AtRisk = "at-risk";
    public const string Breached = "breached";
    public const string Unassigned = "unassigned";
    public const string VendorRejections = "vendor-rejections";
    public const string WaitingOnRecipient = "waiting-on-recipient";
    public const string Open = "open";
    public const string All = "all";

    public static IReadOnlyList<TicketView> List { get; } =
    [
        View(Mine, "My queue", new TicketFilter { Open = true, Owners = [OwnerChoice.Me] }),
        View(AtRisk, "At risk", new TicketFilter { Sla = [SlaState.AtRisk] }),
        View(Breached, "Breached", new TicketFilter { Sla = [SlaState.Breached] }),
        View(Unassigned, "Unassigned", new TicketFilter { Open = true, Owners = [OwnerChoice.Nobody] }),
        View(VendorRejections, "Vendor rejections", new TicketFilter { Open = true, Dispositions = [Dispositions.VendorRejection] }),
        View(WaitingOnRecipient, "Waiting on recipient", new TicketFilter { Open = true, WaitingOn = [WaitingOn.Recipient] }),
        View(Open, "All open", new TicketFilter { Open = true }),
        View(All, "All", TicketFilter.Everything, TicketOrder.Newest),
    ];

    private static TicketView View(string key, string name, TicketFilter filter, TicketOrder? order = null) =>
        new(key, name, filter, order ?? TicketOrder.BySla, TicketColumns.Usual, ViewKind.Standard);
}
