using Plum.Tests.Corrections;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Plum.Tests.Shared;

/// <summary>What xunit would generate, and before it the one mode in which this program is not the tests but what they kill.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) =>
        args is [KilledLives.Mode, ..] ? KilledLives.RunAsync(args[1..])
        : args.Any(a => a is "--server" or "--internal-msbuild-node")
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : ConsoleRunner.Run(args);
}
