using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>The checker's desk: what waits on the left, one request with everything around it on the right. Makers see where theirs stand.</summary>
public partial class ApprovalsPage(ApprovalQueue queue, RequestReading reading, RequestFeed feed, Viewer viewer, TimeProvider clock)
{
    private const int Size = 50;

    private readonly Loadable<ShownRequests> _list = new();
    private readonly Loadable<RequestView> _request = new();
    private readonly HashSet<long> _selected = [];
    private ListAddress _address = ListAddress.Read(ApprovalWords.Path);
    private RequestQuery _query = new();
    private string? _listed;
    private long? _open;
    private IDisposable? _listening;
    private bool _hearing;
    private RequestsChanged? _next;

    /// <summary>What the list would be now, where others have come that are not on the screen, and how many those are.</summary>
    private ShownRequests? _fresh;
    private int _came;

    /// <summary>What somebody else did to the open request while it was open.</summary>
    private string? _news;
    private int _told; // lines of the open request's history that were there before there was news

    [Parameter]
    public string? Reference { get; set; }

    private IEnumerable<RequestShelf> Shelves =>
        By.May(Act.DecideRequests) ? Enum.GetValues<RequestShelf>() : Enum.GetValues<RequestShelf>()[1..];

    private bool CanSelect => _query.Shelf == RequestShelf.ToDecide && By.May(Act.DecideRequests);

    private string ListHref => _address.Href;

    private IEnumerable<string> Currencies =>
        (_list.Value?.Currencies ?? []).Append(_query.Currency).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    protected override async Task OnAddressAsync()
    {
        var at = Navigation.Uri.IndexOf('?', StringComparison.Ordinal);
        _address = ListAddress.Read(ApprovalWords.Path + (at < 0 ? "" : Navigation.Uri[at..]), "q", "kind", "currency", "state");
        _query = new RequestQuery(
            _address.Choice<RequestShelf>("shelf") is { } shelf && Shelves.Contains(shelf) ? shelf : Shelves.First(),
            _address.Choice<RequestKind>("kind"),
            _address.Text("currency")?.ToUpperInvariant(),
            _address.Choice<RequestState>("state"),
            _address.Text("q"),
            (_address.Page - 1) * Size,
            Size
        );
        long? opens = Reference is null ? null : RequestReference.Parse(Reference) ?? 0;
        var (listed, former) = (_listed, _open);
        (_listed, _open) = (_address.Href, opens);
        if (listed != _listed)
        {
            _selected.Clear();
            await LoadAsync(_list, ReadAsync, $"approvals {_listed}");
            _fresh = null;
        }

        if (_open is not null && _open != former)
        {
            _news = null;
            await LoadAsync(_request, ReadRequestAsync, $"request {_open}");
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) // never while prerendering
        {
            _listening = feed.Listen(what => _ = InvokeAsync(() => HearAsync(what)));
        }
    }

    private async Task<ShownRequests> ReadAsync(CancellationToken ct)
    {
        var (query, by) = (_query, By);
        var everyCurrency = await queue.TotalsAsync(query with { Currency = null }, by, ct);
        return new ShownRequests(
            await queue.ListAsync(query, by, ct),
            [.. everyCurrency.Where(t => query.Currency is null || t.Currency == query.Currency)],
            [.. everyCurrency.Select(t => t.Currency).Distinct().Order(StringComparer.Ordinal)],
            await queue.CountAsync(by, ct),
            clock.GetUtcNow().UtcDateTime
        );
    }

    private async Task<RequestView> ReadRequestAsync(CancellationToken ct) => (await reading.GetAsync(_open ?? 0, By, ct))!;

    private Task ReadOpenAsync() => LoadAsync(_request, ReadRequestAsync);

    private async Task AgainAsync()
    {
        await LoadAsync(_list, ReadAsync);
        _selected.IntersectWith(_list.Value?.Page.Rows.Select(r => r.Id) ?? []);
        (_fresh, _came) = (null, 0);
        if (_open is not null)
        {
            await ReadOpenAsync();
        }
    }

    /// <summary>One's own decision: the row leaves, and the next one is opened.</summary>
    private async Task DecidedAsync(long id)
    {
        var rows = _list.Value?.Page.Rows ?? [];
        var at = rows.TakeWhile(r => r.Id != id).Count();
        var next = at == rows.Count ? null : rows.Skip(at + 1).FirstOrDefault() ?? (at > 0 ? rows[at - 1] : null);
        _news = null;
        if (_query.Shelf == RequestShelf.ToDecide && next is not null)
        {
            Navigation.NavigateTo(RowHref(next.Id)); // reads it
            await LoadAsync(_list, ReadAsync);
        }
        else
        {
            await AgainAsync();
        }
    }

