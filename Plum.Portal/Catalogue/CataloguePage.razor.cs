using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>Rewards as one types; everything else about the page stands in its address.</summary>
public partial class CataloguePage(
    RewardService rewards,
    CatalogueChoices choices,
    ProgrammeRewardsService lists,
    Viewer viewer,
    Toasts toasts
)
{
    private const int Size = 50;
    private const string BrandKey = "brand";
    private const string SupplierKey = "supplier";
    private const string ProgrammeKey = "programme";
    private const string UnallowedKey = "all";
    private const string PageKey = "page";

    /// <summary>The reward whose panel is open.</summary>
    private const string RewardKey = "reward";

    private readonly Loadable<RewardResults> _results = new();
    private ListAddress _address = ListAddress.Read(CatalogueWords.Rewards);
    private (RewardSort By, bool Descending) _sort;
    private RewardListQuery? _asked;
    private RewardEditor? _editor;
    private ProgrammeLists? _lists;
    private BrandChoice? _brand;
    private SupplierChoice? _supplier;
    private ProgrammeChoice? _programme;

    private string? Typed { get; set; }

    private bool CanEdit => By.LacksForAll(Act.EditCatalogue) is null;

    private bool CanChoose => By.May(Act.ChooseRewards);

    private bool Unallowed => _address.Text(UnallowedKey) == "yes";

    private static bool IsAbout(RewardResults results) =>
        results.Total.IsAbout || results.Facets.Kinds.Any(f => f.Count.IsAbout) || results.Facets.Countries.Any(f => f.Count.IsAbout);

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(
            Navigation.Uri,
            "q",
            BrandKey,
            SupplierKey,
            ProgrammeKey,
            "kind",
            "country",
            "currency",
            "active",
            "delivery",
            "value"
        );
        _sort = _address.Sort(RewardSort.Brand);
        if (_address.Text("q") != Typed?.Trim())
        {
            Typed = _address.Text("q");
        }

        (_brand, _supplier, _programme) = await choices.OfAsync(
            (_address.Key(BrandKey), _address.Key(SupplierKey), _address.Key(ProgrammeKey)),
            (_brand, _supplier, _programme),
            By,
            Leaving
        );
        if (Query() != _asked)
        {
            await ReadAsync();
        }
    }

    private RewardListQuery Query() =>
        new(
            new RewardFilter(
                _address.Text("q"),
                _address.Key(BrandKey),
                _address.Key(SupplierKey),
                _address.Choice<RewardKind>("kind"),
                _address.Text("country")?.ToUpperInvariant(),
                _address.Text("currency")?.ToUpperInvariant(),
                _address.Active,
                _address.Choice<DeliverySpeed>("delivery"),
                (int?)_address.Number("value"),
                _programme?.Id,
                Unallowed
            ),
            Size,
            _sort.By,
            _sort.Descending,
            _address.Text(PageKey)
        );

    private Task ReadAsync()
    {
        var query = _asked = Query();
        return LoadAsync(_results, ct => rewards.ListAsync(query, By, ct));
    }

    /// <summary>What is being typed replaces itself in the history: Back leaves the search, not its last letter.</summary>
    private void Search() => Navigation.NavigateTo(_address.With("q", Typed), replace: true);

    private void Go(string key, Guid? id) => Navigation.NavigateTo(_address.With(key, id?.ToString()));

    private void ClosePanel() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(RewardKey, (string?)null));

    private void EditAsync(RewardRow row)
    {
        ClosePanel();
        _editor!.Edit(row);
    }

    private async Task FavourAsync(RewardRow row)
    {
        var outcome = await lists.FavourAsync(new FavourReward(_programme!.Id, row.Id, !row.IsFavourite), By, CancellationToken.None);
        toasts.Show(
            outcome,
            row.IsFavourite ? $"{row.Name} is no favourite any more." : $"{row.Name} is a favourite of {_programme!.Name}."
        );

        await ReadAsync();
    }

    private string Shown(RewardResults results) =>
        (results.Total.IsAbout ? "About " : "")
        + $"{viewer.Number(results.Total.Count)} {(results.Total.Count == 1 ? "reward" : "rewards")}"
        + (results.IsSorted ? "" : $". {viewer.Number(RewardService.MostSorted)} or fewer can be sorted: narrow them");
}
