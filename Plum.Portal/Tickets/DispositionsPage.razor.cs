using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

public partial class DispositionsPage
{
    private static readonly IReadOnlyList<(string Value, string Text)> _stages =
    [
        .. Enum.GetValues<Stage>().Select(s => (s.ToString(), TaxonomyWords.Of(s))),
    ];

    private readonly DispositionService _dispositions;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<IReadOnlyList<DispositionRow>> _all = new();
    private readonly Dictionary<string, ElementReference> _ups = [];
    private readonly Dictionary<string, ElementReference> _downs = [];
    private IReadOnlyDictionary<string, int> _open = new Dictionary<string, int>();
    private ElementReference? _toFocus;
    private bool _shifting;

    public DispositionsPage(DispositionService dispositions, Viewer viewer, Toasts toasts)
    {
        (_dispositions, _viewer, _toasts) = (dispositions, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Label", "Label"),
            new FormField("Code", "Code"),
            new FormField("Stage", "Stage"),
            new FormField("ReportsUnder", "Reports under", Label),
            new FormField("IsActive", "In use")
        )
        {
            Changed = StateHasChanged,
        };
    }

    private bool IsNew => _drafts.Key == FormDrafts.New;

    private DispositionRow? Current => _all.Value?.FirstOrDefault(d => d.Code == _drafts.Key);

    protected override Task OnAddressAsync() => LoadAsync(_all, ReadAsync);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toFocus is { } button)
        {
            _toFocus = null;
            await button.FocusAsync(); // the row moved away under it
        }
    }

    private async Task<IReadOnlyList<DispositionRow>> ReadAsync(CancellationToken ct)
    {
        _open = await _dispositions.CountOpenAsync(By, ct);
        return await _dispositions.ListAsync(By, ct);
    }

    private string Label(string code) =>
        code == Dispositions.Other ? "Other" : _all.Value?.FirstOrDefault(d => d.Code == code)?.Label ?? code;

    /// <summary>The standard ones of the chosen stage that people may move to by hand, and Other.</summary>
    private IEnumerable<(string Value, string Text)> ReportsUnder(FormDraft draft) =>
        _all.Value!.Where(d => d.IsStandard && DispositionRefusals.ForReportsUnder(FormWords.Choice<Stage>(draft["Stage"]), d.Code) is null)
            .Select(d => (d.Code, d.Label))
            .Append((Dispositions.Other, "Other"));

    private void Add() =>
        _drafts.Open(
            FormDrafts.New,
            new Dictionary<string, string> { ["Stage"] = nameof(Stage.InProgress), ["ReportsUnder"] = Dispositions.Other }
        );

    private void Edit(DispositionRow row) => _drafts.Open(row.Code, Values(row), row.Version);

    private static Dictionary<string, string> Values(DispositionRow row) =>
        new()
        {
            ["Label"] = row.Label,
            ["Code"] = row.Code,
            ["Stage"] = row.Stage.ToString(),
            ["ReportsUnder"] = row.ReportsUnder,
            ["IsActive"] = FormWords.Of(row.IsActive),
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (label, code, stage) = (draft["Label"], draft["Code"], FormWords.Choice<Stage>(draft["Stage"]));
        var wrong = new[]
        {
            DispositionRefusals.ForLabel(label),
            IsNew ? DispositionRefusals.ForCode(code) : null,
            IsNew ? DispositionRefusals.ForReportsUnder(stage, draft["ReportsUnder"]) : null,
        };
        if (!draft.Accepts(wrong.OfType<Refusal>()))
        {
            return;
        }

        var outcome = IsNew
            ? await _dispositions.AddAsync(new AddDisposition(code, label, stage, draft["ReportsUnder"]), By, CancellationToken.None)
            : await _dispositions.ChangeAsync(
                new ChangeDisposition(_drafts.Key, draft.Version, label, FormWords.IsYes(draft["IsActive"])),
                By,
                CancellationToken.None
            );
        if (await draft.SettleAsync(outcome, TheirsAsync))
        {
            _toasts.Done(IsNew ? $"{label.Trim()} is added, last in the list." : $"{label.Trim()} is saved.");
            _drafts.Done();
            await LoadAsync(_all, ReadAsync);
        }
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync()
    {
        await LoadAsync(_all, ReadAsync);
        return Current is { } row ? (Values(row), row.Version) : null;
    }

    private async Task ShiftAsync(DispositionRow row, bool up)
    {
        _shifting = true;
        var outcome = await _dispositions.ShiftAsync(new ShiftDisposition(row.Code, row.Version, up), By, CancellationToken.None);
        _toasts.Show(outcome, $"{row.Label} is one place {(up ? "higher" : "lower")}.");
        await LoadAsync(_all, ReadAsync);
        _shifting = false;
        _toFocus = (up ? _ups : _downs)[row.Code];
    }
}
