using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Tickets;

/// <summary>
/// What keeps the text index and the queue's index true on SQLite, whoever writes. TicketText holds one document a ticket: its subject,
/// what was said outward and inward, and the notes apart from both. TicketChanges is a ring of the tickets that changed last, from which
/// <see cref="TicketQueueIndex"/> catches up.
/// </summary>
/// <remarks>https://www.sqlite.org/fts5.html#contentless_delete_tables: the text itself is not stored a second time.</remarks>
internal static class TicketQueueTriggers
{
    /// <summary>Whoever is further behind than this reads all tickets again, which is then no slower.</summary>
    public const int Ring = 100_000;

    private const string Document = """
        INSERT INTO TicketText (rowid, Subject, Messages, Notes)
        SELECT t.Id, t.Subject,
            coalesce((SELECT group_concat(m.Body, char(10)) FROM TicketMessages m WHERE m.TicketId = t.Id AND m.Kind <> 'Note'), ''),
            coalesce((SELECT group_concat(m.Body, char(10)) FROM TicketMessages m WHERE m.TicketId = t.Id AND m.Kind = 'Note'), '')
        FROM Tickets t
        """;

    private const string Empty = "INSERT INTO TicketText (TicketText) VALUES ('delete-all')";

    private static readonly string[] Whole =
    [
        "INSERT INTO TicketText (TicketText) VALUES ('optimize')",
        $"INSERT INTO TicketChanges (Seq, TicketId) SELECT coalesce(max(Seq), 0) + {Ring} + 1, 0 FROM TicketChanges",
        "DELETE FROM TicketChanges WHERE Seq < (SELECT max(Seq) FROM TicketChanges)",
    ];

    public static readonly string[] Tables =
    [
        """
            CREATE VIRTUAL TABLE TicketText USING fts5(Subject, Messages, Notes, content = '', contentless_delete = 1,
                prefix = '2 3', tokenize = "unicode61 remove_diacritics 2")
            """,
        "CREATE TABLE TicketChanges (Seq INTEGER PRIMARY KEY, TicketId INTEGER NOT NULL)",
    ];

    public static readonly string[] Create =
    [
        $"""
            CREATE TRIGGER Tickets_Queue_Insert AFTER INSERT ON Tickets BEGIN
                INSERT INTO TicketText (rowid, Subject, Messages, Notes) VALUES (new.Id, new.Subject, '', '');
                {Changed("new.Id")}
            END
            """,
        $"""
            CREATE TRIGGER Tickets_Queue_Update AFTER UPDATE ON Tickets BEGIN
                {Changed("new.Id")}
            END
            """,
        $"""
            CREATE TRIGGER Tickets_Text_Update AFTER UPDATE OF Subject ON Tickets WHEN new.Subject <> old.Subject BEGIN
                DELETE FROM TicketText WHERE rowid = new.Id;
                {Document} WHERE t.Id = new.Id;
            END
            """,
        $"""
            CREATE TRIGGER Tickets_Queue_Delete AFTER DELETE ON Tickets BEGIN
                DELETE FROM TicketText WHERE rowid = old.Id;
                {Changed("old.Id")}
            END
            """,
        Message("Insert", "INSERT", "new"),
        Message("Update", "UPDATE OF Body, Kind, TicketId", "new"),
        Message("Delete", "DELETE", "old"),
    ];

    public static readonly string[] Drop =
    [
        "DROP TRIGGER IF EXISTS Tickets_Queue_Insert",
        "DROP TRIGGER IF EXISTS Tickets_Queue_Update",
        "DROP TRIGGER IF EXISTS Tickets_Text_Update",
        "DROP TRIGGER IF EXISTS Tickets_Queue_Delete",
        "DROP TRIGGER IF EXISTS TicketMessages_Text_Insert",
        "DROP TRIGGER IF EXISTS TicketMessages_Text_Update",
        "DROP TRIGGER IF EXISTS TicketMessages_Text_Delete",
    ];

    /// <summary>After a load with the triggers dropped: the text index anew, and a gap in the ring so that everybody reads all tickets again.</summary>
    public static readonly string[] Fill = [Empty, Document, .. Whole];

    /// <summary>The same for very many tickets, to be run outside a transaction: a log that holds the whole index slows every read of it.</summary>
    public static IEnumerable<string> FillInPieces(long first, long last)
    {
        const int piece = 50_000;
        yield return Empty;
        for (; first <= last; first += piece)
        {
            yield return $"{Document} WHERE t.Id BETWEEN {first} AND {Math.Min(last, first + piece - 1)}";
        }

        foreach (var statement in Whole)
        {
            yield return statement;
        }
    }

    /// <summary>After a load of some new tickets, their numbers in a row, with the triggers dropped: those alone.</summary>
    public static string[] FillNew(long first, long last) =>
        [
            $"{Document} WHERE t.Id BETWEEN {first} AND {last}",
            $"INSERT INTO TicketChanges (TicketId) SELECT Id FROM Tickets WHERE Id BETWEEN {first} AND {last}",
            $"DELETE FROM TicketChanges WHERE Seq <= (SELECT max(Seq) FROM TicketChanges) - {Ring}",
        ];

    /// <summary>On SQLite: a load drops the triggers, which would index each ticket's text anew with each message, and fills the index itself.</summary>
    public static async Task RunAsync(PlumDbContext db, IEnumerable<string> statements, CancellationToken ct)
    {
        if (db.Database.IsSqlite())
        {
            foreach (var statement in statements)
            {
                await db.Database.ExecuteSqlRawAsync(statement, ct);
            }
        }
    }

    private static string Changed(string ticketId) =>
        $"""
            INSERT INTO TicketChanges (TicketId) VALUES ({ticketId});
            DELETE FROM TicketChanges WHERE Seq <= last_insert_rowid() - {Ring};
            """;

    private static string Message(string name, string on, string row) =>
        $"""
            CREATE TRIGGER TicketMessages_Text_{name} AFTER {on} ON TicketMessages BEGIN
                DELETE FROM TicketText WHERE rowid = {row}.TicketId;
                {Document} WHERE t.Id = {row}.TicketId;
                {Changed($"{row}.TicketId")}
            END
            """;
}
