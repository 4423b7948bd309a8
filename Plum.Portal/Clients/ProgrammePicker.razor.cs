using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

/// <summary>A programme in use, found by code or name.</summary>
public partial class ProgrammePicker(ProgrammeService service, CurrentActor actor) : PickerOf<ProgrammeChoice>("Programme")
{
    /// <summary>Null offers those of every client that the person sees.</summary>
    [Parameter]
    public Guid? ClientId { get; set; }

    private async Task<IReadOnlyList<ProgrammeChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, ClientId, PickerOptions.Most, await actor.GetAsync(), ct);
}