    /// <summary>What comes while the page still reads is looked at once, afterwards.</summary>
    private async Task HearAsync(RequestsChanged what)
    {
        _next = _next is null || what.Ids is null || _next.Ids is null ? what : new RequestsChanged(_next.Ids.Union(what.Ids).ToHashSet());
        if (_hearing || !_list.IsFilled || _list.IsLoading)
        {
            return;
        }

        _hearing = true;
        try
        {
            while (_next is { } now && !Leaving.IsCancellationRequested)
            {
                _next = null;
                await FollowListAsync();
                if (_open is { } open && now.Concerns(open))
                {
                    await FollowOpenAsync(open);
                }

                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // Left meanwhile.
        }
        finally
        {
            _hearing = false;
        }
    }

    /// <summary>What was decided leaves, what changed is shown as it is, what follows after the last row joins it; the rest waits to be asked for, so that no row moves.</summary>
    private async Task FollowListAsync()
    {
        var listed = _listed;
        var now = await ReadAsync(Leaving);
        if (_list.IsLoading || listed != _listed || _list.Value is not { } shown)
        {
            return;
        }

        var fresh = now.Page.Rows.ToDictionary(r => r.Id);
        var stay = shown.Page.Rows.Where(r => fresh.ContainsKey(r.Id)).Select(r => fresh[r.Id]).ToList();
        var known = stay.Select(r => r.Id).ToHashSet();
        var (last, after) = (
            stay.Count == 0 ? null : stay[^1],
            now.Page.Rows.Reverse().TakeWhile(r => !known.Contains(r.Id)).Reverse().ToList()
        );
        var rows = last is null ? now.Page.Rows : [.. stay, .. after];
        _came = now.Page.Rows.Count - rows.Count;
        _fresh = _came > 0 ? now : null;
        _selected.IntersectWith(rows.Select(r => r.Id));
        _list.Fill(now with { Page = now.Page with { Rows = rows } });
    }

    private async Task FollowOpenAsync(long id)
    {
        var before = _request.Value;
        var now = await reading.GetAsync(id, By, Leaving);
        if (now is null || _open != id || _request.IsLoading)
        {
            return;
        }

        if (before?.Row.Id == id && before.Row.Version != now.Row.Version && now.History.Count > before.History.Count)
        {
            _told = _news is null ? before.History.Count : _told;
            var lines = now.History.Skip(_told).Where(l => l.Kind != RequestEventKind.Reminded).ToList();
            var last = new[] { lines.LastOrDefault(l => ApprovalWords.IsDecision(l.Kind)), lines.LastOrDefault() };
            var said = last.OfType<RequestLine>().Distinct().Select(l => $"{l.Who} {ApprovalWords.Did(l.Kind)} {viewer.Time(l.AtUtc)}. ");
            _news =
                lines.Count == 0 ? _news : $"{string.Concat(said)}This request is now {RequestWords.Of(now.Row.State).ToLowerInvariant()}.";
        }

        _request.Fill(now);
    }

    private void ShowFresh()
    {
        if (_fresh is { } fresh)
        {
            _list.Fill(fresh);
            (_fresh, _came) = (null, 0);
        }
    }

    private void Tick(long id, bool ticked)
    {
        if (ticked)
        {
            _selected.Add(id);
        }
        else
        {
            _selected.Remove(id);
        }
    }

    private void Go(string key, string? value) => Navigation.NavigateTo(_address.With(key, value));

    private string ShelfHref(RequestShelf shelf) =>
        ListAddress.Read(ApprovalWords.Path).With("shelf", shelf == Shelves.First() ? null : shelf.ToString().ToLowerInvariant());

    private string RowHref(long id) => ApprovalWords.Href(id) + _address.Href[ApprovalWords.Path.Length..];

    private string TotalHref(RequestTotal total) =>
        ListAddress.Read(_address.With("kind", total.Kind.ToString().ToLowerInvariant())).With("currency", total.Currency);

    private string Nothing =>
        _query.Shelf switch
        {
            RequestShelf.ToDecide => "Nothing waits for you",
            RequestShelf.Mine => "You have no request under way",
            RequestShelf.Stuck => "Nothing is stuck",
            _ => "There are no requests yet",
        };

    private string NothingWhy =>
        _query.Shelf switch
        {
            RequestShelf.ToDecide => "What others ask for comes here, oldest due first.",
            RequestShelf.Mine => "Ask for a correction on a ticket; it stays here until it is done.",
            RequestShelf.Stuck => "What was approved and could not be carried out comes here.",
            _ => "They are made on tickets: a reissue, a cancellation, a refund, a goodwill credit.",
        };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listening?.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <param name="Totals">Over all that match, not the page alone.</param>
/// <param name="Currencies">Of what matches, whatever currency is chosen.</param>
public sealed record ShownRequests(
    Page<RequestRow> Page,
    IReadOnlyList<RequestTotal> Totals,
    IReadOnlyList<string> Currencies,
    IReadOnlyDictionary<RequestShelf, int> Counts,
    DateTime AtUtc
);
