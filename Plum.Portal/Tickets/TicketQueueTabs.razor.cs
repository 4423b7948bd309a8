using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The views as tabs, each with how many tickets it holds now; and what to do with a view that one has changed.</summary>
public partial class TicketQueueTabs(Viewer viewer, SavedViewService views, Toasts toasts, NavigationManager navigation)
{
    private SavedViewForm? _form;
    private bool _arranging;
    private bool _saving;

    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    /// <summary>Null while it is not known yet.</summary>
    [Parameter]
    public Actor? By { get; set; }

    /// <summary>A view was saved, changed, moved or deleted.</summary>
    [Parameter]
    public EventCallback Saved { get; set; }

    private TicketTab? Current => Queue.Tabs.FirstOrDefault(t => t.View.Key == Queue.View.Key);

    private async Task SaveChangesAsync(TicketTab tab)
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        try
        {
            var terms = SavedViewWords.Shown(Queue, Address, tab.View.Name, tab.View.Kind == ViewKind.Shared);
            var command = new ChangeView(SavedViewWords.Id(tab), tab.Version, terms);
            if (toasts.Show(await views.ChangeAsync(command, By!, CancellationToken.None), $"{tab.View.Name} is saved as it stands."))
            {
                navigation.NavigateTo(TicketQueueAddress.Of(tab.View.Key).Href);
            }
            else
            {
                await Saved.InvokeAsync(); // somebody else's change is then seen under one's own
            }
        }
        finally
        {
            _saving = false;
        }
    }

    private Task RenameAsync(TicketTab tab)
    {
        _arranging = false;
        _form!.Edit(tab);
        return Task.CompletedTask;
    }
}
