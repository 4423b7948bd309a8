using Microsoft.AspNetCore.Components;
using Plum.Domain.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>A table of a report; a long one shows its first rows, and the rest when asked.</summary>
public partial class ReportTableView(Viewer viewer)
{
    private const int Shown = 20;

    private bool _all;

    [Parameter, EditorRequired]
    public ReportTable Table { get; set; } = null!;

    /// <summary>The address of the tickets behind a selection.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Href { get; set; } = null!;
}
