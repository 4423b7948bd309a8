using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Ledger;

/// <summary>The accounts, with what each holds and what of it is spoken for.</summary>
public partial class LedgerPage(LedgerService ledger, Viewer viewer)
{
    private const int Size = 50;

    private readonly Loadable<Page<AccountRow>> _page = new();
    private IReadOnlyList<string> _currencies = [];
    private ListAddress _address = ListAddress.Read(LedgerWords.Path);

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "kind", "currency");
        if (_currencies.Count == 0)
        {
            _currencies = await ledger.CurrenciesAsync(By, Leaving);
        }

        var query = new AccountQuery(
            _address.Choice<AccountKind>("kind"),
            _address.Text("currency")?.ToUpperInvariant(),
            _address.Text("q"),
            (_address.Page - 1) * Size,
            Size
        );
        await LoadAsync(_page, ct => ledger.ListAsync(query, By, ct), $"ledger {_address.Href}");
    }

    private string Or(long minorUnits, string currency) => minorUnits == 0 ? "–" : viewer.Money(new Money(minorUnits, currency));

    /// <summary>Its kind, where the name does not say it already, and whose it is.</summary>
    private static string Beside(AccountRow row) =>
        string.Join(
            " · ",
            new[] { LedgerWords.Of(row.Kind), row.ClientCode }
                .OfType<string>()
                .Where(w => !row.Name.Contains(w, StringComparison.OrdinalIgnoreCase))
        );

    private void Go(string key, string? value) => Navigation.NavigateTo(_address.With(key, value));
}
