using System.Globalization;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>
/// The text index of the catalogue on SQLite, and the triggers that keep it true whoever writes. RewardText holds one document a reward, under
/// its number: the words of its name, brand and code, and a token for each thing that it can be narrowed by. Tokens begin with a tilde, which no
/// word does. So words and facets are intersected in the index itself, in the order of the numbers.
/// </summary>
/// <remarks>
/// https://www.sqlite.org/fts5.html: contentless, as the text stands in Rewards; no positions (detail=none), so that phrases cannot be asked for;
/// prefixes of two and three letters have lists of their own. RewardTerms lists the words there are.
/// </remarks>
internal static class RewardTextSql
{
    public const string Index = "IX_Rewards_Number_Facets";

    private static readonly string Speed =
        "CASE "
        + string.Concat(DeliverySpeeds.MostMinutes.Select((most, at) => Invariant($"WHEN r.DeliveryMinutes <= {most} THEN {at} ")))
        + Invariant($"ELSE {DeliverySpeeds.MostMinutes.Count} END");

    private static readonly string Bands = string.Join(
        " || ",
        Enumerable.Range(0, ValueBands.Count).Select(band => Invariant($"iif(r.ValueBands & {1 << band}, ' ~v{band}', '')"))
    );

    private static readonly string Document = $"""
        INSERT INTO RewardText (rowid, Words)
        SELECT r.Number, replace(r.Name || ' ' || b.Name || ' ' || r.Code, '~', ' ') || ' ~k' || r.Kind || ' ~c' || r.Country || ' ~u' || r.Currency
            || ' ~b' || hex(r.BrandId) || ' ~s' || hex(r.SupplierId) || ' ~d' || {Speed} || {Bands} || ' ~a' || r.IsActive
        FROM Rewards r JOIN Brands b ON b.Id = r.BrandId
        """;

    public static readonly string[] Tables =
    [
        """
            CREATE VIRTUAL TABLE RewardText USING fts5(Words, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
                tokenize = "unicode61 remove_diacritics 2 tokenchars '~'")
            """,
        "CREATE VIRTUAL TABLE RewardTerms USING fts5vocab(RewardText, instance)",
    ];

    public static readonly string[] Create =
    [
        $"""
            CREATE TRIGGER Rewards_Text_Insert AFTER INSERT ON Rewards BEGIN
                {Document} WHERE r.Id = new.Id;
            END
            """,
        $"""
            CREATE TRIGGER Rewards_Text_Update AFTER UPDATE OF Name, SupplierId, DeliveryMinutes, ValueBands, IsActive ON Rewards BEGIN
                DELETE FROM RewardText WHERE rowid = old.Number;
                {Document} WHERE r.Id = new.Id;
            END
            """,
        """
            CREATE TRIGGER Rewards_Text_Delete AFTER DELETE ON Rewards BEGIN
                DELETE FROM RewardText WHERE rowid = old.Number;
            END
            """,
        $"""
            CREATE TRIGGER Brands_Text_Update AFTER UPDATE OF Name ON Brands WHEN new.Name <> old.Name BEGIN
                DELETE FROM RewardText WHERE rowid IN (SELECT Number FROM Rewards WHERE BrandId = new.Id);
                {Document} WHERE r.BrandId = new.Id ORDER BY r.Number;
            END
            """,
    ];

    public static readonly string[] Drop =
    [
        "DROP TRIGGER IF EXISTS Rewards_Text_Insert",
        "DROP TRIGGER IF EXISTS Rewards_Text_Update",
        "DROP TRIGGER IF EXISTS Rewards_Text_Delete",
        "DROP TRIGGER IF EXISTS Brands_Text_Update",
    ];

    /// <summary>
    /// The whole index anew, after a load with the triggers dropped; each statement a transaction of its own. In the order of the numbers: the
    /// index writes a piece of its own whenever the next number is lower than the last.
    /// </summary>
    public static IEnumerable<string> Fill(int pieces)
    {
        yield return "INSERT INTO RewardText (RewardText) VALUES ('delete-all')";
        var width = Reward.NumberLimit / pieces;
        for (var piece = 0; piece < pieces; piece++)
        {
            var to = piece == pieces - 1 ? Reward.NumberLimit : (piece + 1) * width;
            yield return Invariant(
                $"{Document.Replace("FROM Rewards r", $"FROM Rewards r INDEXED BY {Index}", StringComparison.Ordinal)} WHERE r.Number >= {piece * width} AND r.Number < {to} ORDER BY r.Number"
            );
        }

        yield return "INSERT INTO RewardText (RewardText) VALUES ('optimize')";
    }

    public static string Token(RewardKind kind) => $"~k{kind}";

    public static string Country(string code) => $"~c{code}";

    public static string Currency(string code) => $"~u{code}";

    public static string Brand(Guid id) => $"~b{id:N}";

    public static string Supplier(Guid id) => $"~s{id:N}";

    public static string Token(DeliverySpeed speed) => Invariant($"~d{(int)speed}");

    public static string Band(int band) => Invariant($"~v{band}");

    public static string Active(bool isActive) => isActive ? "~a1" : "~a0";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
