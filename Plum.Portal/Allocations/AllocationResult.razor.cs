using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>What the check found, what it comes to against the budget, and the bad rows.</summary>
public sealed partial class AllocationResult(AllocationService files, Viewer viewer, Toasts toasts) : ComponentBase
{
    private bool _busy;

    [Parameter, EditorRequired]
    public AllocationView File { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Asks for the file as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private bool CanMend => File.State == AllocationState.Checked && By.May(Act.MakeAllocations);

    private async Task LeaveOutAsync()
    {
        _busy = true;
        var outcome = await files.LeaveOutBadAsync(new(File.Number, File.Version, !File.LeavesOutBad), By, CancellationToken.None);
        _busy = false;
        toasts.Show(outcome, File.LeavesOutBad ? "The bad rows are back among those to be mended." : "The bad rows are left out.");
        await Look.InvokeAsync();
    }

    private string Last(AllocationChange change) =>
        change.Kind switch
        {
            AllocationChangeKind.TakeBack => $"{viewer.Number(change.Changed)} rows were taken back from the file of mended rows"
                + (
                    change.Refused > 0
                        ? $"; {viewer.Number(change.Refused)} were not: they are good by now, changed since, or of another file."
                        : "."
                ),
            AllocationChangeKind.CheckAgain => $"{viewer.Number(change.Changed)} rows were checked again.",
            _ => $"{viewer.Number(change.Changed)} rows were changed in the column {change.Column}.",
        };
}
