using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>What a checked file comes to, by currency and against its budget; its submission.</summary>
public sealed partial class AllocationSubmit
{
    private readonly AllocationSubmission _submission;
    private readonly DecidingDesk _desk;
    private readonly Loadable<IReadOnlyList<AllocationAsked>> _asked = new();
    private readonly FormDraft _draft = new(new FormField("Reason", "What it is for"), new FormField("At", "Send at"));
    private (long, int)? _read;

    public AllocationSubmit(AllocationSubmission submission, DecidingDesk desk, Viewer viewer) =>
        (_submission, _desk, Viewer) = (submission, desk, viewer);

    private Viewer Viewer { get; }

    [Parameter, EditorRequired]
    public long Number { get; set; }

    /// <summary>The file's, as it is shown.</summary>
    [Parameter, EditorRequired]
    public int Version { get; set; }

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Asks for the file as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    protected override void OnInitialized()
    {
        _draft.Changed = StateHasChanged;
        _draft.Fill();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read != (Number, Version))
        {
            _read = (Number, Version);
            await LoadAsync(_asked, ct => _submission.PreviewAsync(Number, By, ct), keep: null);
        }
    }

    private async Task SubmitAsync()
    {
        var at = _draft["At"];
        DateTime? scheduled = DateTime.TryParse(at, CultureInfo.InvariantCulture, out var local) ? Viewer.ToUtc(local) : null;
        var wrong = new[]
        {
            RequestRefusals.ForReason(_draft["Reason"]),
            at.Length > 0 && scheduled is null ? AllocationSubmitRefusals.Past : null,
        };
        if (!_draft.Accepts([.. wrong.OfType<Refusal>()]))
        {
            return;
        }

        var outcome = await _submission.SubmitAsync(
            new SubmitAllocation(Number, Version, _draft["Reason"].Trim(), scheduled),
            By,
            CancellationToken.None
        );
        if (outcome is Outcome.Stale)
        {
            await Look.InvokeAsync();
            _draft.Accepts(AllocationSubmitRefusals.Busy);
        }
        else if (await _draft.SettleAsync(outcome))
        {
            _desk.Toasts.Done(
                $"{AllocationReference.Of(Number)} is with the checkers; its budget is reserved.",
                ("Requests", ApprovalWords.Path)
            );
            await Look.InvokeAsync();
        }
    }
}
