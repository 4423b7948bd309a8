using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The views as tabs, each with how many tickets it holds now.</summary>
public partial class TicketQueueTabs(Viewer viewer)
{
    [Parameter, EditorRequired]
    public IReadOnlyList<TicketTab> Tabs { get; set; } = [];

    [Parameter, EditorRequired]
    public string Current { get; set; } = "";
}
