namespace Plum.Data.Shared;

/// <summary>What makes a table append-only in the database itself; used by hand-written migrations of each provider.</summary>
internal static class AppendOnly
{
    /// <summary>For the model, which must know of it: SQL Server refuses OUTPUT on a table with triggers.</summary>
    public static string Trigger(string table) => $"{table}_AppendOnly";

    public static IEnumerable<string> Sqlite(string table, string key = "Id")
    {
        foreach (var verb in new[] { "UPDATE", "DELETE" })
        {
            yield return $"CREATE TRIGGER {Trigger(table)}_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";
        }

        // INSERT OR REPLACE would delete without firing the trigger above (recursive triggers are off).
        yield return $"CREATE TRIGGER {Trigger(table)}_REPLACE BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";
    }

    public static IEnumerable<string> SqlServer(string table) =>
        [$"CREATE TRIGGER [{Trigger(table)}] ON [{table}] INSTEAD OF UPDATE, DELETE AS THROW 51000, '{table} is append-only', 1;"];
}
