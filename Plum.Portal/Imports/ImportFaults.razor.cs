using Microsoft.AspNetCore.Components;
using Plum.Domain.Imports;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>Row, column, value, reason and remedy of what is rejected.</summary>
public sealed partial class ImportFaults(Viewer viewer)
{
    private const int Page = 20;

    private int _shown = Page;

    [Parameter, EditorRequired]
    public IReadOnlyList<ImportFault> Faults { get; set; } = [];

    /// <summary>How many rows there are with any fault: the first only are given.</summary>
    [Parameter, EditorRequired]
    public long Rejected { get; set; }

    private void More() => _shown += Page * 3;
}
