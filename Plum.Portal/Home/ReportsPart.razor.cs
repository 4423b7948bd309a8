using Plum.Data.Home;
using Plum.Data.Reports;
using Plum.Data.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

public partial class ReportsPart(ReportService reports, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<Page<ReportRow>> _reports = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(
            _reports,
            async ct => await reports.ListAsync(new ReportListQuery(null, null, 0, HomeService.MostRows), await actor.GetAsync(), ct),
            keep: "home:reports"
        );
}
