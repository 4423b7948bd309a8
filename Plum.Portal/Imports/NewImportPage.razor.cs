using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Plum.Data.Clients;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

public sealed partial class NewImportPage(ImportService imports, ImportOptions options, Viewer viewer, TimeProvider clock)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    private readonly long _most = options.MaxBytes;
    private ClientChoice? _client;
    private Refusal? _refusal;
    private IBrowserFile? _uploading;
    private long _sent;
    private long _toldAt;

    protected override async Task OnAddressAsync()
    {
        if (ListAddress.Read(Navigation.Uri).Text("client") is { } code && _client?.Code != code)
        {
            var found = (await imports.ClientsAsync(By, Leaving)).FirstOrDefault(c => c.Code == code);
            _client = found.Code is null ? null : new ClientChoice(found.Id, found.Code, found.Name);
        }
    }

    private void Choose(ClientChoice? client)
    {
        (_client, _refusal) = (client, null);
        Navigation.NavigateTo(ListAddress.Read(Navigation.Uri).With("client", client?.Code), replace: true);
    }

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        _refusal =
            _client is null
                ? new Refusal("import.no-client", "Choose the client whose history it is, then give the file again.", "ClientId")
            : e.FileCount > 1 ? new Refusal("import.one-file", "Give one file at a time.", "File")
            : options.CannotTake(e.File.Size);
        if (_refusal is not null)
        {
            return;
        }

        (_uploading, _sent) = (e.File, 0);
        try
        {
            await using var content = new WatchedStream(e.File.OpenReadStream(_most + 1, Leaving), Sent);
            var outcome = await imports.UploadAsync(new UploadImport(_client!.Id, e.File.Name), content, By, Leaving);
            if (outcome is Outcome.Done { Key: { } key })
            {
                Navigation.NavigateTo(ImportLinks.Of(ImportReference.Parse(key)!.Value));
            }
            else if (outcome is Outcome.Refused(var why))
            {
                _refusal = why with { Field = "File" };
            }
        }
        catch (Exception fault) when (fault is JSException or IOException) // the browser's doing: the file is gone, locked or changed
        {
            _refusal = new Refusal(
                "import.unreadable",
                $"The browser could not read {e.File.Name} to its end. Close it in other programs, then choose it again.",
                "File"
            );
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
