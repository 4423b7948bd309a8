using Plum.Data.Clients;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

public partial class ClientsPage
{
    private const int Size = 50;

    private readonly ClientService _clients;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<Page<ClientRow>> _page = new();
    private ListAddress _address = ListAddress.Read("/clients");
    private (ClientSort By, bool Descending) _sort;
    private IReadOnlyList<TermsChoice> _calendars = [];
    private IReadOnlyList<TermsChoice> _policies = [];

    public ClientsPage(ClientService clients, Viewer viewer, Toasts toasts)
    {
        (_clients, _viewer, _toasts) = (clients, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Name", "Name"),
            new FormField("Code", "Code"),
            new FormField("TimeZoneId", "Time zone"),
            new FormField("CalendarId", "Business calendar"),
            new FormField("SlaPolicyId", "SLA policy")
        )
        {
            Changed = StateHasChanged,
        };
    }

    private bool CanEdit => By.LacksForAll(Act.EditClients) is null;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "active");
        _sort = _address.Sort(ClientSort.Name);
        var query = new ClientListQuery((_address.Page - 1) * Size, Size, _sort.By, _sort.Descending, _address.Text("q"), _address.Active);
        await LoadAsync(_page, ct => _clients.ListAsync(query, By, ct), $"clients {_address.Href}");
        if (CanEdit && _drafts.Current is null && new Uri(Navigation.Uri).AbsolutePath == "/clients/new")
        {
            await AddAsync();
        }
    }

    private async Task AddAsync()
    {
        (_calendars, _policies) = (await _clients.ListCalendarsAsync(By, Leaving), await _clients.ListPoliciesAsync(By, Leaving));
        _drafts.Open(
            FormDrafts.New,
            new Dictionary<string, string>
            {
                ["CalendarId"] = _calendars.Count == 1 ? _calendars[0].Id.ToString() : "",
                ["SlaPolicyId"] = _policies.Count == 1 ? _policies[0].Id.ToString() : "",
            }
        );
    }

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var command = new RegisterClient(
            draft["Code"],
            draft["Name"],
            draft["TimeZoneId"].Trim(),
            FormWords.Key(draft["CalendarId"]),
            FormWords.Key(draft["SlaPolicyId"])
        );
        var wrong = new[]
        {
            ClientRefusals.ForName(command.Name),
            ClientRefusals.ForCode(command.Code.ToUpperInvariant()),
            ClientRefusals.ForTimeZone(command.TimeZoneId),
            command.CalendarId == Guid.Empty ? ClientRefusals.NoCalendar : null,
            command.SlaPolicyId == Guid.Empty ? ClientRefusals.NoPolicy : null,
        };
        if (!draft.Accepts(wrong.OfType<Refusal>()))
        {
            return;
        }

        var outcome = await _clients.RegisterAsync(command, By, CancellationToken.None);
        if (await draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } code })
        {
            _toasts.Done($"{command.Name.Trim()} is added.", ("Start its first programme", $"{ClientWords.Link(code)}?tab=programmes"));
            _drafts.Done();
            Navigation.NavigateTo(ClientWords.Link(code));
        }
    }
}
