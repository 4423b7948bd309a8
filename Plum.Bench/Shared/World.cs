using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Shared;
using Plum.Domain.Shared;

namespace Plum.Bench.Shared;

/// <summary>A seeded database of a size, with the domain services on it. Made once into the cache, then found there.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private World(string folder)
    {
        Folder = folder;
        Options = new DatabaseOptions(DatabaseProvider.Sqlite, DatabaseOptions.Sqlite(Path.Combine(folder, "plum.db")), folder);
        _services = new ServiceCollection()
            .AddLogging()
            .AddDataProtection()
            .Services.AddSingleton(TimeProvider.System)
            .AddPlumData(Options)
            .BuildServiceProvider();
    }

    public static Actor By { get; } = Actor.Job("Bench");

    public string Folder { get; }

    public DatabaseOptions Options { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Whatever database is there, or none yet.</summary>
    public static World At(string folder)
    {
        Directory.CreateDirectory(folder);
        return new World(folder);
    }

    public static async Task<World> OfAsync(string cache, int tickets)
    {
        var folder = Path.Combine(cache, tickets.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var made = Path.Combine(folder, "made");
        if (!File.Exists(made))
        {
            Directory.CreateDirectory(folder);
            Console.WriteLine($"Seeding {tickets:N0} tickets into {folder}");
            await SeedAsync(folder, tickets);
            await File.WriteAllTextAsync(made, "");
        }

        return new World(folder);
    }

    /// <summary>A copy that may be written to.</summary>
    public static async Task<World> CopyOfAsync(string cache, int tickets)
    {
        await using var original = await OfAsync(cache, tickets);
        var folder = Directory.CreateTempSubdirectory("plum-bench-").FullName;
        await using var from = original.Open();
        await using var to = new SqliteConnection(DatabaseOptions.Sqlite(Path.Combine(folder, "plum.db")));
        await to.OpenAsync();
        from.BackupDatabase(to);
        return new World(folder);
    }

    /// <summary>As the operator's command does it; in Development, for the accounts that the browser signs in with.</summary>
    public static async Task SeedAsync(string folder, int tickets)
    {
        using var seed = Portal(folder, "seed", "--tickets", $"{tickets}");
        await seed.WaitForExitAsync();
        if (seed.ExitCode != 0)
        {
            throw new InvalidOperationException($"The seed failed. Empty {folder}, then run it again.");
        }
    }

    /// <summary>
    /// The portal as it is run in earnest, but for the demonstration's accounts, which sign in in Development alone; what is static is cached as
    /// elsewhere.
    /// </summary>
    public static Process Serve(string folder, string address) => Portal(folder, "--urls", address);

    private static Process Portal(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Plum.Portal.dll"), .. args]);
        start.Environment["Data__Folder"] = folder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["EnableStaticAssetsDevelopmentCaching"] = "true";
        start.Environment["ReloadStaticAssetsAtRuntime"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        return Process.Start(start)!;
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(Options.ConnectionString);
        connection.Open();
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return _services.DisposeAsync();
    }
}
