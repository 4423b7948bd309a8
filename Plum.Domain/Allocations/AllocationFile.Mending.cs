using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

public sealed partial class AllocationFile
{
    private static readonly Refusal NothingGood = new(
        "allocation.nothing-good",
        "No row is good: there is nothing to send. Mend some first."
    );

    public Refusal? CannotMend() =>
        State == AllocationState.Checked
            ? null
            : new Refusal("allocation.not-checked", $"{Reference} is {AllocationWords.Of(State)}: its rows cannot be changed now.");

    /// <summary>A change of many rows, made by the work in pieces.</summary>
    public void Mend(AllocationChange change)
    {
        RefusedException.ThrowIf(CannotMend());

        (State, Change, LeavesOutBad, LeaseUntilUtc, StartedAtUtc) = (AllocationState.Mending, change, false, null, null);
    }

    public Refusal? CannotLeaveOutBad() =>
        CannotMend()
        ?? (Bad > 0 ? null : new Refusal("allocation.no-bad", "No row is bad: there is nothing to leave out."))
        ?? (Good > 0 ? null : NothingGood);

    /// <summary>Partial acceptance: what is good goes on, what is bad stays behind.</summary>
    public void LeaveOutBad(bool isLeftOut)
    {
        RefusedException.ThrowIf(isLeftOut ? CannotLeaveOutBad() : CannotMend());

        LeavesOutBad = isLeftOut;
    }

    /// <summary>Why it cannot go to the checkers; null when every row is good, or the rest is left out by choice.</summary>
    public Refusal? CannotSubmit() =>
        CannotMove(AllocationState.Submitted)
        ?? (Good > 0 ? null : NothingGood)
        ?? (
            Bad == 0 || LeavesOutBad
                ? null
                : new Refusal("allocation.bad-rows", $"{Bad:N0} rows are bad. Mend them, or choose to send without them.")
        );

    public void Submit(DateTime? scheduledAtUtc)
    {
        RefusedException.ThrowIf(CannotSubmit());

        (State, ScheduledAtUtc) = (AllocationState.Submitted, scheduledAtUtc);
    }

    public Refusal? CannotMapAnew() => CannotMove(AllocationState.Received);

    /// <summary>Everything staged goes; the work has taken the rows away before.</summary>
    public void MapAnew()
    {
        RefusedException.ThrowIf(CannotMapAnew());

        (State, Rows, Good, Bad, Excluded, BytesRead) = (AllocationState.Received, 0, 0, 0, 0, 0);
        (LeavesOutBad, CheckedAtUtc, StartedAtUtc, Error) = (false, null, null, null);
    }

    public Refusal? CannotGoOn() =>
        State == AllocationState.Failed ? null : new Refusal("allocation.not-failed", $"{Reference} is {AllocationWords.Of(State)}.");

    /// <summary>After a failure, from where it stopped.</summary>
    public void GoOn()
    {
        RefusedException.ThrowIf(CannotGoOn());

        State =
            Change is not null ? AllocationState.Mending
            : CheckedAtUtc is null ? AllocationState.Reading
            : AllocationState.Running;
        (Error, LeaseUntilUtc) = (null, null);
    }
}

public enum AllocationChangeKind
{
    /// <summary>One text in a column is replaced by another.</summary>
    Replace = 1,

    /// <summary>A value is put into a column.</summary>
    Fill = 2,

    /// <summary>Mended rows come back as a file.</summary>
    TakeBack = 3,

    /// <summary>Every bad row is judged again by the world as it is now.</summary>
    CheckAgain = 4,
}

/// <summary>A change of many rows of a file, and how far it has come.</summary>
/// <param name="Column">Of the file, by its header; null for a file of mended rows.</param>
/// <param name="Find">Cells that contain it, or are it when <paramref name="IsWholeCell"/>; empty finds empty cells.</param>
/// <param name="FaultCode">Only rows with this fault; null is every bad row.</param>
/// <param name="DoneToId">The last row that is through, or how many of a file of mended rows: where an interrupted change goes on.</param>
/// <param name="Refused">Rows of a file of mended rows that could not be taken: good by now, changed since, or of another file.</param>
/// <param name="Form">Of a file of mended rows.</param>
public sealed record AllocationChange(
    AllocationChangeKind Kind,
    string? Column,
    string? Find,
    string? Value,
    bool IsWholeCell,
    string? FaultCode,
    string Who,
    long Total,
    long DoneToId = 0,
    long Done = 0,
    long Changed = 0,
    long Refused = 0,
    FileForm? Form = null
);
