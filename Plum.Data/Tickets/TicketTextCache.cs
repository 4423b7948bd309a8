using Microsoft.Data.Sqlite;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>
/// The tickets that a text, or a recipient, an order or an import leaves, on SQLite, as rows of a <see cref="TicketQueueMemory"/>. The last
/// few texts are kept: paging and sorting a search, and a saved view with a text in it, search again only what has changed since.
/// </summary>
internal sealed class TicketTextCache(TicketQueueMemory memory)
{
    private const int Kept = 32;

    /// <summary>Beyond as many changes a text is searched anew rather than mended.</summary>
    private const int MostMended = 200;

    private readonly Lock _lock = new();
    private readonly LinkedList<Found> _kept = new();

    /// <returns>A rented set; null when the filter asks for nothing of the kind.</returns>
    public TicketBits? Find(SqliteConnection connection, long seq, TicketFilter filter, Actor by, CancellationToken ct)
    {
        TicketBits? within = null;
        Among("SELECT Id FROM Tickets WHERE RecipientId IN ", [.. filter.Recipients]);
        Among("SELECT Id FROM Tickets WHERE OrderId IN ", [.. filter.Orders]);
        Among("SELECT Id FROM Tickets WHERE ImportId IN ", [.. filter.Imports]);
        if (filter.Text is null)
        {
            return within;
        }

        var text = TicketTextQuery.Parse(filter.Text);
        if (text.IsBlank)
        {
            And(memory.Rent());
            return within;
        }

        Among("SELECT Id FROM Tickets WHERE Id IN ", [.. text.Tickets]);
        Among("SELECT Id FROM Tickets WHERE OrderId IN ", [.. text.Orders]);
        Among("SELECT t.Id FROM Recipients r CROSS JOIN Tickets t ON t.RecipientId = r.Id WHERE r.Email IN ", [.. text.Emails]);
        Among("SELECT t.Id FROM Recipients r CROSS JOIN Tickets t ON t.RecipientId = r.Id WHERE r.Phone IN ", [.. text.Phones]);
        if (text.Words.Count > 0)
        {
            var found = Worded(connection, seq, text.ToFts5(TicketTextSql.Columns(by)), ct);
            var copy = memory.Rent();
            copy.Or(found.Rows);
            And(copy);
        }

        return within;

        void Among(string sql, List<object> values)
        {
            if (values.Count > 0)
            {
                var these = memory.Rent();
                var list = string.Join(", ", Enumerable.Range(1, values.Count).Select(n => $"?{n}"));
                TicketQueueReading.Numbers(connection, $"{sql}({list})", values, id => Mark(these, id), ct);
                And(these);
            }
        }

        void And(TicketBits these)
        {
            if (within is null)
            {
                within = these;
                return;
            }

            within.And(these);
            memory.Return(these);
        }
    }

    private Found Worded(SqliteConnection connection, long seq, string expression, CancellationToken ct)
    {
        Found? former;
        lock (_lock)
        {
            former = _kept.FirstOrDefault(f => f.Expression == expression);
        }

        if (former?.Seq == seq)
        {
            return former;
        }

        var rows = new TicketBits(memory.Exists.Words.Length << 6);
        if (former is not null && Changed(connection, former.Seq, ct) is { } changed)
        {
            rows.Or(former.Rows);
            foreach (var id in changed)
            {
                Mark(rows, id, isIn: false);
            }

            if (changed.Count > 0)
            {
                var list = string.Join(", ", changed);
                var sql = $"SELECT rowid FROM TicketText WHERE TicketText MATCH ?1 AND rowid IN ({list})";
                TicketQueueReading.Numbers(connection, sql, [expression], id => Mark(rows, id), ct);
            }
        }
        else
        {
            const string Sql = "SELECT rowid FROM TicketText WHERE TicketText MATCH ?1";
            TicketQueueReading.Numbers(connection, Sql, [expression], id => Mark(rows, id), ct);
        }

        var found = new Found(expression, seq, rows);
        lock (_lock)
        {
            if (_kept.FirstOrDefault(f => f.Expression == expression) is { } old)
            {
                _kept.Remove(old);
            }

            _kept.AddFirst(found);
            if (_kept.Count > Kept)
            {
                _kept.RemoveLast();
            }
        }

        return found;
    }

    /// <returns>Null when they are too many, or no longer all known.</returns>
    private static HashSet<long>? Changed(SqliteConnection connection, long since, CancellationToken ct)
    {
        var ids = new HashSet<long>();
        var seqs = new List<long>();
        TicketQueueReading.Numbers(
            connection,
            $"SELECT Seq FROM TicketChanges WHERE Seq > ?1 ORDER BY Seq LIMIT {MostMended + 1}",
            [since],
            seqs.Add,
            ct
        );
        if (seqs.Count > MostMended || (seqs.Count > 0 && seqs[0] != since + 1))
        {
            return null;
        }

        TicketQueueReading.Numbers(connection, "SELECT TicketId FROM TicketChanges WHERE Seq > ?1", [since], id => ids.Add(id), ct);
        return ids;
    }

    /// <summary>A ticket that came after the set was made is left to the next question.</summary>
    private void Mark(TicketBits rows, long id, bool isIn = true)
    {
        var row = id - memory.IdOf(0);
        if (row >= 0 && row < rows.Words.Length << 6)
        {
            rows[(int)row] = isIn;
        }
    }

    private sealed record Found(string Expression, long Seq, TicketBits Rows);
}
