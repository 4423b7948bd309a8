using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Shared;

/// <summary>An instant in the viewer's zone and writing, with the exact one in UTC on hover.</summary>
public partial class Instant(Viewer viewer)
{
    [Parameter, EditorRequired]
    public DateTime Utc { get; set; }

    /// <summary>The day alone.</summary>
    [Parameter]
    public bool DayOnly { get; set; }

    /// <summary>To the second, where things happen within the minute.</summary>
    [Parameter]
    public bool Seconds { get; set; }

    private string Text =>
        DayOnly ? viewer.Day(Utc)
        : Seconds ? viewer.Local(Utc).ToString("G", viewer.Culture)
        : viewer.Time(Utc);
}
