namespace Plum.Data.Audit;

/// <summary>What makes the audit append-only in the database itself; used by a hand-written migration of each provider.</summary>
internal static class AuditTriggers
{
    public const string Entries = "AuditEntries_AppendOnly";
    public const string Seals = "AuditSeals_AppendOnly";

    public static IEnumerable<string> Sqlite()
    {
        foreach (var (name, table) in new[] { (Entries, "AuditEntries"), (Seals, "AuditSeals") })
        {
            foreach (var verb in new[] { "UPDATE", "DELETE" })
            {
                yield return $"CREATE TRIGGER {name}_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";
            }

            // INSERT OR REPLACE would delete without firing the trigger above (recursive triggers are off).
            var key = table == "AuditEntries" ? "Id" : "Position";
            yield return $"CREATE TRIGGER {name}_REPLACE BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";
        }
    }

    public static IEnumerable<string> SqlServer()
    {
        foreach (var (name, table) in new[] { (Entries, "AuditEntries"), (Seals, "AuditSeals") })
        {
            yield return $"CREATE TRIGGER [{name}] ON [{table}] INSTEAD OF UPDATE, DELETE AS THROW 51000, '{table} is append-only', 1;";
        }
    }
}
