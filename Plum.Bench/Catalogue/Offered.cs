using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Bench.Shared;
using Plum.Data.Catalogue;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Bench.Catalogue;

/// <summary>A catalogue of a size: rewards of five thousand brands in a hundred and twenty countries from a dozen suppliers.</summary>
internal static class Offered
{
    private const int Brands = 5_000;
    private const int Suppliers = 12;
    private const string Indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Rewards' AND sql IS NOT NULL";

    private static readonly string[] Starts =
    [
        "Ama",
        "Bram",
        "Cor",
        "Del",
        "Eva",
        "Fjo",
        "Gran",
        "Hel",
        "Isa",
        "Jun",
        "Kes",
        "Lum",
        "Mar",
        "Nor",
        "Oli",
        "Pri",
        "Qua",
        "Riv",
        "Sol",
        "Tam",
    ];
    private static readonly string[] Ends =
    [
        "zon",
        "ble",
        "dal",
        "ta",
        "vere",
        "rd",
        "ico",
        "ia",
        "bel",
        "per",
        "tro",
        "ina",
        "mont",
        "wick",
        "gate",
        "field",
        "stone",
        "well",
        "ford",
        "haven",
    ];
    private static readonly string[] Things =
    [
        "gift card",
        "voucher",
        "dinner",
        "spa day",
        "balloon flight",
        "headphones",
        "kettle",
        "wallet",
        "music",
        "magazine",
        "coffee",
        "cinema",
        "hotel night",
        "fuel card",
        "sneakers",
        "backpack",
    ];
    private static readonly string[] Looks =
    [
        "classic",
        "premium",
        "family",
        "weekend",
        "digital",
        "limited",
        "green",
        "travel",
        "home",
        "sport",
        "kids",
        "deluxe",
    ];
    private static readonly string[] Kinds =
    [
        "GiftCard",
        "GiftCard",
        "GiftCard",
        "GiftCard",
        "Experience",
        "Merchandise",
        "Merchandise",
        "PrepaidWallet",
        "Subscription",
    ];
    private static readonly int[] Minutes = [0, 0, 0, 30, 600, 2 * 1440, 5 * 1440, 20 * 1440];
    private static readonly string[] Money = ["EUR", "USD", "GBP", "INR", "JPY", "BRL", "AUD", "CAD", "CHF", "PLN"];

    private static readonly string[] Countries =
    [
        .. Enumerable.Range(0, 120).Select(n => $"{(char)('A' + (n / 10))}{(char)('A' + (n * 7 % 26))}").Distinct(),
        .. Enumerable.Range(0, 10).Select(n => $"Z{(char)('A' + n)}"),
    ];

    public static async Task<World> WorldAsync(string cache, int rewards)
    {
        var folder = Path.Combine(cache, string.Create(CultureInfo.InvariantCulture, $"catalogue-{rewards}"));
        var world = World.At(folder);
        var made = Path.Combine(folder, "made");
        if (!File.Exists(made))
        {
            Console.WriteLine($"Offering {rewards:N0} rewards in {folder}");
            Directory.CreateDirectory(folder);
            await using (var db = await world.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync())
            {
                await db.Database.MigrateAsync();
            }

            Load(world, rewards);
            await File.WriteAllTextAsync(made, "");
        }

        return world;
    }

    /// <summary>Of a brand or a thing, whole or as far as it is typed, some of two words; each with two facets.</summary>
    public static List<Question> Questions(SqliteConnection connection, int count)
    {
        var dice = new Random(11);
        var (brands, suppliers) = (Keys(connection, "Brands"), Keys(connection, "Suppliers"));
        var questions = new List<Question>();
        while (questions.Count < count)
        {
            var brand = Name(dice.Next(Brands)).ToLowerInvariant();
            string[] texts =
            [
                brand,
                brand[..4],
                "gift",
                "gift card",
                "vouch",
                $"{brand.Split(' ')[0]} card",
                "premium din",
                "spa d",
                "wee",
                Looks[dice.Next(Looks.Length)],
            ];
            var text = texts[questions.Count % texts.Length];
            var (country, kind) = (Countries[dice.Next(Countries.Length)], Enum.Parse<RewardKind>(Kinds[dice.Next(Kinds.Length)]));
            var (supplier, band) = (suppliers[dice.Next(suppliers.Count)], dice.Next(ValueBands.Count - 2));
            (RewardFilter Filter, string One, string Two)[] pairs =
            [
                (new(Country: country, Kind: kind), $"~c{country}", $"~k{kind}"),
                (new(Country: country, SupplierId: supplier), $"~c{country}", $"~s{supplier:N}"),
                (new(Kind: kind, Speed: DeliverySpeed.AtOnce), $"~k{kind}", "~d0"),
                (new(Currency: "EUR", Band: band), "~uEUR", $"~v{band}"),
                (new(BrandId: brands[dice.Next(brands.Count)], Kind: kind), "", $"~k{kind}"),
            ];
            var (filter, one, two) = pairs[questions.Count % pairs.Length];
            one = filter.BrandId is { } chosen ? $"~b{chosen:N}" : one;
            var words = text.Split(' ');
            var match = string.Join(" AND ", words.Select((w, at) => at == words.Length - 1 ? $"\"{w}\" *" : $"\"{w}\""));
            questions.Add(
                new Question(
                    filter with
                    {
                        Search = text,
                    },
                    [$"\"{one}\" AND \"{two}\" AND {match}", $"\"{one}\" AND {match}", $"\"{two}\" AND {match}"]
                )
            );
        }

        return questions;
    }

