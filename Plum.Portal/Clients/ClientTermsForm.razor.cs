using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

public partial class ClientTermsForm
{
    private static readonly IReadOnlyList<(string Value, string Text)> _cadences =
    [
        .. Enum.GetValues<ReportCadence>().Select(c => (c.ToString(), ClientWords.Of(c))),
    ];

    private readonly ClientService _clients;
    private readonly Toasts _toasts;
    private readonly FormDraft _draft;
    private IReadOnlyList<(string Value, string Text)> _calendars = [];
    private IReadOnlyList<(string Value, string Text)> _policies = [];

    public ClientTermsForm(ClientService clients, Toasts toasts)
    {
        (_clients, _toasts) = (clients, toasts);
        _draft = new FormDraft(
            new FormField("Name", "Name"),
            new FormField("TimeZoneId", "Time zone"),
            new FormField("Cadence", "Report", c => ClientWords.Of(FormWords.Choice<ReportCadence>(c))),
            new FormField("CalendarId", "Business calendar", id => _calendars.FirstOrDefault(c => c.Value == id).Text ?? id),
            new FormField("SlaPolicyId", "SLA policy", id => _policies.FirstOrDefault(p => p.Value == id).Text ?? id),
            new FormField("AccountTeamEmail", "Account team's e-mail"),
            new FormField("RepeatWindowDays", "A complaint is a repeat for"),
            new FormField("ReopenWindowDays", "A ticket can be reopened for"),
            new FormField("IsActive", "In use")
        );
    }

    [Parameter, EditorRequired]
    public ClientView Client { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Told with the client as it is saved now.</summary>
    [Parameter]
    public EventCallback<ClientView> Changed { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _draft.Fill(Values(Client), Client.Version);
        _draft.Changed = StateHasChanged;
        await ReadChoicesAsync();
    }

    private async Task ReadChoicesAsync()
    {
        _calendars = [.. (await _clients.ListCalendarsAsync(By, Leaving)).Select(c => (c.Id.ToString(), c.Name))];
        _policies = [.. (await _clients.ListPoliciesAsync(By, Leaving)).Select(p => (p.Id.ToString(), p.Name))];
    }

    private static Dictionary<string, string> Values(ClientView client) =>
        new()
        {
            ["Name"] = client.Name,
            ["TimeZoneId"] = client.TimeZoneId,
            ["Cadence"] = client.Cadence.ToString(),
            ["CalendarId"] = client.CalendarId.ToString(),
            ["SlaPolicyId"] = client.SlaPolicyId.ToString(),
            ["AccountTeamEmail"] = client.AccountTeamEmail ?? "",
            ["RepeatWindowDays"] = FormWords.Of(client.RepeatWindowDays),
            ["ReopenWindowDays"] = FormWords.Of(client.ReopenWindowDays),
            ["IsActive"] = FormWords.Of(client.IsActive),
        };

    private async Task SaveAsync()
    {
        var command = new ChangeClient(
            Client.Id,
            _draft.Version,
            _draft["Name"],
            _draft["TimeZoneId"].Trim(),
            FormWords.Key(_draft["CalendarId"]),
            FormWords.Key(_draft["SlaPolicyId"]),
            FormWords.Choice<ReportCadence>(_draft["Cadence"]),
            _draft["AccountTeamEmail"],
            FormWords.Number(_draft["RepeatWindowDays"]),
            FormWords.Number(_draft["ReopenWindowDays"]),
            FormWords.IsYes(_draft["IsActive"])
        );
        if (!_draft.Accepts(ClientRefusals.Each(command.Terms(Client.Benchmarks))))
        {
            return;
        }

        var outcome = await _clients.ChangeAsync(command, By, CancellationToken.None);
        if (await _draft.SettleAsync(outcome, TheirsAsync) && await _clients.ViewAsync(Client.Code, By, Leaving) is { } saved)
        {
            _draft.Fill(Values(saved), saved.Version);
            _toasts.Done($"The terms of {saved.Name} are saved.");
            await Changed.InvokeAsync(saved);
        }
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync()
    {
        await ReadChoicesAsync();
        return await _clients.ViewAsync(Client.Code, By, Leaving) is { } now ? (Values(now), now.Version) : null;
    }
}
