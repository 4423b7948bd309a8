using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Plum.Data.Shared;

/// <summary>Which database, and where. Read from <c>Database:Provider</c>, <c>Database:ConnectionString</c> and <c>Data:Folder</c>.</summary>
/// <param name="DataFolder">Absolute; holds the embedded database, attachments and the audit's anchor.</param>
public sealed record DatabaseOptions(DatabaseProvider Provider, string ConnectionString, string DataFolder)
{
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["Data:Folder"] is { Length: > 0 } given ? given : "data");
        var provider = configuration["Database:Provider"] is { Length: > 0 } name ? name : nameof(DatabaseProvider.Sqlite);
        var connection = configuration["Database:ConnectionString"];

        return provider switch
        {
            nameof(DatabaseProvider.Sqlite) => new(
                DatabaseProvider.Sqlite,
                connection is { Length: > 0 } ? connection : Sqlite(Path.Combine(folder, "plum.db")),
                folder
            ),
            nameof(DatabaseProvider.SqlServer) when connection is { Length: > 0 } => new(DatabaseProvider.SqlServer, connection, folder),
            nameof(DatabaseProvider.SqlServer) => throw new InvalidOperationException(
                "Database:Provider is SqlServer; give Database:ConnectionString too."
            ),
            _ => throw new InvalidOperationException($"Database:Provider is '{provider}'. Use Sqlite or SqlServer."),
        };
    }

    public static string Sqlite(string file) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(file),
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
}

public enum DatabaseProvider
{
    Sqlite = 1,
    SqlServer = 2,
}
