using System.Globalization;
using Plum.Data.Tickets;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>What of the queue is in its address: all of it, so that a colleague who is sent it sees the same.</summary>
/// <param name="Beyond">Pairs of the filter that differ from the view's; an empty value takes one away.</param>
/// <param name="Columns">Null shows the view's.</param>
public sealed record TicketQueueAddress(
    string? View,
    IReadOnlyDictionary<string, string> Beyond,
    TicketOrder? Order,
    int Page,
    IReadOnlyList<TicketColumn>? Columns
)
{
    public const string Path = "/tickets";

    private const string ViewKey = "view";
    private const string OrderKey = "sort";
    private const string PageKey = "page";
    private const string ColumnsKey = "columns";

    public static TicketQueueAddress Read(string uri)
    {
        var at = uri.IndexOf('?', StringComparison.Ordinal);
        var query = at < 0 ? "" : uri[(at + 1)..].Split('#')[0];
        var pairs = TicketFilterText.Pairs(query);
        return new TicketQueueAddress(
            pairs.GetValueOrDefault(ViewKey) is { Length: > 0 } view ? view : null,
            TicketFilterText.Keys.Where(pairs.ContainsKey).ToDictionary(k => k, k => pairs[k], StringComparer.Ordinal),
            TicketOrder.Parse(pairs.GetValueOrDefault(OrderKey)),
            int.TryParse(pairs.GetValueOrDefault(PageKey), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0
                ? page
                : 1,
            TicketColumns.Read(pairs.GetValueOrDefault(ColumnsKey))
        );
    }

    /// <summary>Everything but the page and the columns: what is counted, exported and edited.</summary>
    public string Scope => (this with { Page = 1, Columns = null }).Query;

    public string Query
    {
        get
        {
            var pairs = new List<KeyValuePair<string, string>>();
            Add(ViewKey, View);
            pairs.AddRange(TicketFilterText.Keys.Where(Beyond.ContainsKey).Select(k => KeyValuePair.Create(k, Beyond[k])));
            Add(OrderKey, Order?.ToString());
            Add(ColumnsKey, Columns is null ? null : TicketColumns.Write(Columns));
            Add(PageKey, Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
            return TicketFilterText.Line(pairs);

            void Add(string key, string? value)
            {
                if (value is not null)
                {
                    pairs.Add(KeyValuePair.Create(key, value));
                }
            }
        }
    }

    public string Href => Query is { Length: > 0 } query ? $"{Path}?{query}" : Path;

    public static TicketQueueAddress Of(string view) => new(view, new Dictionary<string, string>(), Order: null, Page: 1, Columns: null);

    /// <summary>With one filter set to other values; what is then as in the view is left out of the address.</summary>
    public TicketQueueAddress With(TicketView shown, string key, string value)
    {
        var beyond = new Dictionary<string, string>(Beyond, StringComparer.Ordinal) { [key] = value };
        var usual = TicketFilterText.Write(shown.Filter).GetValueOrDefault(key, "");
        if (usual == value)
        {
            beyond.Remove(key);
        }

        return this with
        {
            View = shown.Key,
            Beyond = beyond,
            Page = 1,
        };
    }

    public TicketQueueAddress Sorted(TicketView shown, TicketOrder order) =>
        this with
        {
            View = shown.Key,
            Order = order == shown.Order ? null : order,
            Page = 1,
        };

    /// <summary>Whether what is shown is not as the view was saved: another filter, order, or other columns.</summary>
    public bool Changes(TicketQueueView shown) =>
        shown.IsNarrowed || shown.Order != shown.View.Order || (Columns is not null && !Columns.SequenceEqual(shown.View.Columns));

    public TicketQueueQuery ToQuery(string? zoneId) => new(View, Beyond, Order, Page, zoneId);
}
