using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

public partial class ClientPage(ClientService clients)
{
    private const string Overview = "overview";

    private static readonly IReadOnlyList<(string Tab, string Label)> _tabs =
    [
        (Overview, "Overview"),
        ("programmes", "Programmes"),
        ("contacts", "Contacts"),
        ("terms", "Terms"),
        ("benchmarks", "Benchmarks"),
    ];

    private readonly Loadable<ClientView?> _client = new();
    private string _loaded = "";
    private string _tab = Overview;

    [Parameter]
    public string Code { get; set; } = "";

    protected override async Task OnAddressAsync()
    {
        _tab = ListAddress.Read(Navigation.Uri).Text("tab") is { } tab && _tabs.Any(t => t.Tab == tab) ? tab : Overview;
        if (_loaded != Code)
        {
            _loaded = Code;
            await LoadAsync(_client, ct => clients.ViewAsync(Code, By, ct), $"client {Code}");
        }
    }

    private void Filled(ClientView client) => _client.Fill(client);

    private string Link(string tab) => tab == Overview ? ClientWords.Link(Code) : $"{ClientWords.Link(Code)}?tab={tab}";
}
