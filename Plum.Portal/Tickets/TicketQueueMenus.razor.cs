using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What can be done with the queue as a whole.</summary>
public partial class TicketQueueMenus(TicketService tickets, Viewer viewer, Toasts toasts, NavigationManager navigation)
{
    private bool _taking;

    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    private string Counted => $"{viewer.Number(Queue.Total)} {(Queue.Total == 1 ? "ticket" : "tickets")}";

    /// <summary>Of the one client that the queue is narrowed to, or of all.</summary>
    private async Task TakeNextAsync()
    {
        if (_taking)
        {
            return;
        }

        _taking = true;
        try
        {
            var command = new TakeNextTicket(Queue.Filter.Clients is [var only] ? only : null);
            var outcome = await tickets.TakeNextAsync(command, By, CancellationToken.None);
            if (outcome is Outcome.Done { Key: { } reference })
            {
                toasts.Done($"{reference} is yours.", ("Back to the queue", Address.Href));
                navigation.NavigateTo($"{TicketQueueAddress.Path}/{reference}");
            }
            else
            {
                toasts.Show(outcome, "");
            }
        }
        finally
        {
            _taking = false;
        }
    }
}
