using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plum.Data.Shared;

/// <summary>
/// What SQLite keeps per connection. FULL: with a write-ahead log NORMAL survives a killed process, not a power cut, and this is money.
/// See https://www.sqlite.org/pragma.html#pragma_synchronous. BUSY_TIMEOUT: a writer looks again after one to a hundred milliseconds whether
/// the database is free, where the driver by itself sleeps 150 each time.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Text =
        "PRAGMA busy_timeout = 1000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;";

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
