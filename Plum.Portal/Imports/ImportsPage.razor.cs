using Plum.Data.Imports;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

public sealed partial class ImportsPage(ImportService imports, Viewer viewer)
{
    private readonly Loadable<IReadOnlyList<ImportListRow>> _imports = new();

    private Viewer Viewer => viewer;

    protected override Task OnAddressAsync() => LoadAsync(_imports, ct => imports.ListAsync(By, ct));
}
