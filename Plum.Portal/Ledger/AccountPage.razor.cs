using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Ledger;

/// <summary>One account's statement; a budget or a fund can be asked to be funded.</summary>
public partial class AccountPage
{
    private const int Size = 50;

    private readonly LedgerService _ledger;
    private readonly FundingService _funding;
    private readonly DecidingDesk _desk;
    private readonly Viewer _viewer;
    private readonly FormDrafts _asking;
    private readonly Loadable<AccountView> _account = new();
    private readonly (string, string)[] _crumbs = [("Ledger", LedgerWords.Path)];
    private ListAddress _address = ListAddress.Read(LedgerWords.Path);

    public AccountPage(LedgerService ledger, FundingService funding, DecidingDesk desk, Viewer viewer)
    {
        (_ledger, _funding, _desk, _viewer) = (ledger, funding, desk, viewer);
        _asking = new FormDrafts(new FormField("Amount", "Amount"), new FormField("Reason", "Why")) { Changed = StateHasChanged };
    }

    [Parameter]
    public Guid Id { get; set; }

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri);
        return LoadAsync(_account, ReadAsync, $"account {_address.Href}");
    }

    private async Task<AccountView> ReadAsync(CancellationToken ct) =>
        (await _ledger.GetAsync(Id, (_address.Page - 1) * Size, Size, By, ct))!;

    private async Task AskAsync()
    {
        var (draft, account) = (_asking.Current!, _account.Value!.Account);
        var amount = AmountText.Parse(draft["Amount"], account.Currency, _viewer.Culture);
        var wrong = new[] { amount is > 0 ? null : FundingService.NoAmount(account.Currency), RequestRefusals.ForReason(draft["Reason"]) };
        if (!draft.Accepts([.. wrong.OfType<Refusal>()]))
        {
            return;
        }

        var money = new Money(amount!.Value, account.Currency);
        var consequence = $"{_viewer.Money(money)} goes from the deposits to {account.Name}, after somebody else has approved it.";
        if (!await _desk.Confirmations.AskAsync($"Fund {account.Name}?", consequence, $"Ask for {_viewer.Money(money)}"))
        {
            return;
        }

        var outcome = await _funding.AskAsync(new AskFunding(Id, money, draft["Reason"]), By, CancellationToken.None);
        if (await draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } reference })
        {
            _desk.Toasts.Done($"{reference} waits for a checker.", ("Show it", $"{ApprovalWords.Path}/{reference}"));
            _asking.Done();
            await LoadAsync(_account, ReadAsync);
        }
    }
}
