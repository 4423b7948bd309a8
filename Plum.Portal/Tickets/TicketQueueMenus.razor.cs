using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What can be done with the queue as a whole.</summary>
public partial class TicketQueueMenus
{
    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;
}
