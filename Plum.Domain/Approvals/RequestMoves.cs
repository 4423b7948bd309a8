using static Plum.Domain.Approvals.RequestState;

namespace Plum.Domain.Approvals;

public enum RequestState
{
    /// <summary>Waits for a checker.</summary>
    Pending = 1,

    /// <summary>Sent back to the maker with a question.</summary>
    Questioned = 2,

    /// <summary>Decided, or within the maker's own limit: waits to be executed.</summary>
    Approved = 3,
    Executing = 4,

    /// <summary>The supplier's answer was lost: it is looked up, never repeated blindly.</summary>
    Unknown = 5,

    /// <summary>Could not be executed: a person tries again or gives it up.</summary>
    Failed = 6,
    Executed = 7,
    Rejected = 8,
    Withdrawn = 9,
    Expired = 10,
    Abandoned = 11,
}

/// <summary>Which state may follow which: the whole of it.</summary>
public static class RequestMoves
{
    private static readonly Dictionary<RequestState, RequestState[]> Table = new()
    {
        [Pending] = [Approved, Questioned, Rejected, Withdrawn, Expired],
        [Questioned] = [Pending, Withdrawn, Expired],
        [Approved] = [Executing, Failed],
        [Executing] = [Executed, Failed, Unknown, Approved],
        [Unknown] = [Executing],
        [Failed] = [Approved, Abandoned],
        [Executed] = [],
        [Rejected] = [],
        [Withdrawn] = [],
        [Expired] = [],
        [Abandoned] = [],
    };

    public static bool Allows(RequestState from, RequestState to) => Table[from].Contains(to);

    public static bool IsFinal(RequestState state) => Table[state].Length == 0;

    /// <summary>Those that waits for a person to decide or to answer.</summary>
    public static bool IsUndecided(RequestState state) => state is Pending or Questioned;

    /// <summary>Final without an effect: what was asked for counts against no limit.</summary>
    public static bool CameToNothing(RequestState state) => state is Rejected or Withdrawn or Expired or Abandoned;
}