    private static string Name(int brand) =>
        $"{Starts[brand % 20]}{Ends[brand / 20 % 20]}{(brand >= 400 ? $" {Starts[brand / 400]}{Ends[brand % 7]}" : "")}";

    private static List<Guid> Keys(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a name of this class
        command.CommandText = $"SELECT Id FROM {table}";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var keys = new List<Guid>();
        while (reader.Read())
        {
            keys.Add(new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true));
        }

        return keys;
    }

    private static void Load(World world, int rewards)
    {
        using var connection = world.Open();
        foreach (var pragma in (string[])["synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000", "temp_store = FILE"])
        {
            Do(connection, $"PRAGMA {pragma}");
        }

        var indexes = new List<(string Name, string Sql)>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = Indexes;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                indexes.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        indexes.ForEach(i => Do(connection, $"DROP INDEX \"{i.Name}\""));
        foreach (var drop in RewardTextSql.Drop)
        {
            Do(connection, drop);
        }

        var brands = Parties(connection, "Brands", Brands, Name);
        var suppliers = Parties(connection, "Suppliers", Suppliers, n => $"Supplier {n}");
        Rewards(connection, rewards, brands, suppliers);
        indexes.ForEach(i => Do(connection, i.Sql));
        foreach (var fill in RewardTextSql.Fill(Math.Max(1, rewards / 100_000)).Concat(RewardTextSql.Create))
        {
            Do(connection, fill);
        }

        Do(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Do(connection, "ANALYZE");
    }

    private static List<byte[]> Parties(SqliteConnection connection, string table, int count, Func<int, string> name)
    {
        var keys = new List<byte[]>();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a name of this class
        command.CommandText =
            table == "Brands"
                ? "INSERT INTO Brands (Id, Name, IsActive, Version) VALUES ($id, $name || $n, 1, 0)"
                : "INSERT INTO Suppliers (Id, Name, Code, IsActive, Version) VALUES ($id, $name, 'S' || $n, 1, 0)";
#pragma warning restore CA2100
        var (id, called, number) = (
            command.Parameters.AddWithValue("$id", ""),
            command.Parameters.AddWithValue("$name", ""),
            command.Parameters.AddWithValue("$n", 0)
        );
        for (var n = 0; n < count; n++)
        {
            var key = Guid.CreateVersion7().ToByteArray(bigEndian: true);
            (id.Value, called.Value, number.Value) = (key, name(n), table == "Brands" ? $" {n % 13}" : $"{n}");
            if (table == "Brands" && n >= 400)
            {
                called.Value = $"{name(n)} {n}";
            }

            command.ExecuteNonQuery();
            keys.Add(key);
        }

        transaction.Commit();
        return keys;
    }

    private static void Rewards(SqliteConnection connection, int rewards, List<byte[]> brands, List<byte[]> suppliers)
    {
        var dice = new Random(7);
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO Rewards (Id, BrandId, SupplierId, Code, Name, Kind, Country, Currency, Denominations, MinValue, MaxValue, ValueBands, DeliveryMinutes, SupplierProductId, Number, IsActive, Version)
            VALUES ($id, $brand, $supplier, $code, $name, $kind, $country, $currency, '[]', $min, $max, $bands, $minutes, $code, $number, 1, 0)
            """;
        string[] names =
        [
            "$id",
            "$brand",
            "$supplier",
            "$code",
            "$name",
            "$kind",
            "$country",
            "$currency",
            "$min",
            "$max",
            "$bands",
            "$minutes",
            "$number",
        ];
        var p = names.ToDictionary(n => n, n => command.Parameters.AddWithValue(n, ""));
        command.Prepare();
        for (var n = 0; n < rewards; )
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var end = Math.Min(rewards, n + 200_000); n < end; n++)
            {
                // Large brands and countries have most of the rewards, as elsewhere.
                var brand = (int)(Brands * Math.Pow(dice.NextDouble(), 2));
                var country = (int)(Countries.Length * Math.Pow(dice.NextDouble(), 1.6));
                var currency = Money[country % 3 == 0 ? 0 : country % Money.Length];
                var min = 500L << dice.Next(8);
                var max = min << dice.Next(4);
                p["$id"].Value = Guid.CreateVersion7().ToByteArray(bigEndian: true);
                p["$brand"].Value = brands[brand];
                p["$supplier"].Value = suppliers[dice.Next(Suppliers)];
                p["$code"].Value = string.Create(CultureInfo.InvariantCulture, $"R-{n:D8}");
                p["$name"].Value = $"{Name(brand)} {Things[dice.Next(Things.Length)]} {Looks[dice.Next(Looks.Length)]}";
                p["$kind"].Value = Kinds[dice.Next(Kinds.Length)];
                p["$country"].Value = Countries[country];
                p["$currency"].Value = currency;
                p["$min"].Value = min;
                p["$max"].Value = max;
                p["$bands"].Value = ValueBands.Of([], min, max, currency);
                p["$minutes"].Value = Minutes[dice.Next(Minutes.Length)];
                // Each once, and in no order: a step that is prime to the limit.
                p["$number"].Value = (long)((UInt128)(n + 1) * 40_503_184_261 % (ulong)Reward.NumberLimit);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    private static void Do(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // of the schema, or written here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
