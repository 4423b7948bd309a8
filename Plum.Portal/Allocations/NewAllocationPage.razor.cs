using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Imports;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

public sealed partial class NewAllocationPage(AllocationService files, AllocationOptions options, Viewer viewer, TimeProvider clock)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    private readonly long _most = options.MaxBytes;
    private AllocationProgramme? _programme;
    private Refusal? _refusal;
    private IBrowserFile? _uploading;
    private long _sent;
    private long _toldAt;

    protected override async Task OnAddressAsync()
    {
        if (ListAddress.Read(Navigation.Uri).Key("programme") is { } id && _programme?.Id != id)
        {
            _programme = await files.ProgrammeAsync(id, By, Leaving);
        }
    }

    private void Choose(AllocationProgramme? programme)
    {
        (_programme, _refusal) = (programme, null);
        Navigation.NavigateTo(ListAddress.Read(Navigation.Uri).With("programme", programme?.Id.ToString()), replace: true);
    }

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        _refusal = _programme is null
            ? new Refusal(
                "allocation.no-programme",
                "Choose the programme that pays for the rewards, then give the file again.",
                "ProgrammeId"
            )
            : options.CannotTake(e.FileCount, e.FileCount == 1 ? e.File.Size : 0);
        if (_refusal is not null)
        {
            return;
        }

        (_uploading, _sent) = (e.File, 0);
        try
        {
            await using var content = new WatchedStream(e.File.OpenReadStream(_most + 1, Leaving), Sent);
            var outcome = await files.UploadAsync(new UploadAllocation(_programme!.Id, e.File.Name), content, By, Leaving);
            if (outcome is Outcome.Done { Key: { } key })
            {
                Navigation.NavigateTo(AllocationLinks.Of(AllocationReference.Parse(key)!.Value));
            }
            else if (outcome is Outcome.Refused(var why))
            {
                _refusal = why with { Field = "File" };
            }
        }
        catch (Exception fault) when (fault is JSException or IOException) // the browser's doing: the file is gone, locked or changed
        {
            _refusal = AllocationOptions.Unread;
        }
        finally
        {
            _uploading = null;
        }
    }

    private void Sent(long bytes)
    {
        _sent = bytes;
        if (clock.GetElapsedTime(_toldAt) > Often)
        {
            _toldAt = clock.GetTimestamp();
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private string Megabytes(long bytes) => viewer.Number(Math.Max(0.1m, bytes / 1_048_576m), bytes < 100L << 20 ? 1 : 0);
}
