using Plum.Data.Allocations;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>A programme that one may send rewards in, found by its name or its client's.</summary>
public partial class ProgrammeChooser(AllocationService service, CurrentActor actor) : PickerOf<AllocationProgramme>("Programme")
{
    private async Task<IReadOnlyList<AllocationProgramme>> FindAsync(string text, CancellationToken ct) =>
        await service.ProgrammesAsync(text, PickerOptions.Most, await actor.GetAsync(), ct);
}
