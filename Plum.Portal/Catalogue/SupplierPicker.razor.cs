using Plum.Data.Catalogue;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>A supplier in use, found by code or name.</summary>
public partial class SupplierPicker(SupplierService service, CurrentActor actor) : PickerOf<SupplierChoice>("Supplier")
{
    private async Task<IReadOnlyList<SupplierChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, PickerOptions.Most, await actor.GetAsync(), ct);
}
