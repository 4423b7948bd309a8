using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>A filter, an order and columns under a name: one's own, or shared with everybody who sees the same clients.</summary>
public sealed class SavedView : IVersioned
{
    public const int NameMaxLength = 60;
    public const int FilterMaxLength = 4000;
    public const int OrderMaxLength = 20;
    public const int ColumnsMaxLength = 200;

    private SavedView() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>Who saved it first.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The client that its owner is bound to: it is shared with that client's people only, or with Plum's own only when null.</summary>
    public Guid? ClientId { get; private init; }
    public string Name { get; private set; } = "";
    public bool IsShared { get; private set; }

    /// <summary>As <see cref="TicketFilterText"/> writes it.</summary>
    public string Filter { get; private set; } = "";
    public string Order { get; private set; } = "";
    public string Columns { get; private set; } = "";
    public int Version { get; private set; }

    public static SavedView Save(Guid ownerId, Guid? clientId, SavedViewTerms terms)
    {
        var view = new SavedView { OwnerId = ownerId, ClientId = clientId };
        view.Change(terms);
        return view;
    }

    public void Change(SavedViewTerms terms)
    {
        RefusedException.ThrowIf(SavedViewRefusals.For(terms));
        (Name, IsShared) = (terms.Name.Trim(), terms.IsShared);
        Filter = TicketFilterText.Line(terms.Filter);
        Order = terms.Order.ToString();
        Columns = TicketColumns.Write(terms.Columns);
    }

    public TicketView Read() =>
        new(
            Id.ToString("n"),
            Name,
            TicketFilterText.Read(TicketFilterText.Pairs(Filter)).Filter,
            TicketOrder.Parse(Order) ?? TicketOrder.BySla,
            TicketColumns.Read(Columns) ?? TicketColumns.Usual,
            IsShared ? ViewKind.Shared : ViewKind.Personal
        );
}

public sealed record SavedViewTerms(
    string Name,
    TicketFilter Filter,
    TicketOrder Order,
    IReadOnlyList<TicketColumn> Columns,
    bool IsShared = false
);

/// <summary>How one person has arranged the tabs of the queue.</summary>
public sealed class QueueTabs
{
    public const int FirstMaxLength = 40;

    private QueueTabs() { } // EF Core

    public Guid UserId { get; private init; }

    /// <summary>Key of the view that opens when the address names none.</summary>
    public string First { get; private set; } = StandardViews.Mine;

    /// <summary>Keys in the person's own order; views that are not named come after, in the usual one.</summary>
    public IReadOnlyList<string> Sequence { get; private set; } = [];

    public static QueueTabs Of(Guid userId) => new() { UserId = userId };

    public void Arrange(string first, IReadOnlyList<string> sequence) => (First, Sequence) = (first, sequence);
}

public static class SavedViewRefusals
{
    public static Refusal? For(SavedViewTerms terms) =>
        Refusals.ForText("Name", terms.Name, SavedView.NameMaxLength)
        ?? (
            StandardViews.List.Any(v => string.Equals(v.Name, terms.Name.Trim(), StringComparison.OrdinalIgnoreCase))
                ? new Refusal("view.standard-name", $"{terms.Name.Trim()} is a standard view. Choose another name.", "Name")
                : null
        )
        ?? (
            TicketFilterText.Line(terms.Filter).Length > SavedView.FilterMaxLength
                ? new Refusal("view.too-many", "The view has too many filters to be saved. Take some away.")
                : null
        )
        ?? (terms.Columns.Count == 0 ? new Refusal("view.columns", "Show at least one column.", "Columns") : null);
}
