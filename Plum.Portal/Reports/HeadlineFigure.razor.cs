using Microsoft.AspNetCore.Components;
using Plum.Domain.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>One of the five at the top: the number, where it goes, what was agreed.</summary>
public partial class HeadlineFigure(Viewer viewer)
{
    [Parameter, EditorRequired]
    public Figure Figure { get; set; } = null!;

    /// <summary>The address of the tickets behind a selection.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Href { get; set; } = null!;
}
