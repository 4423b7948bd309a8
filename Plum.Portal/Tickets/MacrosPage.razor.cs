using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The canned replies: written, tried on a sample ticket, changed and switched off.</summary>
public partial class MacrosPage
{
    private static readonly IReadOnlyList<(string Value, string Text)> _waits =
    [
        .. Enum.GetValues<WaitingOn>().Select(w => (w.ToString(), TicketWords.Of(w))),
    ];

    private readonly MacroService _service;
    private readonly TicketForms _forms;
    private readonly DraftKeeper _keeper;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<IReadOnlyList<MacroRow>> _macros = new();
    private IReadOnlyList<ClientOption> _clients = [];
    private IReadOnlyList<CategoryChoice> _categories = [];
    private ListAddress _address = ListAddress.Read("/settings/macros");

    public MacrosPage(MacroService service, TicketForms forms, DraftKeeper keeper, Toasts toasts)
    {
        (_service, _forms, _keeper, _toasts) = (service, forms, keeper, toasts);
        _drafts = new FormDrafts(
            new FormField("Name", "Name"),
            new FormField("Body", "Text"),
            new FormField("ClientId", "Client", id => _clients.FirstOrDefault(c => c.Id.ToString() == id)?.Name ?? "every"),
            new FormField("CategoryId", "Category", id => _categories.FirstOrDefault(c => c.Id.ToString() == id)?.Name ?? "every"),
            new FormField(
                "ThenWaitOn",
                "Then the ticket waits on",
                text => Enum.TryParse<WaitingOn>(text, out var whom) ? TicketWords.Of(whom) : "as before"
            ),
            new FormField("IsActive", "In use")
        )
        {
            Changed = () =>
            {
                _keeper.Typed();
                StateHasChanged();
            },
        };
    }

    private bool IsNew => _drafts.Key == FormDrafts.New;

    private IReadOnlyList<MacroRow> Shown
    {
        get
        {
            var text = _address.Text("q");
            return
            [
                .. (_macros.Value ?? [])
                    .Where(m => _address.Active is not { } active || m.IsActive == active)
                    .Where(m =>
                        text is null
                        || m.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
                        || m.Body.Contains(text, StringComparison.OrdinalIgnoreCase)
                    ),
            ];
        }
    }

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "active");
        if (!_macros.IsFilled)
        {
            _clients = await _forms.ClientsAsync(By, Leaving);
            _categories = await _forms.CategoriesAsync(By, Leaving);
            await ReadAsync();
        }
    }

    private Task ReadAsync() => LoadAsync(_macros, ct => _service.ListAsync(By, ct));

    private Task AddAsync() =>
        OpenAsync(
            FormDrafts.New,
            new Dictionary<string, string> { ["ClientId"] = By.ClientId?.ToString() ?? "", ["IsActive"] = FormWords.Of(true) },
            0
        );

    private Task EditAsync(MacroRow row) => OpenAsync(row.Id.ToString(), Values(row), row.Version);

    private async Task OpenAsync(string key, Dictionary<string, string> values, int version)
    {
        await _keeper.KeepAsync(); // of the one that was open before
        var draft = _drafts.Open(key, values, version);
        await _keeper.WatchAsync($"macro:{(key == FormDrafts.New ? "new" : key)}", draft, () => InvokeAsync(RestedAsync), Leaving);
    }

    private async Task RestedAsync()
    {
        await _keeper.KeepAsync();
        StateHasChanged();
    }

    private async Task DiscardAsync()
    {
        await _keeper.ForgetAsync();
        var (key, row) = (_drafts.Key, _macros.Value?.FirstOrDefault(m => m.Id.ToString() == _drafts.Key));
        _drafts.Done();
        await (
            row is null && key == FormDrafts.New ? AddAsync()
            : row is null ? Task.CompletedTask
            : EditAsync(row)
        );
    }

    private static Dictionary<string, string> Values(MacroRow row) =>
        new()
        {
            ["Name"] = row.Name,
            ["Body"] = row.Body,
            ["ClientId"] = row.ClientId?.ToString() ?? "",
            ["CategoryId"] = row.CategoryId?.ToString() ?? "",
            ["ThenWaitOn"] = row.ThenWaitOn?.ToString() ?? "",
            ["IsActive"] = FormWords.Of(row.IsActive),
        };

    /// <summary>Those in use, and the one that it is for even if it is not.</summary>
    private IEnumerable<(string Value, string Text)> Clients(FormDraft draft) =>
        Options([.. _clients.Select(c => (c.Id.ToString(), c.Name))], draft["ClientId"], m => m.ClientName);

    private IEnumerable<(string Value, string Text)> Categories(FormDraft draft) =>
        Options([.. _categories.Select(c => (c.Id.ToString(), c.Name))], draft["CategoryId"], m => m.CategoryName);

    private IEnumerable<(string Value, string Text)> Options(
        IReadOnlyList<(string Value, string Text)> offered,
        string held,
        Func<MacroRow, string?> name
    ) =>
        held.Length == 0 || offered.Any(o => o.Value == held)
            ? offered
            : offered.Append(
                (held, _macros.Value?.FirstOrDefault(m => m.Id.ToString() == _drafts.Key) is { } row ? name(row) ?? held : held)
            );

    private static string Braced(string name) => $"{{{{{name}}}}}";

    private static void Insert(FormDraft draft, string name)
    {
        var text = draft["Body"];
        draft["Body"] = text.Length == 0 || char.IsWhiteSpace(text[^1]) ? text + Braced(name) : $"{text} {Braced(name)}";
    }

    private static string Preview(FormDraft draft) =>
        draft["Body"].Trim().Length == 0
            ? "Nothing is written yet."
            : MacroText.Fill(draft["Body"], MacroText.Examples.ToDictionary(e => e.Key, e => (string?)e.Value)).Text;

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var terms = new MacroTerms(
            draft["Name"],
            draft["Body"],
            Guid.TryParse(draft["ClientId"], out var client) ? client : null,
            Guid.TryParse(draft["CategoryId"], out var category) ? category : null,
            draft["ThenWaitOn"].Length == 0 ? null : FormWords.Choice<WaitingOn>(draft["ThenWaitOn"]),
            IsNew || FormWords.IsYes(draft["IsActive"])
        );
        if (!draft.Accepts(Macro.Wrong(terms)))
        {
            return;
        }

        var id = FormWords.Key(_drafts.Key);
        var outcome = IsNew
            ? await _service.WriteAsync(new WriteMacro(terms), By, CancellationToken.None)
            : await _service.ChangeAsync(new ChangeMacro(id, draft.Version, terms), By, CancellationToken.None);
        if (await draft.SettleAsync(outcome, () => TheirsAsync(id)))
        {
            await _keeper.ForgetAsync();
            _toasts.Done(IsNew ? $"{terms.Name.Trim()} is written, and offered on tickets." : $"{terms.Name.Trim()} is saved.");
            _drafts.Done();
            await ReadAsync();
        }
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync(Guid id)
    {
        await ReadAsync();
        return _macros.Value?.FirstOrDefault(m => m.Id == id) is { } now ? (Values(now), now.Version) : null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _keeper.Dispose();
        }

        base.Dispose(disposing);
    }
}
