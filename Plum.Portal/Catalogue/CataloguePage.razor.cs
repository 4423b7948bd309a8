using Plum.Data.Catalogue;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

public partial class CataloguePage(RewardService rewards, BrandService brands, SupplierService suppliers, Viewer viewer)
{
    private const int Size = 50;
    private const string BrandKey = "brand";
    private const string SupplierKey = "supplier";

    private readonly Loadable<Page<RewardRow>> _page = new();
    private readonly Loadable<RewardFacets> _facets = new();
    private ListAddress _address = ListAddress.Read(CatalogueWords.Rewards);
    private (RewardSort By, bool Descending) _sort;
    private RewardEditor? _editor;
    private BrandChoice? _brand;
    private SupplierChoice? _supplier;

    private bool CanEdit => By.LacksForAll(Act.EditCatalogue) is null;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", BrandKey, SupplierKey, "kind", "country", "currency", "active");
        _sort = _address.Sort(RewardSort.Brand);
        _brand = _address.Key(BrandKey) is { } brand ? await brands.ChoiceAsync(brand, By, Leaving) : null;
        _supplier = _address.Key(SupplierKey) is { } supplier ? await suppliers.ChoiceAsync(supplier, By, Leaving) : null;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var filter = new RewardFilter(
            _address.Text("q"),
            _address.Key(BrandKey),
            _address.Key(SupplierKey),
            _address.Choice<RewardKind>("kind"),
            _address.Text("country"),
            _address.Text("currency"),
            _address.Active
        );
        var query = new RewardListQuery(filter, (_address.Page - 1) * Size, Size, _sort.By, _sort.Descending);
        await LoadAsync(_page, ct => rewards.ListAsync(query, By, ct));
        await LoadAsync(_facets, ct => rewards.FacetsAsync(filter, By, ct));
    }

    private void Go(string key, Guid? id) => Navigation.NavigateTo(_address.With(key, id?.ToString()));
}
