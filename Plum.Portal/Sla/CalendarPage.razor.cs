using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

public partial class CalendarPage(CalendarDesk desk, Viewer viewer, NavigationManager navigation)
{
    private static readonly IReadOnlyList<string> Zones =
    [
        .. TimeZoneInfo
            .GetSystemTimeZones()
            .Select(z => z.Id)
            .Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC")
            .Order(StringComparer.Ordinal),
    ];

    private readonly Loadable<Shown<CalendarView>> _saved = new();
    private CalendarForm _form = new();
    private CalendarHours? _hours;
    private Refusal? _wrong;
    private CalendarView? _theirs;
    private int _seenVersion;
    private bool _dirty;
    private bool _saving;

    [Parameter]
    public string Code { get; set; } = "";

    private bool IsNew => Code == "new";

    private CalendarView? Saved => _saved.Value?.Value;

    private CalendarForm Theirs => CalendarForm.Of(_theirs!.Code, _theirs.Name, _theirs.Hours);

    protected override async Task OnParametersSetAsync()
    {
        if (_saved.IsFilled && (Saved?.Code ?? "new") == Code)
        {
            return;
        }

        if (IsNew)
        {
            _saved.Fill(new Shown<CalendarView>(null));
            _form = CalendarForm.Of("", "", CalendarHours.Week(viewer.Zone.Id, CalendarHours.MondayToFriday, new Opening(9 * 60, 17 * 60)));
        }
        else
        {
            await LoadAsync(_saved, async ct => new Shown<CalendarView>(await desk.FindAsync(Code, ct)));
            Fill(Saved);
        }

        (_hours, _) = _form.Read();
    }

    private string About(CalendarView? view) =>
        view is null ? "Hours in a time zone, holidays, and hours of single dates."
        : view.OpenTickets == 0 ? "No open ticket is reckoned by it."
        : $"{viewer.Number(view.OpenTickets)} open tickets are reckoned by it, and again whenever it changes.";

    private string? Invalid(string field) => _wrong?.Field == field ? "true" : null;

    private void Fill(CalendarView? view)
    {
        if (view is not null)
        {
            (_form, _seenVersion, _theirs, _dirty) = (CalendarForm.Of(view.Code, view.Name, view.Hours), view.Version, null, false);
        }
    }

    private void Typed()
    {
        _dirty = true;
        (var hours, _wrong) = _form.Read();
        _hours = hours ?? _hours; // the preview stays while something half-typed cannot be read
    }

    private async Task SaveAsync()
    {
        (var hours, _wrong) = _form.Read();
        if (hours is null || _saving)
        {
            return;
        }

        _saving = true;
        var outcome = IsNew
            ? await desk.DrawAsync(new DrawCalendar(_form.Code.Trim(), _form.Name, hours))
            : await desk.ChangeAsync(Saved!, new ChangeCalendar(Saved!.Id, _seenVersion, _form.Name, hours));
        _saving = false;
        switch (outcome)
        {
            case Outcome.Done done:
                _dirty = false;
                _saved.Fill(new Shown<CalendarView>(await desk.FindAsync(done.Key!, Leaving)));
                Fill(Saved);
                navigation.NavigateTo($"/settings/calendars/{done.Key}", replace: IsNew);
                break;
            case Outcome.Refused refused:
                _wrong = refused.Why;
                break;
            case Outcome.Stale:
                _theirs = await desk.FindAsync(Code, Leaving);
                break;
        }
    }

    private void TakeTheirs()
    {
        _saved.Fill(new Shown<CalendarView>(_theirs));
        Fill(_theirs);
        (_hours, _wrong) = _form.Read();
    }

    private void KeepMine()
    {
        _saved.Fill(new Shown<CalendarView>(_theirs));
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
