using Plum.Data.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>Which tickets are ticked: some by their numbers, or all that the filter leaves but for some.</summary>
public sealed class TicketQueueSelection
{
    private readonly Dictionary<long, int?> _tickets = [];

    /// <summary>All that match, on whatever page; the numbers held are then the exceptions.</summary>
    public bool IsAll { get; private set; }

    /// <summary>Each with the version that was on the screen; null where none was.</summary>
    public IReadOnlyDictionary<long, int?> Tickets => _tickets;

    public bool Has(long id) => _tickets.ContainsKey(id) != IsAll;

    public int Count(int total) => IsAll ? Math.Max(0, total - _tickets.Count) : _tickets.Count;

    public bool IsEmpty(int total) => Count(total) == 0;

    public void Set(long id, bool ticked, int? version = null)
    {
        if (ticked != IsAll)
        {
            _tickets[id] = version;
        }
        else
        {
            _tickets.Remove(id);
        }
    }

    public void SetAll(IEnumerable<TicketRow> rows, bool ticked)
    {
        foreach (var row in rows)
        {
            Set(row.Id, ticked, row.Version);
        }
    }

    /// <summary>These are on the screen now, so: whoever ticked one of them goes by what they see.</summary>
    public void See(IEnumerable<TicketRow> rows)
    {
        foreach (var row in rows.Where(r => _tickets.ContainsKey(r.Id)))
        {
            _tickets[row.Id] = row.Version;
        }
    }

    /// <summary>These alone, whatever they look like by now.</summary>
    public void Take(IEnumerable<long> ids)
    {
        Clear();
        foreach (var id in ids)
        {
            Set(id, ticked: true);
        }
    }

    public void TakeAllMatching()
    {
        IsAll = true;
        _tickets.Clear();
    }

    public void Clear()
    {
        IsAll = false;
        _tickets.Clear();
    }

    public TicketSelection Of(TicketQueueQuery query) => new(query, new Dictionary<long, int?>(_tickets), IsAll);
}
