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
    private const int MostKept = 160;

    /// <summary>Beyond as many changes a text is searched anew rather than mended.</summary>
    private const int MostMended = 2_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Known> _kept = new();

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
            And(Worded(connection, seq, text, TicketTextSql.Columns(by), ct));
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

    /// <summary>
    /// Searches for the words that the most tickets have, as a sample of tickets tells: each is as dear as all others together, and the
    /// first who looks for one should not wait for it. For the background.
    /// </summary>
    public void Warm(SqliteConnection connection, long seq, CancellationToken ct)
    {
        const int Sample = 200;
        var (first, last) = (memory.IdOf(0), memory.IdOf((memory.Exists.Words.Length << 6) - 1));
        var ids = Enumerable.Range(0, Sample).Select(n => first + ((last - first) * n / Sample));
        var texts = new List<string>();
        TicketQueueReading.Texts(
            connection,
            $"""
            SELECT t.Subject || ' ' || coalesce((SELECT group_concat(m.Body, ' ') FROM TicketMessages m WHERE m.TicketId = t.Id), '')
            FROM Tickets t WHERE t.Id IN ({string.Join(", ", ids)})
            """,
            texts.Add,
            ct
        );
        var common = texts
            .SelectMany(text => text.ToLowerInvariant().Split(' ').Where(w => w.Length > 1 && w.All(char.IsLetter)).Distinct())
            .CountBy(word => word, StringComparer.Ordinal)
            .Where(word => word.Value > texts.Count / 20)
            .OrderByDescending(word => word.Value)
            .Take(MostKept / 4);
        foreach (var (word, _) in common)
        {
            var query = TicketTextQuery.Parse(word);
            Found(connection, seq, query.ToFts5(), ct);
            Found(connection, seq, (query with { LastIsPrefix = false }).ToFts5(), ct);
        }
    }

    /// <summary>
    /// Words that are in half of the tickets are the dear ones. Where each word is known, the words together cost nothing; else the text
    /// index finds them together, which is as dear as the rarest one.
    /// </summary>
    private TicketBits Worded(SqliteConnection connection, long seq, TicketTextQuery text, string? columns, CancellationToken ct)
    {
        var whole = text.ToFts5(columns);
        List<string> each = text.Words.Count == 1 ? [whole] : [.. text.EachWord().Select(w => w.ToFts5(columns))];
        var rows = memory.Rent();
        if (!each.TrueForAll(IsKept) || IsKept(whole))
        {
            rows.Or(Found(connection, seq, whole, ct));
            return rows;
        }

        rows.Or(Found(connection, seq, each[0], ct));
        each.Skip(1).ToList().ForEach(word => rows.And(Found(connection, seq, word, ct)));
        return rows;
    }

    private bool IsKept(string expression)
    {
        lock (_lock)
        {
            return _kept.Any(f => f.Expression == expression);
        }
    }

    private TicketBits Found(SqliteConnection connection, long seq, string expression, CancellationToken ct)
    {
        var former = Former(expression);
        if (former?.Seq == seq)
        {
            return former.Rows;
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

        lock (_lock)
        {
            if (Former(expression) is { } old)
            {
                _kept.Remove(old);
            }

            _kept.AddFirst(new Known(expression, seq, rows));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveLast();
            }
        }

        return rows;
    }

    /// <summary>What was asked for last is forgotten last.</summary>
    private Known? Former(string expression)
    {
        lock (_lock)
        {
            var former = _kept.FirstOrDefault(f => f.Expression == expression);
            if (former is not null)
            {
                _kept.Remove(former);
                _kept.AddFirst(former);
            }

            return former;
        }
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

    private sealed record Known(string Expression, long Seq, TicketBits Rows);
}
