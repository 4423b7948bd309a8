using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

public partial class CategoriesPage
{
    private const int Size = 50;

    private static readonly IReadOnlyList<(string Value, string Text)> _severities =
    [
        .. Enum.GetValues<Severity>().Select(s => (s.ToString(), s.ToString())),
    ];

    private readonly CategoryService _categories;
    private readonly DispositionService _dispositions;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<Page<CategoryRow>> _page = new();
    private IReadOnlyList<DispositionRow> _firsts = [];
    private ListAddress _address = ListAddress.Read("/settings/categories");
    private (CategorySort By, bool Descending) _sort;

    public CategoriesPage(CategoryService categories, DispositionService dispositions, Viewer viewer, Toasts toasts)
    {
        (_categories, _dispositions, _viewer, _toasts) = (categories, dispositions, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Name", "Name"),
            new FormField("DefaultSeverity", "Severity at first"),
            new FormField("FirstDisposition", "First disposition", code => _firsts.FirstOrDefault(d => d.Code == code)?.Label ?? code),
            new FormField("IsActive", "In use")
        )
        {
            Changed = StateHasChanged,
        };
    }

    private bool IsNew => _drafts.Key == FormDrafts.New;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "active");
        _sort = _address.Sort(CategorySort.Name);
        if (_firsts.Count == 0)
        {
            _firsts = [.. (await _dispositions.ListAsync(By, Leaving)).Where(d => d.Stage == Stage.Intake)];
        }

        await LoadAsync(_page, ReadAsync, $"categories {_address.Href}");
    }

    private Task<Page<CategoryRow>> ReadAsync(CancellationToken ct) =>
        _categories.ListAsync(
            new CategoryListQuery((_address.Page - 1) * Size, Size, _sort.By, _sort.Descending, _address.Text("q"), _address.Active),
            By,
            ct
        );

    private IEnumerable<(string Value, string Text)> Firsts(FormDraft draft) =>
        _firsts.Where(d => d.IsActive || d.Code == draft["FirstDisposition"]).Select(d => (d.Code, d.Label));

    private void Add() =>
        _drafts.Open(
            FormDrafts.New,
            new Dictionary<string, string>
            {
                ["DefaultSeverity"] = nameof(Severity.P3),
                ["FirstDisposition"] = _firsts.FirstOrDefault(d => d.IsActive)?.Code ?? "",
                ["IsActive"] = FormWords.Of(true),
            }
        );

    private void Edit(CategoryRow row) => _drafts.Open(row.Id.ToString(), Values(row), row.Version);

    private static Dictionary<string, string> Values(CategoryRow row) =>
        new()
        {
            ["Name"] = row.Name,
            ["DefaultSeverity"] = row.DefaultSeverity.ToString(),
            ["FirstDisposition"] = row.FirstDisposition,
            ["IsActive"] = FormWords.Of(row.IsActive),
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (name, severity, first) = (draft["Name"], FormWords.Choice<Severity>(draft["DefaultSeverity"]), draft["FirstDisposition"]);
        if (!draft.Accepts(new[] { CategoryRefusals.ForName(name), CategoryRefusals.ForSeverity(severity) }.OfType<Refusal>()))
        {
            return;
        }

        var id = FormWords.Key(_drafts.Key);
        var outcome = IsNew
            ? await _categories.AddAsync(new AddCategory(name, severity, first), By, CancellationToken.None)
            : await _categories.ChangeAsync(
                new ChangeCategory(id, draft.Version, name, severity, first, FormWords.IsYes(draft["IsActive"])),
                By,
                CancellationToken.None
            );
        if (
            await draft.SettleAsync(
                outcome,
                async () => await _categories.ViewAsync(id, By, Leaving) is { } row ? (Values(row), row.Version) : null
            )
        )
        {
            _toasts.Done(IsNew ? $"{name.Trim()} is added." : $"{name.Trim()} is saved.");
            _drafts.Done();
            await LoadAsync(_page, ReadAsync);
        }
    }
}
