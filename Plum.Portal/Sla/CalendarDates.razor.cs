using Microsoft.AspNetCore.Components;
using Plum.Domain.Shared;

namespace Plum.Portal.Sla;

/// <summary>A calendar's holidays, and its dates with hours of their own.</summary>
public partial class CalendarDates
{
    private bool _pasting;
    private bool _unread;
    private string _pasted = "";

    [Parameter, EditorRequired]
    public CalendarForm Form { get; set; } = null!;

    [Parameter]
    public Refusal? Wrong { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

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
