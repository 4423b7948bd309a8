using Microsoft.AspNetCore.Components;
using Plum.Domain.Shared;

namespace Plum.Portal.Sla;

/// <summary>A calendar's holidays, and its dates with hours of their own.</summary>
public partial class CalendarDates(TimeProvider clock)
{
    private bool _pasting;
    private bool _unread;
    private bool _withPast;
    private string _pasted = "";

    [Parameter, EditorRequired]
    public CalendarForm Form { get; set; } = null!;

    [Parameter]
    public Refusal? Wrong { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    private int PastCount => Form.Holidays.Count(h => IsPast(h.Date)) + Form.OneOffs.Count(o => IsPast(o.Date));

    private bool IsPast(DateOnly? date) => date < DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);

    private Task AddHolidayAsync()
    {
        Form.Holidays.Add(new CalendarForm.HolidayLine());
        return Changed.InvokeAsync();
    }

    private Task AddOneOffAsync()
    {
        Form.OneOffs.Add(new CalendarForm.OneOffLine());
        return Changed.InvokeAsync();
    }

    private Task RemoveAsync<T>(List<T> lines, T line)
    {
        lines.Remove(line);
        return Changed.InvokeAsync();
    }

    private Task PasteAsync()
    {
        _pasted = Form.TakeHolidays(_pasted);
        _unread = _pasted.Length > 0;
        _pasting = _unread;
        return Changed.InvokeAsync();
    }
}
