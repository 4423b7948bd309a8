using Microsoft.AspNetCore.Components;
using Plum.Domain.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>Figures one a line, with what each is read against.</summary>
public partial class FigureTable(Viewer viewer)
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Figure> Figures { get; set; } = [];

    [Parameter, EditorRequired]
    public string Now { get; set; } = "";

    [Parameter, EditorRequired]
    public string Before { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The address of the tickets behind a selection.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Href { get; set; } = null!;
}
