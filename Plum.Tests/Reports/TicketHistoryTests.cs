using Plum.Domain.Reports;
using Plum.Domain.Tickets;
using static Plum.Tests.Reports.A;

namespace Plum.Tests.Reports;

public class TicketHistoryTests
{
    private static readonly Dictionary<string, ReportedDisposition> Known = new()
    {
        ["VoucherNotReceived"] = new("VoucherNotReceived", false),
        ["AskedTheBrand"] = new("VendorRejection", false), // one of their own, under a standard one
        ["Resolved"] = new("Resolved", true),
        ["RefundProcessed"] = new("RefundProcessed", true),
    };

    private static TicketHistory History(params (DateTime, TicketEventKind, string)[] events) =>
        new(events.Select(e => new HistoryEvent(1, e.Item1, e.Item2, e.Item3)), Known);

    [Fact]
    public void A_past_instant_is_rebuilt_from_the_events_before_it()
    {
        var history = History(
            (At(6, 1), TicketEventKind.Opened, "VoucherNotReceived"),
            (At(6, 3), TicketEventKind.Moved, "AskedTheBrand"),
            (At(6, 4), TicketEventKind.WaitingChanged, "Supplier"),
            (At(6, 9), TicketEventKind.Moved, "Resolved")
        );

        Assert.Null(history.Before(At(6, 1))); // it was opened at this very instant
        Assert.Equal(new Standing("VoucherNotReceived", false), history.Before(At(6, 2)));
        Assert.Equal(new Standing("VendorRejection", false, WaitingOn.Supplier), history.Before(At(6, 9)));
        Assert.Equal(new Standing("Resolved", true), history.Before(At(6, 9, 0, 1)));
    }

    [Fact]
    public void Each_time_it_became_final_is_known_with_its_reopening()
    {
        var history = History(
            (At(6, 1), TicketEventKind.Opened, "VoucherNotReceived"),
            (At(6, 2), TicketEventKind.Moved, "Resolved"),
            (At(6, 5), TicketEventKind.Reopened, "VoucherNotReceived"),
            (At(6, 8), TicketEventKind.Moved, "Resolved"),
            (At(6, 8, 1), TicketEventKind.Moved, "RefundProcessed") // from one final to another: no second resolution
        );

        Assert.Equal([(At(6, 2), At(6, 5)), (At(6, 8), null)], history.Finals);
    }

    [Fact]
    public void A_target_is_decided_when_it_is_met_in_time_or_falls_due_and_a_recorded_breach_stays()
    {
        var (due, now) = (At(6, 10), At(7, 1));

        Assert.Equal(new TargetOutcome("T", At(6, 9), true), TargetOutcome.Of("T", due, At(6, 9), null, null, now));
        Assert.Equal(new TargetOutcome("T", due, true), TargetOutcome.Of("T", due, due, null, null, now)); // on the dot is in time
        Assert.Equal(new TargetOutcome("T", due, false), TargetOutcome.Of("T", due, At(6, 11), null, null, now)); // late
        Assert.Equal(new TargetOutcome("T", due, false), TargetOutcome.Of("T", due, null, null, null, now)); // open and past due
        Assert.Null(TargetOutcome.Of("T", At(7, 2), null, null, null, now)); // still running
        Assert.Null(TargetOutcome.Of("T", null, null, null, null, now)); // paused
        Assert.Null(TargetOutcome.Of("T", due, null, null, At(6, 9), now)); // ended early, unmet
        Assert.Equal(new TargetOutcome("T", At(6, 5), false), TargetOutcome.Of("T", At(6, 20), At(6, 9), At(6, 5), null, now)); // moved later since
    }
}
