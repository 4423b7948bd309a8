using Microsoft.AspNetCore.Components;
using Plum.Data.Corrections;
using Plum.Data.Partners;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Partners;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Portal.Corrections;
using Plum.Portal.Shared;

namespace Plum.Portal.Partners;

/// <summary>One customer of the institution: what they hold, what was asked for, and what one may grant them. The consequence is shown before it is confirmed.</summary>
public partial class CustomerPage
{
    private static readonly IReadOnlyList<(string Value, string Text)> _reasons =
    [
        .. new[]
        {
            ReasonCode.ServiceFailure,
            ReasonCode.NeverArrived,
            ReasonCode.CodeNotAccepted,
            ReasonCode.WrongReward,
            ReasonCode.WrongValue,
        }.Select(c => (c.ToString(), ReasonWords.Of(c))),
    ];

    private readonly CustomerService _customers;
    private readonly GoodwillService _goodwill;
    private readonly DecidingDesk _desk;
    private readonly Viewer _viewer;
    private readonly FormDrafts _granting;
    private readonly FormDrafts _correcting;
    private readonly Loadable<CustomerView> _customer = new();
    private readonly (string, string)[] _crumbs = [("Customers", PartnerWords.Path)];

    public CustomerPage(CustomerService customers, GoodwillService goodwill, DecidingDesk desk, Viewer viewer)
    {
        (_customers, _goodwill, _desk, _viewer) = (customers, goodwill, desk, viewer);
        _granting = new FormDrafts(
            new FormField("Fund", "From"),
            new FormField("Amount", "Amount"),
            new FormField("ReasonCode", "Reason"),
            new FormField("Reason", "Why")
        )
        {
            Changed = StateHasChanged,
        };
        _correcting = new FormDrafts(new FormField("Name", "Name"), new FormField("Email", "E-mail")) { Changed = StateHasChanged };
    }

    [Parameter]
    public Guid Id { get; set; }

    private IReadOnlyList<FundChoice> Funds => _customer.Value?.Funds ?? [];

    protected override Task OnAddressAsync() => ReadAsync();

    private Task ReadAsync()
    {
        var id = Id;
        return LoadAsync(_customer, async ct => (await _customers.GetAsync(id, By, ct))!);
    }

    private void Grant() =>
        _granting.Open(FormDrafts.New, new Dictionary<string, string> { ["Fund"] = Funds is [var only] ? only.Id.ToString() : "" });

    private string? CurrencyOf(FormDraft draft) => Funds.FirstOrDefault(f => f.Id.ToString() == draft["Fund"])?.Available.Currency;

    private async Task GrantAsync()
    {
        var draft = _granting.Current!;
        if (!draft.Accepts([.. Wrong(draft)]))
        {
            return;
        }

        var currency = CurrencyOf(draft)!;
        var command = new GrantGoodwill(
            Id,
            FormWords.Key(draft["Fund"]),
            new Money(AmountText.Parse(draft["Amount"], currency, _viewer.Culture)!.Value, currency),
            FormWords.Choice<ReasonCode>(draft["ReasonCode"]),
            draft["Reason"]
        );
        var preview = await _goodwill.DryRunAsync(command, By, CancellationToken.None);
        if (!draft.Accepts(preview.CannotBe is { } cannot ? [cannot] : []))
        {
            return;
        }

        var verb = CorrectionWords.Confirm(RequestKind.GoodwillCredit, preview.Checkers, _viewer.Money(preview.Amount));
        if (!await _desk.Confirmations.AskAsync($"{preview.Title}?", CorrectionWords.Consequence(preview, _viewer), verb))
        {
            return;
        }

        var outcome = await _goodwill.AskAsync(command, By, CancellationToken.None);
        if (await draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } reference })
        {
            _desk.Toasts.Done($"{reference} waits for a checker.", ("Show it", $"{ApprovalWords.Path}/{reference}"));
            _granting.Done();
            await ReadAsync();
        }
    }

    private IEnumerable<Refusal> Wrong(FormDraft draft)
    {
        if (CurrencyOf(draft) is not { } currency)
        {
            yield return CustomerRefusals.NoFund;
        }
        else if (AmountText.Parse(draft["Amount"], currency, _viewer.Culture) is null)
        {
            yield return CorrectionRefusals.NoAmount(currency);
        }

        if (draft["ReasonCode"].Length == 0)
        {
            yield return CorrectionRefusals.NoReasonCode;
        }

        if (RequestRefusals.ForReason(draft["Reason"]) is { } reason)
        {
            yield return reason;
        }
    }

    private void Correct()
    {
        var customer = _customer.Value!.Customer;
        _correcting.Open(
            customer.Id.ToString(),
            new Dictionary<string, string> { ["Name"] = customer.Name, ["Email"] = customer.Email ?? "" },
            customer.Version
        );
    }

    private async Task CorrectAsync()
    {
        var draft = _correcting.Current!;
        if (!draft.Accepts([.. CustomerRefusals.Each(draft["Name"], draft["Email"])]))
        {
            return;
        }

        var outcome = await _customers.CorrectAsync(
            new CorrectCustomer(Id, draft["Name"], draft["Email"], draft.Version),
            By,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome))
        {
            _desk.Toasts.Done("The details are saved.");
            _correcting.Done();
            await ReadAsync();
        }
    }
}
