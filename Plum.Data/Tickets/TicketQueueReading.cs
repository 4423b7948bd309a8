using System.Text;
using Microsoft.Data.Sqlite;
using Plum.Data.Shared;
using Plum.Domain.Tickets;
using SQLitePCL;

namespace Plum.Data.Tickets;

/// <summary>
/// Reads numbers and queue entries from SQLite by the hundred thousand. Through the provider's own interface: a data reader allocates
/// for each value, which at a million tickets is half of the time.
/// </summary>
internal static class TicketQueueReading
{
    private const string Columns = """
        Id, ClientId, ProgrammeId, OwnerId, BrandId, SupplierId, CategoryId, Disposition, Channel, Severity, WaitingOn, Level, Stage,
        CreatedAtUtc, UpdatedAtUtc, NextDueAtUtc, NextWarnAtUtc, IsSlaPaused, BreachedTargets
        """;

    public delegate void Taker(in TicketQueueEntry entry);

    /// <param name="since">Only those that changed after this place in the ring; all when null.</param>
    public static void Tickets(SqliteConnection connection, long? since, Taker take, CancellationToken ct)
    {
        var where = since is null ? "" : " WHERE Id IN (SELECT TicketId FROM TicketChanges WHERE Seq > ?1)";
        var words = new Words();
        Run(
            connection,
            $"SELECT {Columns} FROM Tickets{where}",
            statement => since is { } after ? raw.sqlite3_bind_int64(statement, 1, after) : raw.SQLITE_OK,
            statement =>
            {
                take(
                    new TicketQueueEntry
                    {
                        Id = raw.sqlite3_column_int64(statement, 0),
                        Client = Id(statement, 1)!.Value,
                        Programme = Id(statement, 2),
                        Owner = Id(statement, 3),
                        Brand = Id(statement, 4),
                        Supplier = Id(statement, 5),
                        Category = Id(statement, 6)!.Value,
                        Disposition = words.Text(statement, 7),
                        Channel = words.Read<IntakeChannel>(statement, 8),
                        Severity = words.Read<Severity>(statement, 9),
                        WaitingOn = words.Read<WaitingOn>(statement, 10),
                        Level = words.Read<SupportLevel>(statement, 11),
                        Stage = words.Read<Stage>(statement, 12),
                        Created = Ticks(statement, 13),
                        Updated = Ticks(statement, 14),
                        Due = Ticks(statement, 15),
                        Warn = Ticks(statement, 16),
                        IsPaused = raw.sqlite3_column_int(statement, 17) != 0,
                        WasBreached = raw.sqlite3_column_int(statement, 18) != (int)SlaTargets.None,
                    }
                );
            },
            ct
        );
    }

    /// <summary>The first column of each row, a whole number.</summary>
    /// <param name="values">Texts and numbers, for the query's ?1, ?2 ...</param>
    public static void Numbers(
        SqliteConnection connection,
        string sql,
        IReadOnlyList<object> values,
        Action<long> take,
        CancellationToken ct
    ) =>
        Run(
            connection,
            sql,
            statement =>
            {
                var code = raw.SQLITE_OK;
                for (var at = 0; at < values.Count && code == raw.SQLITE_OK; at++)
                {
                    code = values[at] switch
                    {
                        long number => raw.sqlite3_bind_int64(statement, at + 1, number),
                        Guid id => raw.sqlite3_bind_blob(statement, at + 1, SqliteKeys.ToBytes(id)),
                        var text => raw.sqlite3_bind_text(statement, at + 1, (string)text),
                    };
                }

                return code;
            },
            statement => take(raw.sqlite3_column_int64(statement, 0)),
            ct
        );

    /// <summary>The first column of each row, a text.</summary>
    public static void Texts(SqliteConnection connection, string sql, Action<string> take, CancellationToken ct) =>
        Run(connection, sql, _ => raw.SQLITE_OK, statement => take(raw.sqlite3_column_text(statement, 0).utf8_to_string()), ct);

    private static void Run(
        SqliteConnection connection,
        string sql,
        Func<sqlite3_stmt, int> bind,
        Action<sqlite3_stmt> take,
        CancellationToken ct
    )
    {
        var handle = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, sql, out var statement), handle);
        using (statement)
        {
            SqliteException.ThrowExceptionForRC(bind(statement), handle);
            var seen = 0;
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                take(statement);
                if ((++seen & 0xFFFF) == 0)
                {
                    ct.ThrowIfCancellationRequested();
                }
            }

            if (code != raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(code, handle);
            }
        }
    }

    private static Guid? Id(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_blob(statement, column) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true) : null;

    /// <summary>0 for NULL. The provider writes <c>2026-03-02 09:00:00</c>, with up to seven digits of a fraction where there is one.</summary>
    private static long Ticks(sqlite3_stmt statement, int column)
    {
        var text = raw.sqlite3_column_blob(statement, column);
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text.Length < 19)
        {
            throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is no instant.");
        }

        var ticks = new DateTime(
            Digits(text[..4]),
            Digits(text[5..7]),
            Digits(text[8..10]),
            Digits(text[11..13]),
            Digits(text[14..16]),
            Digits(text[17..19])
        ).Ticks;
        var scale = TimeSpan.TicksPerSecond / 10;
        for (var at = 20; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, scale /= 10)
        {
            ticks += (text[at] - '0') * scale;
        }

        return ticks;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    /// <summary>Words that come again and again, each made once.</summary>
    private sealed class Words
    {
        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
        private readonly Dictionary<(Type, string), object> _values = [];

        public string Text(sqlite3_stmt statement, int column)
        {
            var bytes = raw.sqlite3_column_blob(statement, column);
            Span<char> chars = stackalloc char[bytes.Length];
            var text = chars[..Encoding.UTF8.GetChars(bytes, chars)];
            var known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!known.TryGetValue(text, out var there))
            {
                known.Add(text);
                known.TryGetValue(text, out there);
            }

            return there!;
        }

        public T Read<T>(sqlite3_stmt statement, int column)
            where T : struct, Enum
        {
            var text = Text(statement, column);
            return Cache<T>.Of.TryGetValue(text, out var value)
                ? value
                : throw new InvalidOperationException($"'{text}' is no {typeof(T).Name}.");
        }

        private static class Cache<T>
            where T : struct, Enum
        {
            public static readonly Dictionary<string, T> Of = Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.Ordinal);
        }
    }
}
