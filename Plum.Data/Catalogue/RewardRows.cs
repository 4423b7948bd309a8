using System.Text;
using Microsoft.Data.Sqlite;
using Plum.Domain.Catalogue;
using SQLitePCL;

namespace Plum.Data.Catalogue;

/// <summary>
/// Reads hits from SQLite by the thousand. Through the provider's own interface: a data reader allocates for each value, which is most of the
/// time that a search takes.
/// </summary>
internal static class RewardRows
{
    /// <param name="values">?1, ?2 and ?3; a null of the last two stands nowhere in the statement.</param>
    public static List<RewardHit> Read(
        SqliteConnection connection,
        string sql,
        (long After, string? Among, string? Match) values,
        RewardProgramme programme,
        int take,
        CancellationToken ct
    )
    {
        var handle = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, sql, out var statement), handle);
        using (statement)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(statement, 1, values.After), handle);
            Bind(2, values.Among);
            Bind(3, values.Match);
            var (hits, words, seen, code) = (new List<RewardHit>(), new Words(), 0, raw.SQLITE_OK);
            while (hits.Count < take && (code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                var hit = new RewardHit(
                    raw.sqlite3_column_int64(statement, 0),
                    words.Kind(raw.sqlite3_column_blob(statement, 1)),
                    words.Text(raw.sqlite3_column_blob(statement, 2)),
                    words.Text(raw.sqlite3_column_blob(statement, 3)),
                    new Guid(raw.sqlite3_column_blob(statement, 4), bigEndian: true),
                    new Guid(raw.sqlite3_column_blob(statement, 5), bigEndian: true),
                    raw.sqlite3_column_int(statement, 6),
                    raw.sqlite3_column_int(statement, 7)
                );
                if (programme.CannotGive(hit) is null)
                {
                    hits.Add(hit);
                }

                if ((++seen & 0xFF) == 0)
                {
                    ct.ThrowIfCancellationRequested();
                }
            }

            if (hits.Count < take && code != raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(code, handle);
            }

            return hits;

            void Bind(int place, string? text)
            {
                if (text is not null)
                {
                    SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(statement, place, text), handle);
                }
            }
        }
    }

    /// <summary>Words that come again and again, each made once.</summary>
    private sealed class Words
    {
        private static readonly Dictionary<string, RewardKind> Kinds = Enum.GetValues<RewardKind>().ToDictionary(k => k.ToString());

        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

        public RewardKind Kind(ReadOnlySpan<byte> bytes) => Kinds[Text(bytes)];

        public string Text(ReadOnlySpan<byte> bytes)
        {
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
    }
}
