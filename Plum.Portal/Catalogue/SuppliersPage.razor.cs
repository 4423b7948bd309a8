using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

public partial class SuppliersPage
{
    private const int Size = 50;

    /// <summary>In the address: the supplier whose catalogue's panel is open.</summary>
    private const string SyncKey = "sync";

    private readonly SupplierService _suppliers;
    private readonly CatalogueSyncService _reading;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<Page<SupplierRow>> _page = new();
    private ListAddress _address = ListAddress.Read(CatalogueWords.Suppliers);
    private (SupplierSort By, bool Descending) _sort;
    private IReadOnlyDictionary<Guid, SyncView> _syncs = new Dictionary<Guid, SyncView>();

    public SuppliersPage(SupplierService suppliers, CatalogueSyncService reading, Viewer viewer, Toasts toasts)
    {
        (_suppliers, _reading, _viewer, _toasts) = (suppliers, reading, viewer, toasts);
        _drafts = new FormDrafts(new FormField("Name", "Name"), new FormField("Code", "Code"), new FormField("IsActive", "In use"))
        {
            Changed = StateHasChanged,
        };
    }

    private bool CanEdit => By.LacksForAll(Act.EditCatalogue) is null;

    private bool IsNew => _drafts.Key == FormDrafts.New;

    private SupplierRow? Opened =>
        _address.Text(SyncKey) is { } code
            ? _page.Value?.Rows.FirstOrDefault(r => string.Equals(r.Code, code, StringComparison.OrdinalIgnoreCase))
            : null;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "active");
        _sort = _address.Sort(SupplierSort.Name);
        await LoadAsync(_page, ReadAsync, $"suppliers {_address.Href}");
        await ReadSyncsAsync();
    }

    private async Task ReadSyncsAsync() => _syncs = await _reading.LatestAsync([.. _page.Value?.Rows.Select(r => r.Id) ?? []], By, Leaving);

    private void CloseSync() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(SyncKey, (string?)null));

    private Task<Page<SupplierRow>> ReadAsync(CancellationToken ct) =>
        _suppliers.ListAsync(
            new SupplierListQuery((_address.Page - 1) * Size, Size, _sort.By, _sort.Descending, _address.Text("q"), _address.Active),
            By,
            ct
        );

    private void Add() => _drafts.Open(FormDrafts.New);

    private void Edit(SupplierRow row) => _drafts.Open(row.Id.ToString(), Values(row), row.Version);

    private static Dictionary<string, string> Values(SupplierRow row) =>
        new()
        {
            ["Name"] = row.Name,
            ["Code"] = row.Code,
            ["IsActive"] = FormWords.Of(row.IsActive),
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (id, name, code) = (FormWords.Key(_drafts.Key), draft["Name"], draft["Code"]);
        if (!draft.Accepts(new[] { SupplierRefusals.ForName(name), SupplierRefusals.ForCode(code) }.OfType<Refusal>()))
        {
            return;
        }

        var outcome = IsNew
            ? await _suppliers.EngageAsync(new EngageSupplier(code, name), By, CancellationToken.None)
            : await _suppliers.ChangeAsync(
                new ChangeSupplier(id, draft.Version, name, FormWords.IsYes(draft["IsActive"])),
                By,
                CancellationToken.None
            );
        if (
            await draft.SettleAsync(
                outcome,
                async () => await _suppliers.ViewAsync(id, By, Leaving) is { } row ? (Values(row), row.Version) : null
            )
        )
        {
            _toasts.Done(IsNew ? $"{name.Trim()} is added." : $"{name.Trim()} is saved.");
            _drafts.Done();
            await LoadAsync(_page, ReadAsync);
        }
    }
}
