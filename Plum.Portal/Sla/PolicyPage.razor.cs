using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

public partial class PolicyPage(PolicyDesk desk, Viewer viewer, NavigationManager navigation)
{
    private readonly Loadable<Shown<SlaPolicyView>> _saved = new();
    private PolicyForm _form = PolicyForm.Of("", "", SlaTerms.Nothing);
    private Refusal? _wrong;
    private SlaPolicyView? _theirs;
    private SlaPreview? _preview;
    private int _seenVersion;
    private bool _dirty;
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
    }

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
            (_theirs, _preview, _dirty, _wrong) = (null, null, false, null);
        }
    }

    private void Set((Severity, SlaTarget) cell, ChangeEventArgs change)
    {
        var typed = change.Value as string ?? "";
        _form.Targets[cell] = SlaWords.TryRead(typed, out var minutes) && minutes is { } some ? SlaWords.Time(some) : typed.Trim();
        Typed();
    }

    private void Typed()
    {
        (_dirty, _preview) = (true, null);
        (_, _wrong) = _form.Read();
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
                _dirty = false;
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

    private void TakeTheirs()
    {
        _saved.Fill(new Shown<SlaPolicyView>(_theirs));
        Fill(_theirs);
    }

    private void KeepMine()
    {
        _saved.Fill(new Shown<SlaPolicyView>(_theirs));
        (_seenVersion, _theirs) = (_theirs!.Version, null);
    }

    private async Task LeaveAsync(LocationChangingContext leaving)
    {
        if (_dirty && !await desk.MayLeaveAsync())
        {
            leaving.PreventNavigation();
        }
    }
}
