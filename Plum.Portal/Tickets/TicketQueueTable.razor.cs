using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The rows: plain cells, because a component a cell costs a hundred times as much.</summary>
public partial class TicketQueueTable(Viewer viewer)
{
    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<TicketColumn> Columns { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTime NowUtc { get; set; }

    [Parameter, EditorRequired]
    public TicketQueueSelection Selection { get; set; } = null!;

    /// <summary>Tickets that others changed since the rows were read.</summary>
    [Parameter]
    public IReadOnlySet<long> Changed { get; set; } = new HashSet<long>();

    [Parameter]
    public EventCallback SelectionChanged { get; set; }

    /// <summary>The tickets selected are to be changed.</summary>
    [Parameter]
    public EventCallback Edit { get; set; }

    [Parameter]
    public bool CanSelect { get; set; }

    private bool IsPageTicked => Queue.Rows.Count > 0 && Queue.Rows.All(r => Selection.Has(r.Id));

    private Task TickAsync(TicketRow row, bool ticked)
    {
        Selection.Set(row.Id, ticked, row.Version);
        return SelectionChanged.InvokeAsync();
    }

    private Task TickPageAsync(bool ticked)
    {
        Selection.SetAll(Queue.Rows, ticked);
        return SelectionChanged.InvokeAsync();
    }

    private Task TakeAllAsync()
    {
        Selection.TakeAllMatching();
        return SelectionChanged.InvokeAsync();
    }

    private Task ClearAsync()
    {
        Selection.Clear();
        return SelectionChanged.InvokeAsync();
    }

    /// <summary>A click on the column that sorts turns it round; age rises as the instant falls.</summary>
    private string SortLink(TicketSort by) =>
        Address.Sorted(Queue.View, new TicketOrder(by, Queue.Order.By == by && !Queue.Order.Descending)).Href;

    private string? AriaSort(TicketSort by) =>
        Queue.Order.By != by ? null
        : Queue.Order.Descending ? "descending"
        : "ascending";

    /// <summary>What the table needs at least; where there is less room it scrolls.</summary>
    private int Width =>
        (CanSelect ? TicketQueueWords.TickWidth : 0) + TicketQueueWords.ReferenceWidth + Columns.Sum(TicketQueueWords.Width);

    private static string? Class(TicketColumn column) =>
        column switch
        {
            TicketColumn.Subject => "grow",
            TicketColumn.Age => "num",
            TicketColumn.Recipient
            or TicketColumn.Client
            or TicketColumn.Programme
            or TicketColumn.Category
            or TicketColumn.Brand
            or TicketColumn.Owner => "name",
            _ => "nowrap",
        };

    private static string? Meant(Meaning meaning) => meaning == Meaning.None ? null : $"is-{meaning.ToString().ToLowerInvariant()}";

    private string? Due(TicketRow row) =>
        row.NextDueAtUtc is { } due && row.NextTarget is { } target
            ? $"{SlaWords.Named(target)} due {viewer.Time(due)} ({Viewer.Exact(due)})"
            : null;
}
