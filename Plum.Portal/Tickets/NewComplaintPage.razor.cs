using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The form that a client hands a complaint over with. What is typed is kept on the server.</summary>
public partial class NewComplaintPage
{
    private const string DraftKey = "complaint:new";
    private const string MessageKey = $"{DraftKey}:message";

    private readonly ComplaintDesk _desk;
    private readonly DraftKeeper _keeper;
    private readonly CurrentActor _actor;
    private readonly Toasts _toasts;
    private readonly NavigationManager _navigation;
    private readonly Loadable<ComplaintChoices> _choices = new();
    private readonly FormDraft _draft = new(
        new("Category", "What is it about?"),
        new("Programme", "Programme"),
        new("Order", "Order"),
        new("Recipient", "Recipient's e-mail address"),
        new("Subject", "Subject"),
        new("Message", "What happened"),
        new("Files", "Files")
    );
    private IReadOnlyList<AttachmentRow> _files = [];
    private DraftArea? _area;
    private Actor? _by;
    private string _message = "";

    public NewComplaintPage(ComplaintDesk desk, DraftKeeper keeper, CurrentActor actor, Toasts toasts, NavigationManager navigation)
    {
        (_desk, _keeper, _actor, _toasts, _navigation) = (desk, keeper, actor, toasts, navigation);
        _draft.Changed = () =>
        {
            _keeper.Typed();
            StateHasChanged();
        };
    }

    protected override async Task OnInitializedAsync()
    {
        _by = await _actor.GetAsync();
        if (_by.ClientId is null)
        {
            return;
        }

        await LoadAsync(_choices, ct => _desk.ChoicesAsync(_by, ct));
        await _keeper.WatchAsync(DraftKey, _draft, () => InvokeAsync(RestedAsync), Leaving);
        _files = await _desk.PendingAsync(_draft["Files"], _by, Leaving);
    }

    private async Task RestedAsync()
    {
        await _keeper.KeepAsync();
        StateHasChanged();
    }

    private void TakeFiles(IReadOnlyList<AttachmentRow> files)
    {
        _files = files;
        _draft["Files"] = string.Join(' ', files.Select(f => f.Id));
    }

    private async Task HandOverAsync()
    {
        var command = new HandOverComplaint(
            FormWords.Key(_draft["Category"]),
            _draft["Subject"],
            _message,
            _draft["Order"],
            _draft["Recipient"],
            Guid.TryParse(_draft["Programme"], out var programme) ? programme : null,
            [.. _files.Select(f => f.Id)]
        );
        if (!_draft.Accepts(ComplaintService.Wrong(command)))
        {
            return;
        }

        var outcome = await _desk.HandOverAsync(command, _by!);
        if (await _draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } reference })
        {
            await ForgetAsync();
            _toasts.Done($"{reference} is handed over. Plum takes care of it from here.", ("Hand over another", "/complaints/new"));
            _navigation.NavigateTo(ComplaintWords.Link(reference));
        }
    }

    private async Task DiscardAsync()
    {
        await ForgetAsync();
        _draft.Fill();
        _files = [];
        await _keeper.ForgetAsync(); // emptying is no typing
    }

    private async Task ForgetAsync()
    {
        await _keeper.ForgetAsync();
        await (_area?.ForgetAsync() ?? Task.CompletedTask);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _keeper.Dispose();
        }

        base.Dispose(disposing);
    }
}
