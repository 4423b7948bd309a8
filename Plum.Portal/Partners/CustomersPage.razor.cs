using Plum.Data.Partners;
using Plum.Data.Shared;
using Plum.Domain.Partners;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Partners;

/// <summary>The customers of the institution that one belongs to.</summary>
public partial class CustomersPage
{
    private const int Size = 50;

    private readonly CustomerService _customers;
    private readonly Toasts _toasts;
    private readonly FormDrafts _adding;
    private readonly Loadable<Page<CustomerRow>> _page = new();
    private ListAddress _address = ListAddress.Read(PartnerWords.Path);

    public CustomersPage(CustomerService customers, Toasts toasts)
    {
        (_customers, _toasts) = (customers, toasts);
        _adding = new FormDrafts(
            new FormField("Number", "Your number of the customer"),
            new FormField("Name", "Name"),
            new FormField("Email", "E-mail")
        )
        {
            Changed = StateHasChanged,
        };
    }

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q");
        var query = new CustomerQuery(_address.Text("q"), (_address.Page - 1) * Size, Size);
        return LoadAsync(_page, ct => _customers.ListAsync(query, By, ct), $"customers {_address.Href}");
    }

    private async Task AddAsync()
    {
        var draft = _adding.Current!;
        var wrong = new[] { CustomerRefusals.ForNumber(draft["Number"]) }
            .OfType<Refusal>()
            .Concat(CustomerRefusals.Each(draft["Name"], draft["Email"]));
        if (!draft.Accepts([.. wrong]))
        {
            return;
        }

        var outcome = await _customers.AddAsync(
            new AddCustomer(draft["Number"], draft["Name"], draft["Email"]),
            By,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } key })
        {
            _toasts.Done($"{draft["Name"].Trim()} is a customer now.");
            _adding.Done();
            Navigation.NavigateTo(PartnerWords.Href(Guid.Parse(key)));
        }
    }
}
