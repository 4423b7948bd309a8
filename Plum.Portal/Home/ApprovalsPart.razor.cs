using Plum.Data.Approvals;
using Plum.Data.Home;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

public partial class ApprovalsPart(ApprovalQueue queue, CurrentActor actor, Viewer viewer, TimeProvider clock)
{
    private readonly Loadable<WaitingRequests> _waiting = new();

    protected override Task OnInitializedAsync() => LoadAsync(_waiting, ReadAsync, keep: "home:approvals");

    private async Task<WaitingRequests> ReadAsync(CancellationToken ct)
    {
        var by = await actor.GetAsync();
        return new WaitingRequests(
            await queue.CountAsync(by, ct),
            (await queue.ListAsync(new RequestQuery(Take: HomeService.MostRows), by, ct)).Rows,
            clock.GetUtcNow().UtcDateTime
        );
    }
}

public sealed record WaitingRequests(IReadOnlyDictionary<RequestShelf, int> Counts, IReadOnlyList<RequestRow> Next, DateTime AtUtc);
