using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

public sealed partial class AllocationPage(AllocationService files, AllocationDesk desk, Viewer viewer)
{
    private readonly Viewer _viewer = viewer;
    private readonly Loadable<AllocationView?> _file = new();
    private string _loaded = "";
    private bool _busy;

    /// <summary>Such as IPA-1023.</summary>
    [Parameter]
    public string Reference { get; set; } = "";

    private bool MayMake => By.May(Act.MakeAllocations);

    protected override async Task OnAddressAsync()
    {
        if (_loaded != Reference)
        {
            _loaded = Reference;
            await LookAsync();
        }
    }

    private Task LookAsync() =>
        LoadAsync(_file, async ct => AllocationReference.Parse(Reference) is { } number ? await files.ViewAsync(number, By, ct) : null);

    private static bool MayCancel(AllocationView file) =>
        file.State
            is AllocationState.Received
                or AllocationState.Reading
                or AllocationState.Checked
                or AllocationState.Mending
                or AllocationState.Failed;

    private static bool IsUnderway(AllocationView file) =>
        file.State
            is AllocationState.Submitted
                or AllocationState.Approved
                or AllocationState.Running
                or AllocationState.Paused
                or AllocationState.Finished
                or AllocationState.Refused
        || (file is { State: AllocationState.Cancelled, WasSubmitted: true });

    private async Task CancelAsync(AllocationView file)
    {
        var reference = AllocationReference.Of(file.Number);
        if (
            await desk.Confirmations.AskAsync(
                $"Cancel {reference}?",
                $"{file.FileName} and what was mended of it are laid aside. Nothing was sent.",
                "Cancel file",
                danger: true
            )
        )
        {
            await DoAsync(
                () => desk.Run.CancelAsync(new(file.Number, file.Version), By, CancellationToken.None),
                $"{reference} is cancelled."
            );
        }
    }

    private async Task MapAnewAsync(AllocationView file)
    {
        if (
            await desk.Confirmations.AskAsync(
                "Map the columns anew?",
                "All rows are read again by the new mapping. What was mended by hand is lost.",
                "Map anew",
                danger: true
            )
        )
        {
            await DoAsync(
                () => files.MapAnewAsync(new(file.Number, file.Version), By, CancellationToken.None),
                "Say what the columns are."
            );
        }
    }

    private Task GoOnAsync(AllocationView file) =>
        DoAsync(() => files.GoOnAsync(new(file.Number, file.Version), By, CancellationToken.None), "It goes on from where it stopped.");

    private async Task DoAsync(Func<Task<Outcome>> command, string done)
    {
        _busy = true;
        desk.Toasts.Show(await command(), done);
        _busy = false;
        await LookAsync();
    }

    private string Note(AllocationView file, int step) =>
        step switch
        {
            0 => file.Rows > 0 ? $"{_viewer.Number(file.Rows)} rows" : $"{file.Form.Headers.Count} columns",
            1 => file.Rows > 0 ? $"{_viewer.Number(file.Good)} good" : "",
            2 => file.Rows == 0 ? ""
            : file.LeavesOutBad ? $"{_viewer.Number(file.Bad)} left out"
            : $"{_viewer.Number(file.Bad)} bad",
            3 => file.State == AllocationState.Refused ? "refused" : "",
            _ => "",
        };

    private string About(AllocationView file) =>
        $"{file.FileName}, {_viewer.Number(Math.Max(0.1m, file.Bytes / 1_048_576m), 1)} MB, for {file.ProgrammeName} of {file.ClientName}. Given by {file.Who} on {_viewer.Time(file.UploadedAtUtc)}.";
}
