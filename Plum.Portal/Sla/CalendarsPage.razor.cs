using Plum.Data.Sla;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

public partial class CalendarsPage(CalendarService service, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<IReadOnlyList<CalendarRow>> _calendars = new();

    protected override async Task OnInitializedAsync()
    {
        var by = await actor.GetAsync();
        await LoadAsync(_calendars, ct => service.ListAsync(by, ct), keep: "calendars");
    }
}
