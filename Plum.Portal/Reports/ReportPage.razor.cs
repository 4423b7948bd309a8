using Microsoft.AspNetCore.Components;
using Plum.Data.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>One report, in the order of the PDF; each number leads to its tickets.</summary>
public partial class ReportPage(ReportService reports, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<ReportFound> _report = new();
    private Guid _loaded;

    [Parameter]
    public Guid Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == Id)
        {
            return; // the address of a section changed
        }

        _loaded = Id;
        var by = await actor.GetAsync();
        await LoadAsync(_report, async ct => new ReportFound(await reports.OpenAsync(Id, by, ct)), keep: $"report {Id}");
    }

    private string Link(string opens) => ReportTicketsPage.Address(Id, opens, 1);
}

/// <param name="View">Null when there is none that the person may read.</param>
public sealed record ReportFound(ReportView? View);
