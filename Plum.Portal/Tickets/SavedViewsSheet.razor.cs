using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>All views in one's own order: which opens first, which goes where, what is renamed or deleted.</summary>
public partial class SavedViewsSheet(SavedViewService views, Viewer viewer, Toasts toasts, NavigationManager navigation)
{
    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    [Parameter]
    public EventCallback Saved { get; set; }

    [Parameter]
    public EventCallback<TicketTab> Rename { get; set; }

    private List<string> Keys => [.. Queue.Tabs.Select(t => t.View.Key)];

    private Task MoveAsync(int place, int by)
    {
        var keys = Keys;
        (keys[place], keys[place + by]) = (keys[place + by], keys[place]);
        return ArrangeAsync(Queue.First, keys);
    }

    private async Task ArrangeAsync(string first, IReadOnlyList<string> keys)
    {
        var outcome = await views.ArrangeAsync(new ArrangeTabs(first, keys), By, CancellationToken.None);
        if (outcome is not Outcome.Done)
        {
            toasts.Show(outcome, "");
        }

        await Saved.InvokeAsync();
    }

    private async Task DeleteAsync(TicketTab tab)
    {
        var command = new DeleteView(SavedViewWords.Id(tab), tab.Version);
        toasts.Show(
            await views.DeleteAsync(command, By, CancellationToken.None),
            $"{tab.View.Name} is deleted.",
            undo: () => UndoAsync(tab)
        );
        await OpenChanged.InvokeAsync(false); // the toast with its Undo lies under the sheet
        if (tab.View.Key == Queue.View.Key)
        {
            navigation.NavigateTo(TicketQueueAddress.Path);
        }
        else
        {
            await Saved.InvokeAsync();
        }
    }

    private async Task UndoAsync(TicketTab tab)
    {
        var outcome = await views.SaveAsync(new SaveView(SavedViewWords.Terms(tab)), By, CancellationToken.None);
        toasts.Show(outcome, $"{tab.View.Name} is back.");
        await InvokeAsync(Saved.InvokeAsync);
    }
}
