using Plum.Data.Shared;

namespace Plum.Data.Audit;

/// <summary>What makes the audit append-only; used by a hand-written migration of each provider.</summary>
internal static class AuditTriggers
{
    private const string EntriesTable = "AuditEntries";
    private const string SealsTable = "AuditSeals";

    public static string Entries { get; } = AppendOnly.Trigger(EntriesTable);
    public static string Seals { get; } = AppendOnly.Trigger(SealsTable);

    public static IEnumerable<string> Sqlite() => [.. AppendOnly.Sqlite(EntriesTable), .. AppendOnly.Sqlite(SealsTable, "Position")];

    public static IEnumerable<string> SqlServer() => [.. AppendOnly.SqlServer(EntriesTable), .. AppendOnly.SqlServer(SealsTable)];
}
