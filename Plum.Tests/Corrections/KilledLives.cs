using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Plum.Tests.Allocations;
using Plum.Tests.Deliveries;

namespace Plum.Tests.Corrections;

/// <summary>
/// The program behind <see cref="KilledProcess"/>. A new process needs seconds before its code is compiled, and would be killed there nearly each
/// time; so one warms up on a copy, and forks: each life is a process of its own that starts in the midst of its work.
/// </summary>
/// <remarks>
/// A fork has the one thread that forked. That is enough for work that completes on the thread that began it, as all does on SQLite; whoever waits for
/// another thread is told. The runtime must be started with <see cref="Environment"/>.
/// </remarks>
internal static class KilledLives
{
    public const string Mode = "--killed-lives";
    public const string Finish = "finish";
    private const int WarmingSteps = 120;
    private const int Sigkill = 9;

    /// <summary>
    /// Code that is compiled goes to memory of the process's own (with W^X it is shared with the forks); no thread compiles, collects or listens in
    /// the background, that might hold a lock at the fork.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
    };

    /// <param name="args">
    /// Which work, the file of the plan, then that of the copy to warm up on; or which work, the file of the plan, <see cref="Finish"/>, and minutes
    /// after its start.
    /// </param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [_, _, Finish, var minutes])
        {
            using var last = await OpenAsync(args[0], args[1]);
            last.Begin(seed: 0, Minutes(minutes));
            await last.FinishAsync();
            return 0;
        }

        using (var warm = await OpenAsync(args[0], args[2]))
        {
            warm.Begin(seed: 1, TimeSpan.Zero);
            for (var step = 0; step < WarmingSteps; step++)
            {
                Complete(warm.StepAsync());
            }
        }

        using var work = await OpenAsync(args[0], args[1]);
        SqliteConnection.ClearAllPools(); // no connection lives through a fork: https://www.sqlite.org/howtocorrupt.html#_carrying_an_open_database_connection_across_a_fork_
        KilledDesk.Say("ready");
        while (Console.In.ReadLine() is { } line)
        {
            var life = fork();
            if (life == 0)
            {
                Live(work, line.Split(' '));
                _exit(1);
            }

            if (life < 0)
            {
                throw new InvalidOperationException("There is no fork.");
            }

            Console.In.ReadLine();
            _ = kill(life, Sigkill);
            _ = waitpid(life, out var status, 0);
            KilledDesk.Say($"dead {status & 0x7f}"); // by which signal
        }

        return 0;
    }

    /// <summary>Until it is killed.</summary>
    private static void Live(IKilledWork work, string[] how)
    {
        try
        {
            work.Begin(int.Parse(how[0], CultureInfo.InvariantCulture), Minutes(how[1]));
            while (true)
            {
                Complete(work.StepAsync());
            }
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e);
        }
    }

    private static void Complete(Task step)
    {
        if (!step.IsCompleted)
        {
            throw new InvalidOperationException("Something waits for another thread.");
        }

        step.GetAwaiter().GetResult();
    }

    private static async Task<IKilledWork> OpenAsync(string work, string file)
    {
        var plan = await File.ReadAllTextAsync(file);
        return work switch
        {
            KilledDesk.Name => new KilledDesk(JsonSerializer.Deserialize<KilledDesk.Plan>(plan)!),
            KilledFiles.Name => new KilledFiles(JsonSerializer.Deserialize<KilledFiles.Plan>(plan)!),
            KilledSender.Name => new KilledSender(JsonSerializer.Deserialize<KilledSender.Plan>(plan)!),
            _ => throw new ArgumentOutOfRangeException(nameof(work), work, message: null),
        };
    }

    private static TimeSpan Minutes(string text) => TimeSpan.FromMinutes(int.Parse(text, CultureInfo.InvariantCulture));

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fork();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int waitpid(int process, out int status, int options);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void _exit(int status);
}

/// <summary>What goes on in a process that is killed.</summary>
internal interface IKilledWork : IDisposable
{
    /// <summary>Another life: other choices, at a later time.</summary>
    void Begin(int seed, TimeSpan after);

    Task StepAsync();

    /// <summary>Time leaps to whatever is due next, until nothing is.</summary>
    Task FinishAsync();
}
