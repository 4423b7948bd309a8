using Microsoft.AspNetCore.Components;
using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

public partial class CalendarPage(CalendarDesk desk, KeptForms kept, Viewer viewer, NavigationManager navigation)
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
    private DateTime? _keptAtUtc;
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
            _form = CalendarForm.New(viewer.Zone.Id);
        }
        else
        {
            await LoadAsync(_saved, async ct => new Shown<CalendarView>(await desk.FindAsync(Code, ct)));
            Fill(Saved);
        }

        if ((IsNew || Saved is not null) && await kept.ReadAsync<CalendarForm>(Key, Leaving) is { } there)
        {
            (_form, _seenVersion, _keptAtUtc) = (there.Form, there.SeenVersion, there.AtUtc);
        }

        (_hours, _) = _form.Read();
    }

    private string Key => $"calendar:{Code}";

    private string About(CalendarView? view) =>
        view is null ? "Hours in a time zone, holidays, and hours of single dates."
        : view.OpenTickets == 0 ? "No open ticket is reckoned by it."
        : $"{viewer.Number(view.OpenTickets)} open tickets are reckoned by it, and again whenever it changes.";

    private string? Invalid(string field) => _wrong?.Field == field ? "true" : null;

    private void Fill(CalendarView? view)
    {
        if (view is not null)
        {
            (_form, _seenVersion) = (CalendarForm.Of(view.Code, view.Name, view.Hours), view.Version);
            (_theirs, _keptAtUtc) = (null, null);
        }
    }

    private async Task TypedAsync()
    {
        (var hours, _wrong) = _form.Read();
        _hours = hours ?? _hours; // the preview stays while something half-typed cannot be read
        await kept.KeepAsync(Key, _form, _seenVersion);
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
                await kept.ForgetAsync(Key);
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

    private async Task TakeTheirs()
    {
        await kept.ForgetAsync(Key);
        _saved.Fill(new Shown<CalendarView>(_theirs));
        Fill(_theirs);
        (_hours, _wrong) = _form.Read();
    }

    private async Task KeepMine()
    {
        _saved.Fill(new Shown<CalendarView>(_theirs));
        (_seenVersion, _theirs) = (_theirs!.Version, null);
        await kept.KeepAsync(Key, _form, _seenVersion);
    }

    private async Task DiscardAsync()
    {
        await kept.ForgetAsync(Key);
        (_form, _keptAtUtc) = (CalendarForm.New(viewer.Zone.Id), null);
        Fill(Saved);
        (_hours, _wrong) = _form.Read();
    }

    private async Task CancelAsync()
    {
        await kept.ForgetAsync(Key);
        navigation.NavigateTo("/settings/calendars");
    }
}
