using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

public partial class TicketColumnsMenu(NavigationManager navigation)
{
    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    private IReadOnlyList<TicketColumn> Shown => Address.Columns ?? Queue.View.Columns;

    /// <summary>In the usual sequence; without any, the view's own come back.</summary>
    private void Show(TicketColumn column, bool show)
    {
        var columns = Enum.GetValues<TicketColumn>().Where(c => c == column ? show : Shown.Contains(c)).ToList();
        var asInView = columns.Count == 0 || columns.SequenceEqual(Queue.View.Columns);
        navigation.NavigateTo((Address with { View = Queue.View.Key, Columns = asInView ? null : columns }).Href);
    }
}
