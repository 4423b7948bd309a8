using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Gives what is on the screen a name, or a view another one.</summary>
public partial class SavedViewForm
{
    private const string Name = "Name";
    private const string IsShared = "IsShared";

    private readonly SavedViewService _views;
    private readonly Toasts _toasts;
    private readonly NavigationManager _navigation;
    private readonly FormDrafts _drafts;

    public SavedViewForm(SavedViewService views, Toasts toasts, NavigationManager navigation)
    {
        (_views, _toasts, _navigation) = (views, toasts, navigation);
        _drafts = new FormDrafts(new FormField(Name, "Name"), new FormField(IsShared, "Shared", v => FormWords.IsYes(v) ? "yes" : "no"))
        {
            Changed = StateHasChanged,
        };
    }

    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter]
    public EventCallback Saved { get; set; }

    private bool IsNew => _drafts.Key == FormDrafts.New;

    private string SharedHint =>
        By.ClientId is null
            ? "Everybody of Plum gets it as a tab; whoever may share views may change it."
            : "Everybody of your company gets it as a tab; whoever may share views may change it.";

    public void Add() => _drafts.Open(FormDrafts.New);

    public void Edit(TicketTab tab) => _drafts.Open(tab.View.Key, Values(tab), tab.Version);

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (key, name, shared) = (_drafts.Key, draft[Name], FormWords.IsYes(draft[IsShared]));
        var outcome = IsNew
            ? await _views.SaveAsync(new SaveView(SavedViewWords.Shown(Queue, Address, name, shared)), By, CancellationToken.None)
            : await ChangeAsync(key, draft.Version, name, shared);
        if (!await draft.SettleAsync(outcome, () => TheirsAsync(key)))
        {
            return;
        }

        _toasts.Done(IsNew ? $"{name.Trim()} is saved." : $"The view is called {name.Trim()} now.");
        _drafts.Done();
        if (outcome is Outcome.Done { Key: { } saved } && key == FormDrafts.New)
        {
            _navigation.NavigateTo(TicketQueueAddress.Of(saved).Href);
        }
        else
        {
            await Saved.InvokeAsync();
        }
    }

    private async Task<Outcome> ChangeAsync(string key, int seen, string name, bool shared) =>
        Find(key) is { } tab
            ? await _views.ChangeAsync(
                new ChangeView(SavedViewWords.Id(tab), seen, SavedViewWords.Terms(tab) with { Name = name, IsShared = shared }),
                By,
                CancellationToken.None
            )
            : Refusals.NotFound;

    private async Task<(IReadOnlyDictionary<string, string>, int)?> TheirsAsync(string key)
    {
        await Saved.InvokeAsync(); // reads the tabs anew
        return Find(key) is { } tab ? (Values(tab), tab.Version) : null;
    }

    private TicketTab? Find(string key) => Queue.Tabs.FirstOrDefault(t => t.View.Key == key);

    private static Dictionary<string, string> Values(TicketTab tab) =>
        new() { [Name] = tab.View.Name, [IsShared] = FormWords.Of(tab.View.Kind == ViewKind.Shared) };
}
