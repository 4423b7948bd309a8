using Plum.Data.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>Tells the open pages which requests something happened to. What a page may see of it, it reads for itself.</summary>
public sealed class RequestFeed(RequestNews news, TimeProvider clock, ILogger<RequestFeed> logger)
    : EventFeed<RequestsChanged>(clock, logger)
{
    /// <inheritdoc cref="EventFeed{THeard}.ListenTo" />
    public IDisposable Listen(Action<RequestsChanged> heard) => ListenTo(id: null, heard);

    protected override Task<long> LatestAsync(CancellationToken ct) => news.LatestAsync(ct);

    protected override async Task<IReadOnlyList<(long EventId, long Of)>> AfterAsync(long id, CancellationToken ct) =>
        [.. (await news.AfterAsync(id, ct)).Select(e => (e.EventId, e.RequestId))];

    protected override RequestsChanged Greeting(long? id) => new(null);

    protected override RequestsChanged? Of(long? id, IReadOnlySet<long> changed) => changed.Count > 0 ? new RequestsChanged(changed) : null;
}

/// <param name="Ids">Null: whatever may have happened before one listened.</param>
public sealed record RequestsChanged(IReadOnlySet<long>? Ids)
{
    public bool Concerns(long id) => Ids is null || Ids.Contains(id);
}
