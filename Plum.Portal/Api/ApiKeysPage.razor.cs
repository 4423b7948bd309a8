using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plum.Data.Api;
using Plum.Data.Clients;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Api;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Api;

public partial class ApiKeysPage
{
    private const int Size = 50;
    private const string Usually = "365";

    private static readonly (string Value, string Text)[] Lasting =
    [
        ("30", "30 days"),
        ("90", "90 days"),
        ("180", "180 days"),
        (Usually, "A year"),
    ];
    private static readonly (string Value, string Text)[] Going =
    [
        ("0", "Not at all: it ends now"),
        ("1", "For an hour"),
        ("24", "For a day"),
        ("168", "For a week"),
    ];

    private readonly ApiKeyService _service;
    private readonly Confirmations _confirm;
    private readonly Toasts _toasts;
    private readonly IJSRuntime _browser;
    private readonly Loadable<Page<ApiKeyRow>> _keys = new();
    private readonly FormDrafts _making;
    private readonly FormDrafts _turning;
    private ListAddress _address = ListAddress.Read(ApiPaths.Keys);
    private ClientChoice? _client;
    private IReadOnlyList<ApiKeyOwner> _owners = [];
    private (string Name, string Secret)? _secret;

    public ApiKeysPage(ApiKeyService service, Confirmations confirm, Toasts toasts, IJSRuntime browser)
    {
        (_service, _confirm, _toasts, _browser) = (service, confirm, toasts, browser);
        _making = new FormDrafts([
            new FormField("Name", "Name"),
            new FormField("ClientId", "Client"),
            new FormField("OwnerId", "Acts for"),
            .. ApiScopeNames.All.Select(s => new FormField(s.Scope.ToString(), s.Name)),
            new FormField("Days", "Lasts"),
        ])
        {
            Changed = StateHasChanged,
        };
        _turning = new FormDrafts(new FormField("Hours", "The secret before goes on")) { Changed = StateHasChanged };
    }

    private IEnumerable<(string Value, string Text)> Owners => _owners.Select(o => (o.Id.ToString(), $"{o.Name} · {o.Email}"));

    private bool? IsOpen => _address.Active;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "active");
        await LoadAsync(_keys, ReadAsync, $"api-keys {_address.Href}");
    }

    private Task<Page<ApiKeyRow>> ReadAsync(CancellationToken ct) =>
        _service.ListAsync(new ApiKeyListQuery((_address.Page - 1) * Size, Size, IsOpen: IsOpen), By, ct);

    private void ShowState(ChangeEventArgs change) => Navigation.NavigateTo(_address.With("active", change.Value?.ToString()));

    private bool MayRotate(ApiKeyRow row) => row.OwnerId == By.UserId || By.May(Act.ManageUsers);

    private void Add() =>
        _making.Open(
            FormDrafts.New,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [nameof(ApiScopes.AllocationsRead)] = FormWords.Of(true),
                [nameof(ApiScopes.AllocationsWrite)] = FormWords.Of(true),
                ["Days"] = Usually,
            }
        );

    private void Turn(ApiKeyRow row) =>
        _turning.Open(row.Id.ToString(), new Dictionary<string, string>(StringComparer.Ordinal) { ["Hours"] = "24" }, row.Version);

    private async Task ChooseAsync(ClientChoice? client)
    {
        _client = client;
        _owners = client is null ? [] : await _service.OwnersAsync(client.Id, By, Leaving);
        if (_making.Current is { } draft)
        {
            draft["ClientId"] = client?.Id.ToString() ?? "";
            draft["OwnerId"] = _owners.OrderByDescending(o => o.Id == By.UserId).Select(o => o.Id.ToString()).FirstOrDefault("");
        }
    }

    private async Task MakeAsync()
    {
        var draft = _making.Current!;
        var scopes = ApiScopeNames
            .All.Where(s => FormWords.IsYes(draft[s.Scope.ToString()]))
            .Aggregate(ApiScopes.None, (sum, s) => sum | s.Scope);
        var wrong = new[]
        {
            Refusals.ForText("Name", draft["Name"], ApiKey.NameMaxLength),
            _client is null ? ApiKeyRefusals.NoClient : null,
        };
        if (!draft.Accepts(wrong.OfType<Refusal>()))
        {
            return;
        }

        var (outcome, secret) = await _service.MakeAsync(
            new MakeApiKey(_client!.Id, FormWords.Key(draft["OwnerId"]), draft["Name"], scopes, FormWords.Number(draft["Days"])),
            By,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome))
        {
            _secret = (draft["Name"].Trim(), secret!);
            _making.Done();
            (_client, _owners) = (null, []);
            await LoadAsync(_keys, ReadAsync);
        }
    }

    private async Task RotateAsync()
    {
        var (draft, id) = (_turning.Current!, FormWords.Key(_turning.Key));
        var name = _keys.Value?.Rows.FirstOrDefault(r => r.Id == id)?.Name ?? "";
        var (outcome, secret) = await _service.RotateAsync(
            new RotateApiKey(id, draft.Version, TimeSpan.FromHours(FormWords.Number(draft["Hours"]))),
            By,
            CancellationToken.None
        );
        if (outcome is Outcome.Stale)
        {
            _turning.Done();
            await TellAsync(outcome);
        }
        else if (await draft.SettleAsync(outcome))
        {
            _secret = (name, secret!);
            _turning.Done();
            await LoadAsync(_keys, ReadAsync);
        }
    }

    private async Task RevokeAsync(ApiKeyRow row)
    {
        var isAgreed = await _confirm.AskAsync(
            $"Revoke {row.Name}?",
            $"Whatever of {row.ClientName} uses this key is refused from its next call on. It cannot be taken back.",
            "Revoke the key",
            danger: true
        );
        if (!isAgreed)
        {
            return;
        }

        var outcome = await _service.RevokeAsync(new RevokeApiKey(row.Id, row.Version), By, CancellationToken.None);
        if (outcome is Outcome.Done)
        {
            _toasts.Done($"{row.Name} is revoked.");
        }

        await TellAsync(outcome);
    }

    /// <summary>What did not work, and the keys as they are now.</summary>
    private async Task TellAsync(Outcome outcome)
    {
        if (outcome is Outcome.Refused(var why))
        {
            _toasts.Warn(why.Message);
        }
        else if (outcome is Outcome.Stale)
        {
            _toasts.Info("Somebody changed this key meanwhile. Look at it again.");
        }

        await LoadAsync(_keys, ReadAsync);
    }

    private async Task CopyAsync()
    {
        try
        {
            await _browser.InvokeVoidAsync("navigator.clipboard.writeText", _secret?.Secret);
            _toasts.Done("The key is copied.");
        }
        catch (JSException) // not allowed by the browser
        {
            _toasts.Info("The browser did not let it be copied. Select it and copy it by hand.");
        }
    }

    private void Forget() => _secret = null;

    private static string WordOf(ApiKeyState state) => state == ApiKeyState.Open ? "In use" : state.ToString();

    private static Meaning MeaningOf(ApiKeyState state) => state == ApiKeyState.Open ? Meaning.Good : Meaning.None;
}
