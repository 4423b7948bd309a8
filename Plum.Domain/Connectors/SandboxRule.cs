using Plum.Domain.Shared;

namespace Plum.Domain.Connectors;

/// <summary>How the sandbox treats one order, by our reference, or (<see cref="Everything"/>) every order that has no rule of its own.</summary>
public sealed class SandboxRule : IVersioned
{
    public const string Everything = "*";
    public const int LongestWindowHours = 24 * 365;

    private SandboxRule() { } // EF Core

    public long Id { get; private init; }
    public string Reference { get; private init; } = "";
    public SandboxBehaviour Behaviour { get; private set; }

    /// <summary>How long after it was placed an order can be cancelled; null for as long as nobody redeemed it.</summary>
    public int? CancelWithinHours { get; private set; }

    /// <summary>Of what was charged, kept by the supplier when an order is cancelled: 0 to 100.</summary>
    public int FeePercent { get; private set; }
    public int Version { get; private set; }

    /// <summary>What holds where nobody has said anything.</summary>
    public static SandboxRule Usual { get; } = new() { Reference = Everything, Behaviour = SandboxBehaviour.Fulfil };

    public static SandboxRule For(string reference, SandboxBehaviour behaviour, int? cancelWithinHours, int feePercent)
    {
        RefusedException.ThrowIf(SupplierOrderRules.CannotBeKey("Reference", reference));
        var rule = new SandboxRule { Reference = reference };
        rule.Change(behaviour, cancelWithinHours, feePercent);
        return rule;
    }

    public void Change(SandboxBehaviour behaviour, int? cancelWithinHours, int feePercent)
    {
        RefusedException.ThrowIf(CannotBe(behaviour, cancelWithinHours, feePercent));
        (Behaviour, CancelWithinHours, FeePercent) = (behaviour, cancelWithinHours, feePercent);
    }

    public static Refusal? CannotBe(SandboxBehaviour behaviour, int? cancelWithinHours, int feePercent) =>
        (Enum.IsDefined(behaviour) ? null : new Refusal("sandbox.behaviour", "Choose what the sandbox does.", "Behaviour"))
        ?? (
            cancelWithinHours is null or (>= 0 and <= LongestWindowHours)
                ? null
                : new Refusal("sandbox.window", $"Give whole hours from 0 to {LongestWindowHours}, or none.", "CancelWithinHours")
        )
        ?? (feePercent is >= 0 and <= 100 ? null : new Refusal("sandbox.fee", "The fee is 0 to 100 %.", "FeePercent"));
}

/// <summary>What the sandbox can be told to do.</summary>
public enum SandboxBehaviour
{
    Fulfil = 1,

    /// <summary>Takes nothing: sold out.</summary>
    OutOfStock = 2,

    /// <summary>Takes nothing: our account there is too low.</summary>
    NoFunds = 3,

    /// <summary>Takes the order, and has it ready <see cref="SandboxOrder.Delay"/> later.</summary>
    Delayed = 4,

    /// <summary>Takes the order, and cancels it by itself at once.</summary>
    Cancelled = 5,

    /// <summary>Does what it is asked, and its answer is lost.</summary>
    TimedOut = 6,

    /// <summary>Does nothing, and gives no answer either.</summary>
    Lost = 7,

    /// <summary>Has half of the pieces, rounded down, and the rest when a person says so.</summary>
    Partial = 8,

    /// <summary>Wants to be asked later.</summary>
    RateLimited = 9,

    /// <summary>Cancels when asked, and does not give the money back.</summary>
    RefundFails = 10,

    /// <summary>Fulfils, and signs its webhooks with a wrong key.</summary>
    BadlySigned = 11,
}
