using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>What was asked for a file in one currency, and how much of it has become orders. Between the two the money stands in the programme's account of approved files.</summary>
public sealed class AllocationApproval
{
    private AllocationApproval() { } // EF Core

    public long RequestId { get; private init; }
    public Guid FileId { get; private init; }
    public string Currency { get; private init; } = "";
    public long Rows { get; private init; }

    /// <summary>Minor units: of all rows, and of the largest.</summary>
    public long Total { get; private init; }
    public long Largest { get; private init; }

    /// <summary>Minor units that became orders.</summary>
    public long Ordered { get; private set; }

    /// <summary>Minor units that went back to the budget, because their rows are not ordered any more.</summary>
    public long Returned { get; private set; }

    public static AllocationApproval Ask(long requestId, Guid fileId, AllocationSum sum) =>
        new()
        {
            RequestId = requestId,
            FileId = fileId,
            Currency = sum.Currency,
            Rows = sum.Rows,
            Total = sum.Total,
            Largest = sum.Largest,
        };

    public Money Left => new(Total - Ordered - Returned, Currency);

    /// <exception cref="InvalidOperationException">More would be ordered than was approved.</exception>
    public void Order(long minorUnits) =>
        Ordered =
            minorUnits <= Left.MinorUnits
                ? Ordered + minorUnits
                : throw new InvalidOperationException($"{Left} is left of what was approved, and {minorUnits} is to be ordered.");

    public void ReturnRest() => Returned = Total - Ordered;
}

/// <summary>What the good rows of a file come to in one currency; minor units.</summary>
public sealed record AllocationSum(string Currency, long Rows, long Total, long Largest);

/// <summary>What a request for a file asks for, frozen when it is made.</summary>
/// <param name="Sha256">Of the file's bytes.</param>
public sealed record AllocationPayload(Guid FileId, string Reference, string FileName, string Sha256, AllocationSum Sum);

public static class AllocationSubmitRefusals
{
    public static readonly Refusal Past = new("allocation.schedule", "Choose a time to come, or leave it empty to send at once.", "At");

    public static readonly Refusal Changed = new(
        "allocation.changed",
        "The file's rows are no longer what was asked for. Somebody takes it back and submits it anew."
    );

    public static readonly Refusal Busy = new("allocation.busy", "The file was changed in the same instant. Look at it again.");

    public static readonly Refusal BeingApproved = new(
        "allocation.being-approved",
        "Its money is being moved at this moment. Try again in a few seconds."
    );

    public static Refusal Short(Money needed, Money available) =>
        new(
            "allocation.short",
            $"The budget has {available} and the file needs {needed}. Ask for funding of {new Money(needed.MinorUnits - available.MinorUnits, needed.Currency)}."
        );
}
