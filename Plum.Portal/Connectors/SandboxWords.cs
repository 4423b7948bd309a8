using Plum.Domain.Connectors;
using Plum.Portal.Shared;

namespace Plum.Portal.Connectors;

public static class SandboxWords
{
    public const string Page = "/sandbox/supplier";

    public static string Of(SandboxBehaviour behaviour) =>
        behaviour switch
        {
            SandboxBehaviour.Fulfil => "Fulfils at once",
            SandboxBehaviour.OutOfStock => "Is out of stock",
            SandboxBehaviour.NoFunds => "Finds our account too low",
            SandboxBehaviour.Delayed => "Takes the order, and is ready 15 minutes later",
            SandboxBehaviour.Cancelled => "Takes the order, and cancels it by itself",
            SandboxBehaviour.TimedOut => "Does it, and its answer is lost",
            SandboxBehaviour.Lost => "Does nothing, and gives no answer",
            SandboxBehaviour.Partial => "Has half of the pieces",
            SandboxBehaviour.RateLimited => "Wants to be asked a minute later",
            SandboxBehaviour.RefundFails => "Cancels when asked, and keeps the money",
            SandboxBehaviour.BadlySigned => "Fulfils, and signs its webhooks badly",
            _ => throw new ArgumentOutOfRangeException(nameof(behaviour), behaviour, message: null),
        };

    public static string Of(SandboxState state) =>
        state switch
        {
            SandboxState.Processing => "Processing",
            SandboxState.Fulfilled => "Fulfilled",
            SandboxState.Partial => "In part",
            SandboxState.Redeemed => "Redeemed",
            _ => "Cancelled",
        };

    public static Meaning MeaningOf(SandboxState state) =>
        state switch
        {
            SandboxState.Processing => Meaning.Info,
            SandboxState.Fulfilled => Meaning.Good,
            SandboxState.Partial => Meaning.Warn,
            _ => Meaning.None,
        };
}
