using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Plum.Data.Shared;

namespace Plum.Tests.Shared;

/// <summary>
/// The statements that EF Core sends to one embedded database while this is watched, and how SQLite would go about each:
/// <see href="https://www.sqlite.org/eqp.html">EXPLAIN QUERY PLAN</see>.
/// </summary>
internal sealed partial class StatementPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _connection;
    private readonly ConcurrentDictionary<string, bool> _statements = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];

    private StatementPlans(string connection) => _connection = connection;

    public static StatementPlans Watch(DatabaseOptions database)
    {
        var plans = new StatementPlans(database.ConnectionString);
        plans._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(plans));
        return plans;
    }

    /// <summary>The statements that read one of the tables, or one of its indexes, from end to end, each with its plan; empty when none does.</summary>
    public async Task<string> ScansOfAsync(params string[] tables)
    {
        Assert.NotEmpty(_statements);
        await using var connection = new SqliteConnection(_connection);
        await connection.OpenAsync();
        Assert.Equal(tables.Order(StringComparer.Ordinal), (await TablesAsync(connection)).Where(tables.Contains));
        var scans = new List<string>();
        foreach (var statement in _statements.Keys.Where(s => Explained().IsMatch(s)))
        {
            var aliases = Aliases()
                .Matches(statement)
                .Where(m => tables.Contains(m.Groups["table"].Value, StringComparer.Ordinal))
                .SelectMany(m => new[] { m.Groups["alias"].Value, m.Groups["table"].Value })
                .ToHashSet(StringComparer.Ordinal);
            var plan = await PlanAsync(connection, statement);
            if (plan.Any(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && aliases.Contains(step.Split(' ')[1])))
            {
                scans.Add($"{statement}\n  {string.Join("\n  ", plan)}");
            }
        }

        return string.Join("\n\n", scans);
    }

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
            value.Key == RelationalEventId.CommandExecuting.Name
            && value.Value is CommandEventData { Command: DbCommand command }
            && command.Connection?.ConnectionString == _connection
        )
        {
            _statements.TryAdd(command.CommandText, true);
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

    private static async Task<List<string>> TablesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task<List<string>> PlanAsync(SqliteConnection connection, string statement)
    {
        var plan = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement}";
        foreach (var name in Parameters().Matches(statement).Select(m => m.Value).Distinct(StringComparer.Ordinal))
        {
            command.Parameters.AddWithValue(name, DBNull.Value);
        }

        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                plan.Add(reader.GetString(3));
            }
        } while (await reader.NextResultAsync());

        return plan;
    }

    /// <summary>Of a batch of inserts and updates by key nothing is asked, nor of what EF Core knows to find nothing.</summary>
    [GeneratedRegex(@"^\s*(?:SELECT|UPDATE|DELETE|WITH)\b(?!.*;\s*\S)(?!.*^WHERE 0$)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Explained();

    [GeneratedRegex(
        """
            "(?<table>\w+)" AS "(?<alias>\w+)"
            """
    )]
    private static partial Regex Aliases();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameters();
}
