using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

public partial class ClientContacts
{
    private readonly ContactService _service;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<IReadOnlyList<ContactRow>> _contacts = new();

    public ClientContacts(ContactService service, Toasts toasts)
    {
        (_service, _toasts) = (service, toasts);
        _drafts = new FormDrafts(
            new FormField("Name", "Name"),
            new FormField("Position", "Position"),
            new FormField("Email", "E-mail"),
            new FormField("Phone", "Phone")
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

    protected override Task OnInitializedAsync() => LoadAsync(_contacts, ReadAsync, $"contacts {Client.Code}");

    private Task<IReadOnlyList<ContactRow>> ReadAsync(CancellationToken ct) => _service.ListAsync(Client.Id, By, ct);

    private void Add() => _drafts.Open(FormDrafts.New);

    private void Edit(ContactRow row) => _drafts.Open(row.Id.ToString(), Values(row), row.Version);

    private static Dictionary<string, string> Values(ContactRow row) =>
        new()
        {
            ["Name"] = row.Name,
            ["Position"] = row.Position ?? "",
            ["Email"] = row.Email,
            ["Phone"] = row.Phone ?? "",
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (name, position, email, phone) = (draft["Name"], draft["Position"], draft["Email"], draft["Phone"]);
        if (!draft.Accepts(ContactRefusals.Each(name, email, phone, position)))
        {
            return;
        }

        var outcome = IsNew
            ? await _service.AddAsync(new AddContact(Client.Id, name, position, email, phone), By, CancellationToken.None)
            : await _service.ChangeAsync(
                new ChangeContact(FormWords.Key(_drafts.Key), draft.Version, name, position, email, phone),
                By,
                CancellationToken.None
            );
        if (await draft.SettleAsync(outcome, TheirsAsync))
        {
            await DoneAsync(IsNew ? $"{name.Trim()} is added." : $"{name.Trim()} is saved.");
        }
    }

    /// <summary>Done at once; Undo adds the same person again.</summary>
    private async Task RemoveAsync()
    {
        var draft = _drafts.Current!;
        var row = _contacts.Value!.First(c => c.Id.ToString() == _drafts.Key);
        var outcome = await _service.RemoveAsync(new RemoveContact(row.Id, draft.Version), By, CancellationToken.None);
        if (await draft.SettleAsync(outcome, TheirsAsync))
        {
            await DoneAsync($"{row.Name} is no longer a contact.", () => AddAgainAsync(row));
        }
    }

    private async Task AddAgainAsync(ContactRow row)
    {
        var outcome = await _service.AddAsync(
            new AddContact(Client.Id, row.Name, row.Position, row.Email, row.Phone),
            By,
            CancellationToken.None
        );
        _toasts.Show(outcome, $"{row.Name} is a contact again.");
        await LoadAsync(_contacts, ReadAsync);
    }

    private async Task DoneAsync(string said, Func<Task>? undo = null)
    {
        _toasts.Done(said, undo: undo);
        _drafts.Done();
        await LoadAsync(_contacts, ReadAsync);
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync()
    {
        await LoadAsync(_contacts, ReadAsync);
        return _contacts.Value?.FirstOrDefault(r => r.Id.ToString() == _drafts.Key) is { } row ? (Values(row), row.Version) : null;
    }
}
