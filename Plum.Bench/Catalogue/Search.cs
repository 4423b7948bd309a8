using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Plum.Bench.Shared;
using Plum.Data.Catalogue;
using Plum.Domain.Catalogue;

namespace Plum.Bench.Catalogue;

/// <summary>
/// The catalogue's page with text and two facets: its first fifty rewards, its total and the counts of all its facets; against the same rows
/// and the same samples read by hand.
/// </summary>
internal static class Search
{
    public static async Task MeasureAsync(string cache, int rewards, int runs)
    {
        await using var world = await Offered.WorldAsync(cache, rewards);
        var service = world.Get<RewardService>();
        await using var connection = world.Open();
        var asked = Offered.Questions(connection, Math.Max(runs, 20));
        var spelled = asked.ConvertAll(q => new Question(q.Filter, [.. q.Matches.Select(m => Spelled(connection, m))]));
        var kinds = new Dictionary<string, int>();
        var plum = await Runs.OfAsync(
            asked.Count,
            async run =>
            {
                var found = await service.ListAsync(new RewardListQuery(asked[run].Filter), World.By, default);
                var kind =
                    found.Total.Count == 0 ? "none"
                    : found.Total.IsAbout ? "estimated"
                    : "exact";
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            },
            warmUps: 10
        );
        var floor = await Runs.OfAsync(
            asked.Count,
            run =>
            {
                ByHand(connection, spelled[run]);
                return Task.CompletedTask;
            },
            warmUps: 10
        );
        Figures.Print("catalogue, text and two facets", rewards, plum, "p95 100 ms", floor: floor);
        Console.WriteLine(
            $"    floor p95 {floor.P95Ms.ToString("N2", CultureInfo.InvariantCulture)} ms; of the answers {string.Join(", ", kinds.Select(k => $"{k.Value} {k.Key}"))}; database {new FileInfo(Path.Combine(world.Folder, "plum.db")).Length >> 20:N0} MB"
        );

        var typed = await Runs.OfAsync(
            asked.Count,
            run => service.FindAsync(new RewardWanted(asked[run].Filter.Search), 10, World.By, default),
            warmUps: 10
        );
        Figures.Print("catalogue, picker by text alone", rewards, typed, "");
        var unnarrowed = await Runs.OfAsync(20, _ => service.ListAsync(new RewardListQuery(new()), World.By, default));
        Figures.Print("catalogue, the page as it opens", rewards, unnarrowed, "");
    }

    /// <summary>A prefix that the index has no list of, as all the words that begin so: the same as Plum asks, found before the clock runs.</summary>
    private static string Spelled(SqliteConnection connection, string match)
    {
        var at = match.LastIndexOf('"', match.Length - 4);
        var word = match[(at + 1)..^3];
        if (!match.EndsWith("\" *", StringComparison.Ordinal) || word.Length <= 3)
        {
            return match;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT term FROM RewardTerms WHERE term >= $from LIMIT 1";
        var from = command.Parameters.AddWithValue("$from", word);
        var terms = new List<string>();
        while (command.ExecuteScalar() is string term && term.StartsWith(word, StringComparison.Ordinal))
        {
            terms.Add($"\"{term}\"");
            from.Value = $"{term}\u0001";
        }

        return $"{match[..at]}({string.Join(" OR ", terms)})";
    }

    /// <summary>A page of fifty, and for the total and for each facet that is set the first two thousand and one that match.</summary>
    private static void ByHand(SqliteConnection connection, Question question)
    {
        const string Columns = "r.Number, r.Kind, r.Country, r.Currency, r.BrandId, r.SupplierId, r.DeliveryMinutes, r.ValueBands";
        foreach (var match in question.Matches)
        {
            Read(
                connection,
                $"SELECT {Columns} FROM RewardText t CROSS JOIN Rewards r INDEXED BY IX_Rewards_Number_Facets ON r.Number = t.rowid WHERE RewardText MATCH $match ORDER BY t.rowid LIMIT {RewardService.MostSorted + 1}",
                match
            );
        }

        Read(
            connection,
            "SELECT r.*, b.Name, s.Name FROM RewardText t CROSS JOIN Rewards r ON r.Number = t.rowid JOIN Brands b ON b.Id = r.BrandId JOIN Suppliers s ON s.Id = r.SupplierId WHERE RewardText MATCH $match ORDER BY t.rowid LIMIT 50",
            question.Matches[0]
        );
    }

    private static void Read(SqliteConnection connection, string sql, string match)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$match", match);
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }
    }
}

/// <param name="Matches">By hand: all of it, then without each of its facets.</param>
internal sealed record Question(RewardFilter Filter, IReadOnlyList<string> Matches);
