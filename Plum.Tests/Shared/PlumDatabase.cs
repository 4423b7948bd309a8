using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plum.Data.Shared;
using Plum.Domain.Connectors;
using Plum.Tests.Corrections;

namespace Plum.Tests.Shared;

/// <summary>A migrated database of its own for one test, a real file on SQLite, and the clock and services that work on it.</summary>
public sealed partial class PlumDatabase : IDbContextFactory<PlumDbContext>, IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("plum-test-").FullName;
    private readonly ServiceProvider _services;

    private PlumDatabase(DatabaseProvider provider, Func<string, string> connection)
    {
        Options = new DatabaseOptions(provider, connection(_folder), _folder);
        _services = new ServiceCollection()
            .AddLogging()
            .AddDataProtection()
            .Services.AddSingleton<TimeProvider>(Clock)
            .AddPlumData(Options)
            .AddSingleton(new SupplierGateways([FakeSupplier], new SupplierRoutes()))
            .BuildServiceProvider();
    }

    public DatabaseOptions Options { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)); // a Monday

    /// <summary>Whom every order is placed with.</summary>
    public FakeSupplier FakeSupplier { get; } = new();

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>A domain service, wired as in production.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<PlumDatabase> CreateAsync(string provider = "Sqlite")
    {
        if (provider == "Sqlite")
        {
            var template = await Template.Value;
            return new PlumDatabase(
                DatabaseProvider.Sqlite,
                folder =>
                {
                    var file = Path.Combine(folder, "plum.db");
                    File.Copy(template, file);
                    return DatabaseOptions.Sqlite(file);
                }
            );
        }

        var target = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(EachDatabaseAttribute.SqlServerVariable))
        {
            InitialCatalog = $"plum_{Guid.NewGuid():n}",
        };
        var database = new PlumDatabase(DatabaseProvider.SqlServer, _ => target.ConnectionString);
        await using var db = database.Peek();
        await db.Database.MigrateAsync();
        return database;
    }

    /// <summary>For the code under test: guarded as in production.</summary>
    public PlumDbContext CreateDbContext() => Get<IDbContextFactory<PlumDbContext>>().CreateDbContext();

    /// <summary>For the test itself, to arrange and to look: not guarded.</summary>
    public PlumDbContext Peek() =>
        Options.Provider == DatabaseProvider.Sqlite
            ? new SqlitePlumDbContext(new DbContextOptionsBuilder<SqlitePlumDbContext>().UseSqlite(Options.ConnectionString).Options)
            : new SqlServerPlumDbContext(
                new DbContextOptionsBuilder<SqlServerPlumDbContext>().UseSqlServer(Options.ConnectionString).Options
            );

    public async ValueTask DisposeAsync()
    {
        if (Options.Provider == DatabaseProvider.SqlServer)
        {
            await using var db = Peek();
            await db.Database.EnsureDeletedAsync();
        }

        await _services.DisposeAsync();
        using (
            var connection = new SqliteConnection(
                Options.Provider == DatabaseProvider.Sqlite ? Options.ConnectionString : "Data Source=:memory:"
            )
        )
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Migrating takes a second; copying the migrated file takes none.</summary>
    private static async Task<string> MakeTemplateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("plum-template-").FullName, "plum.db");
        var connection = DatabaseOptions.Sqlite(file);
        await using (var db = new SqlitePlumDbContext(new DbContextOptionsBuilder<SqlitePlumDbContext>().UseSqlite(connection).Options))
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using var pooled = new SqliteConnection(connection);
        SqliteConnection.ClearPool(pooled);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return file;
    }
}
