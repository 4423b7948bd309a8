using System.CommandLine;
using Plum.Portal.Audit;
using Plum.Portal.Demonstration;
using Plum.Portal.Imports;
using Plum.Portal.Reports;

namespace Plum.Portal.Shared;

/// <summary>What operators do without a browser, in the same program: every command, on one page.</summary>
internal static class Commands
{
    private static IEnumerable<Command> All(IServiceProvider services) =>
        [
            MigrateCommand.Make(services),
            SeedCommand.Make(services),
            ImportCommand.Make(services),
            ReportCommand.Make(services),
            AuditCommand.Make(services),
        ];

    /// <summary>Whether the program was started to do something else than to serve.</summary>
    public static bool Wants(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?");

    /// <returns>The exit code: 0 done, 1 not done and why was said, 2 not understood, 130 interrupted.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Plum, the service desk for rewards. Without a command it serves the portal.");
        foreach (var command in All(services))
        {
            root.Add(command);
        }

        var help = new Command("help", "Lists the commands, or explains one.");
        var about = new Argument<string[]>("command") { Description = "The command to explain.", Arity = ArgumentArity.ZeroOrMore };
        help.Add(about);
        help.SetAction((parsed, ct) => root.Parse([.. parsed.GetValue(about) ?? [], "--help"]).InvokeAsync(Quiet(output, errors), ct));
        root.Add(help);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var why = parsed.UnmatchedTokens is [var unknown, ..] ? $"There is no '{unknown}'." : parsed.Errors[0].Message;
            await errors.WriteLineAsync($"plum: {why} Try 'help'.");
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(Quiet(output, errors));
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("plum: Interrupted.");
            return 130;
        }
#pragma warning disable CA1031 // the last line of defence: a person reads one line, the log has the rest
        catch (Exception e)
#pragma warning restore CA1031
        {
            await errors.WriteLineAsync($"plum: {OneLine(e)}");
            return 1;
        }
    }

    private static InvocationConfiguration Quiet(TextWriter output, TextWriter errors) =>
        new()
        {
            EnableDefaultExceptionHandler = false,
            Output = output,
            Error = errors,
        };

    /// <summary>The innermost reason, without its line breaks.</summary>
    private static string OneLine(Exception e) => (e.InnerException is { } inner ? OneLine(inner) : e.Message).ReplaceLineEndings(" ");
}
