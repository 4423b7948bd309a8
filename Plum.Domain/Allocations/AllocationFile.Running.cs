using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

public sealed partial class AllocationFile
{
    /// <summary>Of <see cref="Good"/>, those that became orders.</summary>
    public long Ordered { get; private set; }

    /// <summary>The last row that was ordered: where an interrupted run goes on.</summary>
    public long OrderedToId { get; private set; }

    public Refusal? CannotPause() => CannotMove(AllocationState.Paused);

    public Refusal? CannotResume() =>
        State == AllocationState.Paused ? null : new Refusal("allocation.not-paused", $"{Reference} is {AllocationWords.Of(State)}.");

    /// <summary>Its budget is reserved or taken no more: it can be mended and submitted again.</summary>
    public void Refuse()
    {
        Move(AllocationState.Refused);
        ScheduledAtUtc = null;
    }

    public Refusal? CannotTakeBack() =>
        State == AllocationState.Refused ? null : new Refusal("allocation.not-refused", $"{Reference} is {AllocationWords.Of(State)}.");

    /// <summary>Back to the rows after the checkers refused.</summary>
    public void TakeBack()
    {
        RefusedException.ThrowIf(CannotTakeBack());

        State = AllocationState.Checked;
    }

    public void OrderRows(int rows, long toId) => (Ordered, OrderedToId) = (Ordered + rows, toId);

    public void Finish(DateTime nowUtc)
    {
        Move(AllocationState.Finished);
        FinishedAtUtc = nowUtc;
    }
}
