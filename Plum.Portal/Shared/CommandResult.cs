using System.CommandLine;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

internal static class CommandResult
{
    /// <summary>Says what became of it: one line, and the exit code.</summary>
    public static int Tell(this ParseResult parsed, Outcome outcome, string done)
    {
        switch (outcome)
        {
            case Outcome.Done:
                parsed.InvocationConfiguration.Output.WriteLine(done);
                return 0;
            case Outcome.Refused(var why):
                return parsed.Fail(why.Message);
            default:
                return parsed.Fail("Somebody changed it meanwhile. Run the command again.");
        }
    }

    public static int Fail(this ParseResult parsed, string why)
    {
        parsed.InvocationConfiguration.Error.WriteLine($"plum: {why}");
        return 1;
    }
}
