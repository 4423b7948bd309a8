using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>The catalogue's search on SQLite, in the text index of <see cref="RewardTextSql"/>.</summary>
internal static class RewardText
{
    /// <summary>A word that is being typed may stand for so many: beyond that the index gathers them itself, which is as dear as all of them together.</summary>
    private const int MostEndings = 64;

    /// <summary>The longest prefix that the index keeps a list of.</summary>
    private const int KeptPrefix = 3;

    private const string Columns = "r.Number, r.Kind, r.Country, r.Currency, r.BrandId, r.SupplierId, r.DeliveryMinutes, r.ValueBands";

    public static List<RewardHit> Read(PlumDbContext db, RewardAsk ask, int take, CancellationToken ct)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var rules = ask.Programme.Rules;
        var needed = Needed(connection, ask);
        var unwanted = Any(rules.Denied);
        var lines = Any(rules.Allowed);

        // Rewards that the allow list names one by one are no word of the index: they are asked for by their numbers, beside the others.
        var named = ask.Programme.AllowedRewards;
        var (byLine, byName) = rules.Allowed.Count == 0 ? (true, false) : (lines is not null, named.Count > 0);
        var hits = new List<RewardHit>();
        if (byLine)
        {
            hits.AddRange(Pass(connection, [.. needed, .. Single(lines)], unwanted, ask, ask.Among, take, ct));
        }

        if (byName)
        {
            var among = ask.Among is null ? named : [.. named.Intersect(ask.Among)];
            hits.AddRange(Pass(connection, needed, unwanted, ask, among, take, ct));
        }

        return byLine && byName ? [.. hits.DistinctBy(h => h.Number).OrderBy(h => h.Number).Take(take)] : hits;
    }

    /// <summary>Whether more than so many have these words, whatever else they are: told by the index of words alone, which is much faster.</summary>
    public static bool AreMore(PlumDbContext db, RewardWords words, int than)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM (SELECT 1 FROM RewardText WHERE RewardText MATCH $match LIMIT $most)";
        command.Parameters.AddWithValue(
            "$match",
            string.Join(" AND ", Needed(connection, new RewardAsk(words, new(), RewardProgramme.None)))
        );
        command.Parameters.AddWithValue("$most", than + 1);
        return (long)command.ExecuteScalar()! > than;
    }

    /// <summary>In the order of their numbers. Rewards that the deny list names one by one are passed over here.</summary>
    private static List<RewardHit> Pass(
        SqliteConnection connection,
        IReadOnlyList<string> needed,
        string? unwanted,
        RewardAsk ask,
        IReadOnlyCollection<long>? among,
        int take,
        CancellationToken ct
    )
    {
        if (among is { Count: 0 })
        {
            return [];
        }

        var numbers = among is null ? null : $"[{string.Join(',', among)}]";
        if (needed.Count == 0 && unwanted is null)
        {
            var every =
                $"SELECT {Columns} FROM Rewards r INDEXED BY {RewardTextSql.Index} WHERE r.Number > ?1{Only("r.Number")} ORDER BY r.Number";
            return RewardRows.Read(connection, every, (ask.After, numbers, null), ask.Programme, take, ct);
        }

        var all =
            needed.Count == 0
                ? $"({Quoted(RewardTextSql.Active(true))} OR {Quoted(RewardTextSql.Active(false))})"
                : string.Join(" AND ", needed);
        var sql = $"""
            SELECT {Columns} FROM RewardText t CROSS JOIN Rewards r INDEXED BY {RewardTextSql.Index} ON r.Number = t.rowid
            WHERE t.RewardText MATCH ?3 AND t.rowid > ?1{Only("t.rowid")} ORDER BY t.rowid
            """;
        var match = unwanted is null ? all : $"({all}) NOT {unwanted}";
        return RewardRows.Read(connection, sql, (ask.After, numbers, match), ask.Programme, take, ct);

        string Only(string column) => numbers is null ? "" : $" AND {column} IN (SELECT value FROM json_each(?2))";
    }

    /// <summary>Each must hold.</summary>
    private static List<string> Needed(SqliteConnection connection, RewardAsk ask)
    {
        var (filter, needed) = (ask.Filter, new List<string>());
        void Token(string? token) => needed.AddRange(Single(token is null ? null : Quoted(token)));

        Token(filter.Country is { } country ? RewardTextSql.Country(country) : null);
        Token(filter.BrandId is { } brand ? RewardTextSql.Brand(brand) : null);
        Token(filter.SupplierId is { } supplier ? RewardTextSql.Supplier(supplier) : null);
        for (var at = 0; at < (ask.Words?.Words.Count ?? 0); at++)
        {
            var word = ask.Words!.Words[at];
            needed.Add(at == ask.Words.Words.Count - 1 && ask.Words.LastIsPrefix ? Prefix(connection, word) : Quoted(word));
        }

        Token(filter.Currency is { } currency ? RewardTextSql.Currency(currency) : null);
        Token(filter.Kind is { } kind ? RewardTextSql.Token(kind) : null);
        Token(filter.Speed is { } speed ? RewardTextSql.Token(speed) : null);
        Token(filter.Band is { } band ? RewardTextSql.Band(band) : null);
        Token(filter.Active is { } active ? RewardTextSql.Active(active) : null);
        return needed;
    }

    /// <summary>Null where no line is a word of the index.</summary>
    private static string? Any(IReadOnlyList<RewardLine> lines)
    {
        var tokens = lines
            .Select(l =>
                l.Kind switch
                {
                    RewardLineKind.Brand => RewardTextSql.Brand(Guid.Parse(l.Value)),
                    RewardLineKind.Supplier => RewardTextSql.Supplier(Guid.Parse(l.Value)),
                    RewardLineKind.Kind => RewardTextSql.Token(Enum.Parse<RewardKind>(l.Value)),
                    RewardLineKind.Country => RewardTextSql.Country(l.Value),
                    _ => null,
                }
            )
            .OfType<string>()
            .Select(Quoted)
            .ToList();
        return tokens.Count == 0 ? null : $"({string.Join(" OR ", tokens)})";
    }

    /// <summary>
    /// All words that begin so. Up to three letters have a list of their own. Longer ones are spelled out, since the index would first gather
    /// every reward of every such word in memory, and "gift" begins a word of half the catalogue.
    /// </summary>
    private static string Prefix(SqliteConnection connection, string word)
    {
        var start = Folded(word);
        if (start.EnumerateRunes().Count() <= KeptPrefix)
        {
            return $"{Quoted(word)} *";
        }

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT term FROM RewardTerms WHERE term >= $from LIMIT 1";
        var from = command.Parameters.AddWithValue("$from", start);
        var terms = new List<string>();
        while (command.ExecuteScalar() is string term && term.StartsWith(start, StringComparison.Ordinal))
        {
            terms.Add(Quoted(term));
            if (terms.Count > MostEndings)
            {
                return $"{Quoted(word)} *";
            }

            from.Value = $"{term}\u0001"; // past every reward of that word, to the next
        }

        return terms.Count switch
        {
            0 => $"{Quoted(word)} *", // a script that folds otherwise than here: the index knows
            1 => terms[0],
            _ => $"({string.Join(" OR ", terms)})",
        };
    }

    /// <summary>As unicode61 folds it: without case and without accents.</summary>
    private static string Folded(string word) =>
        string.Concat(
                word.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            )
            .ToLowerInvariant();

    private static string Quoted(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<string> Single(string? term) => term is null ? [] : [term];
}
