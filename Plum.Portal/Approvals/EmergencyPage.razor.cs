using Plum.Data.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>Emergency access: taken with a reason, and reviewed by another with what was decided under it.</summary>
public partial class EmergencyPage
{
    private readonly EmergencyService _service;
    private readonly Viewer _viewer;
    private readonly TimeProvider _clock;
    private readonly DecidingDesk _desk;
    private readonly FormDrafts _taking;
    private readonly FormDrafts _reviews;
    private readonly Loadable<IReadOnlyList<EmergencyRow>> _rows = new();
    private readonly (string, string)[] _crumbs = [("Approvals", ApprovalWords.Path)];
    private IReadOnlyList<EmergencyDecision> _decided = [];
    private EmergencyRow? _open;
    private Actor? _by;

    public EmergencyPage(EmergencyService service, Viewer viewer, TimeProvider clock, DecidingDesk desk)
    {
        (_service, _viewer, _clock, _desk) = (service, viewer, clock, desk);
        _taking = new FormDrafts(new FormField("Reason", "Why it cannot wait")) { Changed = StateHasChanged };
        _reviews = new FormDrafts(new FormField("Review", "What you found")) { Changed = StateHasChanged };
    }

    protected override async Task OnInitializedAsync()
    {
        _by = await _desk.Actor.GetAsync();
        await LoadAsync(_rows, ReadAsync);
    }

    private Task<IReadOnlyList<EmergencyRow>> ReadAsync(CancellationToken ct) => _service.ListAsync(_by!, ct);

    private void Take() => _taking.Open(FormDrafts.New);

    private async Task TakeAsync()
    {
        var draft = _taking.Current!;
        if (await draft.SettleAsync(await _service.TakeAsync(new TakeEmergencyAccess(draft["Reason"]), _by!, CancellationToken.None)))
        {
            _desk.Toasts.Done("For an hour you decide above your limit.", ("To the requests", ApprovalWords.Path));
            _taking.Done();
            await LoadAsync(_rows, ReadAsync);
        }
    }

    private async Task OpenAsync(EmergencyRow row)
    {
        (_open, _decided) = (row, await _service.DecisionsAsync(row.Id, _by!, Leaving));
        _reviews.Open(row.Id.ToString(), version: row.Version);
    }

    private async Task ReviewAsync()
    {
        if (_open is not { MayReview: true } open || _reviews.Current is not { } draft)
        {
            _reviews.Done();
            return;
        }

        var outcome = await _service.ReviewAsync(
            new ReviewEmergencyAccess(open.Id, draft["Review"], open.Version),
            _by!,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome))
        {
            _desk.Toasts.Done($"The emergency access of {open.Who} is reviewed.");
            _reviews.Done();
            await LoadAsync(_rows, ReadAsync);
        }
    }
}
