namespace Plum.Domain.Deliveries;

/// <summary>Where the provider's words put it.</summary>
public sealed partial class Delivery
{
    /// <param name="events">All that was ever told of it.</param>
    /// <param name="news">What of that is new, with the verdicts.</param>
    /// <param name="jitter">0 to 1; see <see cref="RetryWaits"/>.</param>
    public void Hear(IReadOnlyCollection<DeliveryEvent> events, IReadOnlyCollection<ProviderNotice> news, double jitter, DateTime nowUtc)
    {
        var last = DeliveryTruth.LastWord(events.Where(e => e.Number == Attempts));
        if (last?.Kind == DeliveryEventKind.Failed)
        {
            HearFailure(last, news.FirstOrDefault(n => n.EventId == last.EventId)?.Verdict, jitter, nowUtc);
        }
        else if (last is not null || events.Any(IsArrival))
        {
            // That an earlier attempt arrived after all is as good.
            Arrive((last ?? events.Where(IsArrival).MinBy(e => e.AtUtc)!).AtUtc);
        }
        else if (
            events.Any(e =>
                e.Number == Attempts && e.Kind is DeliveryEventKind.Accepted or DeliveryEventKind.Sent or DeliveryEventKind.Deferred
            ) && (State == DeliveryState.Sending || this is { State: DeliveryState.Failed, Fault: DeliveryFault.InDoubt })
        )
        {
            Send(nowUtc); // the doubt is over: the provider has it
        }
    }

    private static bool IsArrival(DeliveryEvent e) => e.Kind is DeliveryEventKind.Delivered or DeliveryEventKind.Opened;

    private void Arrive(DateTime atUtc)
    {
        if (State != DeliveryState.Delivered && CannotMove(DeliveryState.Delivered) is null)
        {
            Deliver(atUtc);
        }
    }

    private void HearFailure(DeliveryEvent last, Verdict? verdict, double jitter, DateTime nowUtc)
    {
        if (verdict is null || OpenedAtUtc is not null || State is DeliveryState.Queued or DeliveryState.Withdrawn)
        {
            return; // heard before and acted on; or opened by the recipient: so it arrived; or on its way again
        }

        var again = verdict.Fault == DeliveryFault.Sender ? TimeSpan.Zero : RetryWaits.After(verdict, Tries, jitter);
        if (again is { } wait && State is DeliveryState.Sending or DeliveryState.Sent)
        {
            Postpone(nowUtc + wait);
            (Fault, Code, Words) = (verdict.Fault, last.Code, last.Words);
        }
        else if (CannotMove(DeliveryState.Failed) is null)
        {
            Fail(verdict.Fault, last.Code, last.Words ?? last.RawStatus, last.AtUtc);
        }
    }
}
