using Plum.Data.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>A category in use, found by name.</summary>
public partial class CategoryPicker(CategoryService service, CurrentActor actor) : PickerOf<CategoryChoice>("Category")
{
    private async Task<IReadOnlyList<CategoryChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, PickerOptions.Most, await actor.GetAsync(), ct);
}
