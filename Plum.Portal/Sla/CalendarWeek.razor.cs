using Microsoft.AspNetCore.Components;
using Plum.Domain.Shared;
using Plum.Domain.Sla;

namespace Plum.Portal.Sla;

/// <summary>The seven fields of a calendar's week.</summary>
public partial class CalendarWeek
{
    [Parameter, EditorRequired]
    public CalendarForm Form { get; set; } = null!;

    [Parameter]
    public Refusal? Wrong { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    private Task SetAsync(DayOfWeek day, ChangeEventArgs change)
    {
        var typed = change.Value as string ?? "";
        Form.Week[(int)day] = Opening.TryReadAll(typed, out var hours) ? Opening.WriteAll(hours) : typed;
        return Changed.InvokeAsync();
    }

    private Task CopyAsync()
    {
        foreach (var day in CalendarHours.MondayToFriday)
        {
            Form.Week[(int)day] = Form.Week[(int)DayOfWeek.Monday];
        }

        return Changed.InvokeAsync();
    }
}
