using Microsoft.AspNetCore.Components;
using Plum.Data.Ledger;
using Plum.Portal.Shared;

namespace Plum.Portal.Ledger;

/// <summary>One account's statement.</summary>
public partial class AccountPage(LedgerService ledger, Viewer viewer)
{
    private const int Size = 50;

    private readonly Loadable<AccountView> _account = new();
    private readonly (string, string)[] _crumbs = [("Ledger", LedgerWords.Path)];
    private ListAddress _address = ListAddress.Read(LedgerWords.Path);

    [Parameter]
    public Guid Id { get; set; }

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri);
        var id = Id;
        return LoadAsync(
            _account,
            async ct => (await ledger.GetAsync(id, (_address.Page - 1) * Size, Size, By, ct))!,
            $"account {_address.Href}"
        );
    }
}
