using Plum.Data.Catalogue;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>A brand in use, found by name.</summary>
public partial class BrandPicker(BrandService service, CurrentActor actor) : PickerOf<BrandChoice>("Brand")
{
    private async Task<IReadOnlyList<BrandChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, PickerOptions.Most, await actor.GetAsync(), ct);
}
