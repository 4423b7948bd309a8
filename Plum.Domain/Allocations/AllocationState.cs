namespace Plum.Domain.Allocations;

public enum AllocationState
{
    /// <summary>Uploaded; how its columns are meant is being settled.</summary>
    Received = 1,

    /// <summary>Its rows are being read and checked.</summary>
    Reading = 2,

    /// <summary>Every row was judged; the bad ones can be mended.</summary>
    Checked = 3,

    /// <summary>A change of many rows is being made.</summary>
    Mending = 4,

    /// <summary>With the checkers; its budget is reserved.</summary>
    Submitted = 5,

    /// <summary>May run, now or at its scheduled instant.</summary>
    Approved = 6,
    Running = 7,
    Paused = 8,
    Finished = 9,
    Refused = 10,
    Cancelled = 11,
    Failed = 12,
}

/// <summary>Which state may follow which: the whole of it.</summary>
public static class AllocationMoves
{
    private static readonly Dictionary<AllocationState, AllocationState[]> Table = new()
    {
        [AllocationState.Received] = [AllocationState.Reading, AllocationState.Cancelled],
        [AllocationState.Reading] = [AllocationState.Checked, AllocationState.Failed, AllocationState.Cancelled],
        [AllocationState.Checked] =
        [
            AllocationState.Received,
            AllocationState.Mending,
            AllocationState.Submitted,
            AllocationState.Cancelled,
        ],
        [AllocationState.Mending] = [AllocationState.Checked, AllocationState.Failed, AllocationState.Cancelled],
        [AllocationState.Submitted] =
        [
            AllocationState.Approved,
            AllocationState.Refused,
            AllocationState.Checked,
            AllocationState.Cancelled,
        ],
        [AllocationState.Approved] = [AllocationState.Running, AllocationState.Checked, AllocationState.Cancelled],
        [AllocationState.Running] = [AllocationState.Paused, AllocationState.Finished, AllocationState.Cancelled, AllocationState.Failed],
        [AllocationState.Paused] = [AllocationState.Running, AllocationState.Cancelled],
        [AllocationState.Refused] = [AllocationState.Checked, AllocationState.Cancelled],
        [AllocationState.Failed] = [AllocationState.Reading, AllocationState.Mending, AllocationState.Running, AllocationState.Cancelled],
        [AllocationState.Finished] = [],
        [AllocationState.Cancelled] = [],
    };

    public static IReadOnlyList<AllocationState> From(AllocationState state) => Table[state];

    public static bool May(AllocationState from, AllocationState to) => Table[from].Contains(to);
}

public static class AllocationWords
{
    /// <summary>As it completes "IPA-1023 is ...".</summary>
    public static string Of(AllocationState state) =>
        state switch
        {
            AllocationState.Received => "being prepared",
            AllocationState.Reading => "being read",
            AllocationState.Checked => "checked",
            AllocationState.Mending => "being mended",
            AllocationState.Submitted => "with the checkers",
            AllocationState.Approved => "approved",
            AllocationState.Running => "being sent",
            AllocationState.Paused => "paused",
            AllocationState.Finished => "finished",
            AllocationState.Refused => "refused",
            AllocationState.Cancelled => "cancelled",
            AllocationState.Failed => "stopped by a failure",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
}
