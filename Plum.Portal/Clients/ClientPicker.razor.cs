using Plum.Data.Clients;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

/// <summary>A client in use, found by code or name.</summary>
public partial class ClientPicker(ClientService service, CurrentActor actor) : PickerOf<ClientChoice>("Client")
{
    private async Task<IReadOnlyList<ClientChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, PickerOptions.Most, await actor.GetAsync(), ct);
}
