using Microsoft.AspNetCore.Components;
using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

public partial class PolicyPage(PolicyDesk desk, KeptForms kept, Viewer viewer, NavigationManager navigation)
{
    private readonly Loadable<Shown<SlaPolicyView>> _saved = new();
    private PolicyForm _form = PolicyForm.Of("", "", SlaTerms.Nothing);
    private Refusal? _wrong;
    private SlaPolicyView? _theirs;
    private SlaPreview? _preview;
    private int _seenVersion;
    private bool _dirty;
    private DateTime? _keptAtUtc;
    private bool _saving;
    private bool _previewing;

    [Parameter]
    public string Code { get; set; } = "";

    private bool IsNew => Code == "new";

    private SlaPolicyView? Saved => _saved.Value?.Value;

    private IReadOnlyList<StaleNotice.Change> Changes
    {
        get
        {
            var mine = _form.Read().Terms ?? Saved!.Terms;
            var terms = PolicyForm.Differences(_theirs!.Terms, mine);
            return _theirs.Name == _form.Name.Trim() ? terms : [new StaleNotice.Change("Name", _theirs.Name, _form.Name), .. terms];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_saved.IsFilled && (Saved?.Code ?? "new") == Code)
        {
            return;
        }

        if (IsNew)
        {
            _saved.Fill(new Shown<SlaPolicyView>(null));
            _form = PolicyForm.Of("", "", SlaTerms.Nothing);
        }
        else
        {
            await LoadAsync(_saved, async ct => new Shown<SlaPolicyView>(await desk.FindAsync(Code, ct)));
            Fill(Saved);
        }

        if ((IsNew || Saved is not null) && await kept.ReadAsync<PolicyForm>(Key, Leaving) is { } there)
        {
            (_form, _seenVersion, _keptAtUtc, _dirty) = (there.Form, there.SeenVersion, there.AtUtc, true);
        }
    }

    private string Key => $"policy:{Code}";

    private string About(SlaPolicyView? view) =>
        view is null ? "What is promised by severity, when its clocks warn, and what pauses them."
        : view.OpenTickets == 0 ? "No open ticket goes by it."
        : $"{viewer.Number(view.OpenTickets)} open tickets go by it, and by its next version as soon as that is saved.";

    private string PreviewLine(SlaPolicyView view) =>
        _previewing ? "Reckoning"
        : _preview is not null ? PreviewText.Of(_preview)
        : view.OpenTickets == 0 ? "Nothing: no open ticket goes by it."
        : _dirty ? "Reckon the open tickets by what stands in the form, without saving anything."
        : "Nothing is changed yet.";

    private string? Invalid(string field) => _wrong?.Field == field ? "true" : null;

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private void Fill(SlaPolicyView? view)
    {
        if (view is not null)
        {
            (_form, _seenVersion) = (PolicyForm.Of(view.Code, view.Name, view.Terms), view.Version);
            (_theirs, _preview, _dirty, _wrong, _keptAtUtc) = (null, null, false, null, null);
        }
    }

    private Task SetAsync(string field, ChangeEventArgs change)
    {
        var typed = change.Value as string ?? "";
        _form.Targets[field] = SlaWords.TryRead(typed, out var minutes) && minutes is { } some ? SlaWords.Time(some) : typed.Trim();
        return TypedAsync();
    }

    private async Task TypedAsync()
    {
        (_dirty, _preview) = (true, null);
        (_, _wrong) = _form.Read();
        await kept.KeepAsync(Key, _form, _seenVersion);
    }

    private async Task PreviewAsync()
    {
        if (_form.Read().Terms is { } terms)
        {
            _previewing = true;
            _preview = await desk.PreviewAsync(Saved!.Id, terms, Leaving);
            _previewing = false;
        }
    }

    private async Task SaveAsync()
    {
        (var terms, _wrong) = _form.Read();
        if (terms is null || _saving)
        {
            return;
        }

        _saving = true;
        var outcome = IsNew
            ? await desk.DrawAsync(new DrawPolicy(_form.Code.Trim(), _form.Name, terms))
            : await desk.ChangeAsync(Saved!, new ChangePolicy(Saved!.Id, _seenVersion, _form.Name, terms, Note));
        _saving = false;
        switch (outcome)
        {
            case Outcome.Done done:
                await kept.ForgetAsync(Key);
                _saved.Fill(new Shown<SlaPolicyView>(await desk.FindAsync(done.Key!, Leaving)));
                Fill(Saved);
                navigation.NavigateTo($"/settings/policies/{done.Key}", replace: IsNew);
                break;
            case Outcome.Refused refused:
                _wrong = refused.Why;
                break;
            case Outcome.Stale:
                _theirs = await desk.FindAsync(Code, Leaving);
                break;
        }
    }

    private string? Note => string.IsNullOrWhiteSpace(_form.Note) ? null : _form.Note;

    private async Task TakeTheirs()
    {
        await kept.ForgetAsync(Key);
        _saved.Fill(new Shown<SlaPolicyView>(_theirs));
        Fill(_theirs);
    }

    private async Task KeepMine()
    {
        _saved.Fill(new Shown<SlaPolicyView>(_theirs));
        (_seenVersion, _theirs) = (_theirs!.Version, null);
        await kept.KeepAsync(Key, _form, _seenVersion);
    }

    private async Task DiscardAsync()
    {
        await kept.ForgetAsync(Key);
        (_form, _keptAtUtc, _dirty, _wrong) = (PolicyForm.Of("", "", SlaTerms.Nothing), null, false, null);
        Fill(Saved);
    }

    private async Task CancelAsync()
    {
        await kept.ForgetAsync(Key);
        navigation.NavigateTo("/settings/policies");
    }
}
