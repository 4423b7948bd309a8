namespace Plum.Portal.Tickets;

/// <summary>Which tickets are ticked: some by their numbers, or all that the filter leaves but for some.</summary>
public sealed class TicketQueueSelection
{
    private readonly HashSet<long> _ids = [];

    /// <summary>All that match, on whatever page; the numbers held are then the exceptions.</summary>
    public bool IsAll { get; private set; }

    public IReadOnlyCollection<long> Ids => _ids;

    public bool Has(long id) => _ids.Contains(id) != IsAll;

    public int Count(int total) => IsAll ? Math.Max(0, total - _ids.Count) : _ids.Count;

    public bool IsEmpty(int total) => Count(total) == 0;

    public void Set(long id, bool ticked)
    {
        if (ticked != IsAll)
        {
            _ids.Add(id);
        }
        else
        {
            _ids.Remove(id);
        }
    }

    public void SetAll(IEnumerable<long> ids, bool ticked)
    {
        foreach (var id in ids)
        {
            Set(id, ticked);
        }
    }

    public void TakeAllMatching()
    {
        IsAll = true;
        _ids.Clear();
    }

    public void Clear()
    {
        IsAll = false;
        _ids.Clear();
    }
}
