using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plum.Data.Shared;

/// <summary>
/// What SQLite keeps per connection. FULL: with a write-ahead log NORMAL survives a killed process, not a power cut, and this is money.
/// See https://www.sqlite.org/pragma.html#pragma_synchronous.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Text =
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Text;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
