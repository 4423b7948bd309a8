using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

public partial class ClientProgrammes
{
    private const int Most = 200;

    private static readonly IReadOnlyList<(string Value, string Text)> _currencies = [.. Currencies.All.Select(c => (c, c))];

    private static readonly IReadOnlyList<(string Value, string Text)> _channels =
    [
        .. Enum.GetValues<DeliveryChannel>().Select(c => (c.ToString(), ClientWords.Of(c))),
    ];

    private readonly ProgrammeService _programmes;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<Page<ProgrammeRow>> _page = new();

    public ClientProgrammes(ProgrammeService programmes, Viewer viewer, Toasts toasts)
    {
        (_programmes, _viewer, _toasts) = (programmes, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Name", "Name"),
            new FormField("Code", "Code"),
            new FormField("Currency", "Currency"),
            new FormField("DefaultChannel", "Sends by", c => ClientWords.Of(FormWords.Choice<DeliveryChannel>(c))),
            new FormField("IsActive", "In use")
        )
        {
            Changed = StateHasChanged,
        };
    }

    [Parameter, EditorRequired]
    public ClientView Client { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    private bool CanEdit => By.May(Act.EditClients);

    private bool IsNew => _drafts.Key == FormDrafts.New;

    protected override Task OnInitializedAsync() => LoadAsync(_page, ReadAsync, $"programmes {Client.Code}");

    private Task<Page<ProgrammeRow>> ReadAsync(CancellationToken ct) =>
        _programmes.ListAsync(new ProgrammeListQuery(Client.Id, Take: Most), By, ct);

    private void Add() =>
        _drafts.Open(FormDrafts.New, new Dictionary<string, string> { ["DefaultChannel"] = nameof(DeliveryChannel.Email) });

    private void Edit(ProgrammeRow row) => _drafts.Open(row.Id.ToString(), Values(row), row.Version);

    private static Dictionary<string, string> Values(ProgrammeRow row) =>
        new()
        {
            ["Name"] = row.Name,
            ["Code"] = row.Code,
            ["Currency"] = row.Currency,
            ["DefaultChannel"] = row.DefaultChannel.ToString(),
            ["IsActive"] = FormWords.Of(row.IsActive),
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (name, code, currency) = (draft["Name"], draft["Code"], draft["Currency"]);
        var channel = FormWords.Choice<DeliveryChannel>(draft["DefaultChannel"]);
        var wrong = ProgrammeRefusals.Each(name, currency, channel);
        if (!draft.Accepts(IsNew && ProgrammeRefusals.ForCode(code.ToUpperInvariant()) is { } no ? wrong.Prepend(no) : wrong))
        {
            return;
        }

        var outcome = IsNew
            ? await _programmes.StartAsync(new StartProgramme(Client.Id, code, name, currency, channel), By, CancellationToken.None)
            : await _programmes.ChangeAsync(
                new ChangeProgramme(FormWords.Key(_drafts.Key), draft.Version, name, currency, channel, FormWords.IsYes(draft["IsActive"])),
                By,
                CancellationToken.None
            );
        if (await draft.SettleAsync(outcome, TheirsAsync))
        {
            _toasts.Done(IsNew ? $"{name.Trim()} is started." : $"{name.Trim()} is saved.");
            _drafts.Done();
            await LoadAsync(_page, ReadAsync);
        }
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync()
    {
        await LoadAsync(_page, ReadAsync);
        return _page.Value?.Rows.FirstOrDefault(r => r.Id.ToString() == _drafts.Key) is { } row ? (Values(row), row.Version) : null;
    }
}
