using Plum.Data.Catalogue;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

public partial class BrandsPage
{
    private const int Size = 50;

    private readonly BrandService _brands;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<Page<BrandRow>> _page = new();
    private ListAddress _address = ListAddress.Read(CatalogueWords.Brands);
    private (Column By, bool Descending) _sort;

    public BrandsPage(BrandService brands, Viewer viewer, Toasts toasts)
    {
        (_brands, _viewer, _toasts) = (brands, viewer, toasts);
        _drafts = new FormDrafts(new FormField("Name", "Name"), new FormField("IsActive", "In use")) { Changed = StateHasChanged };
    }

    private enum Column
    {
        Name,
    }

    private bool CanEdit => By.LacksForAll(Act.EditCatalogue) is null;

    private bool IsNew => _drafts.Key == FormDrafts.New;

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "active");
        _sort = _address.Sort(Column.Name);
        return LoadAsync(_page, ReadAsync, $"brands {_address.Href}");
    }

    private Task<Page<BrandRow>> ReadAsync(CancellationToken ct) =>
        _brands.ListAsync(
            new BrandListQuery((_address.Page - 1) * Size, Size, _sort.Descending, _address.Text("q"), _address.Active),
            By,
            ct
        );

    private void Add() => _drafts.Open(FormDrafts.New);

    private void Edit(BrandRow row) => _drafts.Open(row.Id.ToString(), Values(row), row.Version);

    private static Dictionary<string, string> Values(BrandRow row) =>
        new() { ["Name"] = row.Name, ["IsActive"] = FormWords.Of(row.IsActive) };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (id, name) = (FormWords.Key(_drafts.Key), draft["Name"]);
        var outcome = IsNew
            ? await _brands.ListBrandAsync(new ListBrand(name), By, CancellationToken.None)
            : await _brands.ChangeAsync(
                new ChangeBrand(id, draft.Version, name, FormWords.IsYes(draft["IsActive"])),
                By,
                CancellationToken.None
            );
        if (
            await draft.SettleAsync(
                outcome,
                async () => await _brands.ViewAsync(id, By, Leaving) is { } row ? (Values(row), row.Version) : null
            )
        )
        {
            _toasts.Done(
                IsNew ? $"{name.Trim()} is listed." : $"{name.Trim()} is saved.",
                IsNew ? ("Offer its rewards", CatalogueWords.Rewards) : null
            );
            _drafts.Done();
            await LoadAsync(_page, ReadAsync);
        }
    }
}
