using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Plum.Data.Shared;

namespace Plum.Tests.Shared;

/// <summary>
/// While it lives, one embedded database finds no more room on its disk than was said, and answers as SQLite does then (SQLITE_FULL). Every connection
/// has its own limit, so each is told when it is opened.
/// </summary>
internal sealed class FullDisk : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const long NoLimit = 4_294_967_294; // https://www.sqlite.org/pragma.html#pragma_max_page_count

    private readonly string _connection;
    private readonly List<IDisposable> _subscriptions = [];
    private long _most;

    private FullDisk(string connection) => _connection = connection;

    /// <param name="freeBytes">How much the database may still grow.</param>
    public static FullDisk Of(DatabaseOptions database, long freeBytes)
    {
        using var connection = new SqliteConnection(database.ConnectionString);
        connection.Open();
        var disk = new FullDisk(database.ConnectionString)
        {
            _most = Ask(connection, "PRAGMA page_count") + (freeBytes / Ask(connection, "PRAGMA page_size")),
        };
        disk._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(disk));
        return disk;
    }

    /// <summary>Somebody made room.</summary>
    public void MakeRoom() => _most = NoLimit;

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Key == RelationalEventId.ConnectionOpened.Name
            && value.Value is ConnectionEventData { Connection: SqliteConnection connection }
            && connection.ConnectionString == _connection
        )
        {
            Ask(connection, $"PRAGMA max_page_count = {_most}");
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private static long Ask(SqliteConnection connection, string what)
    {
        using var command = connection.CreateCommand();
        command.CommandText = what;
        return (long)command.ExecuteScalar()!;
    }
}
